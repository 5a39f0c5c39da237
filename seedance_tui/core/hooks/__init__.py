"""The user's commands: hooks, run when a task ends or a file is saved, and tools, run by a key.

Doors: `runner`, `pending`, `tools`, `tool_settings`.
It may import `model`, `settings`, `text`.
"""
