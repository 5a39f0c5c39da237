"""The watch list: its file, changes with undo, and finding task IDs in text.

Doors: `file`, `editor`, `changes`, `find_ids`.
It may import `model`, `storage`, `text`.
"""
