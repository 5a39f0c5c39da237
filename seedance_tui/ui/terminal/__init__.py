"""What the program does outside its screen: clipboard, opener, notifications, window title.

Doors: `announcer`, `clipboard`, `encoding`, `opener`, `pictures`, `player`, `title`.
It may import `core` and Textual.
"""
