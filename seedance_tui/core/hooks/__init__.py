"""The user's commands, run when a task ends or a file is saved.

Doors: `runner`, `pending`.
It may import `model`, `settings`, `text`.
"""
