"""What the program does outside its screen: clipboard, opener, notifications, window title.

Doors: `clipboard`, `opener`, `announcer`, `title`, `normal_screen`, `osc52`.
It may import `core` and Textual.
"""
