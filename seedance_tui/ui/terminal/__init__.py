"""What the terminal and the system are asked to do: clipboard, opener, sequences, title.

Doors: `clipboard`, `opener`, `announcer`, `title`.
It may import `core` and Textual.
"""
