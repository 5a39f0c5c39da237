"""What the program does outside its screen: clipboard, opener, notifications, window title.

Doors: `clipboard`, `opener`, `announcer`, `title`.
It may import `core` and Textual.
"""
