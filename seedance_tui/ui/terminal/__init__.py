"""What the program does outside its screen: clipboard, opener, notifications, window title.

Doors: `clipboard`, `encoding`, `opener`, `announcer`, `title`, `given_away`, `hyperlinks`,
`normal_screen`, `osc52`, `pictures`, `player`, `background`, `cell_size`.
It may import `core` and Textual.
"""
