"""The ground: what every layer needs of the file system.

Doors: `locks`, `placing`.
It imports the standard library only.
"""
