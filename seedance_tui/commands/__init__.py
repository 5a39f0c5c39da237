"""The verbs of the command line, a module a verb.

Doors: one module a verb, found by its name.
It may import `command_line`, `core`, `api`.
"""
