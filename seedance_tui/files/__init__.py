"""The ground: what every layer needs of the file system.

Doors: `containers`, `locks`, `os_errors`, `placing`, `replacing`.
It imports the standard library only.
"""
