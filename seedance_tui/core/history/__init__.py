"""Every response that changed, kept in SQLite, and which tasks nobody has looked at since.

Doors: `history`, `recorder`, `unseen`.
It may import `model`, `storage`, `text`.
"""
