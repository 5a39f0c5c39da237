"""Words for people: translation, text from outside made safe, and units of time and size.

Doors: `i18n`, `sanitize`, `units`.
It imports the standard library only.
"""
