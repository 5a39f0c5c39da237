"""The ground: what every layer needs of the file system.

Doors: `containers`, `locks`, `placing`.
It imports the standard library only.
"""
