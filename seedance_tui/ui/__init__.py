"""The user interface: screens and widgets, on Textual. No requests, files or rules here."""

import os

# Textual draws at most 60 times a second, unless this says otherwise: a key that comes just after
# a frame would wait up to 33 ms for the next but one. It is read when Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")
