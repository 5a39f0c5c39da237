"""The headless commands, one module each.

Doors: one module a command, found by its name.
It may import `command_line`, `core`, `api`.
"""
