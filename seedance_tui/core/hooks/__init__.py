"""Commands of the user's own, run when a task ends or a file is saved.

Doors: `runner`.
It may import `model`, `settings`, `text`.
"""
