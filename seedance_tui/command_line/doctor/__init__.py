"""The checks that the command `doctor` makes.

Doors: `finding`, `local_checks`, `network_checks`.
It may import `command_line`, `core`, `api`.
"""
