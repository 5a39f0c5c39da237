"""The watch list and its archive: their files, changes with undo, and finding task IDs in text.

Doors: `file`, `archived`, `editor`, `changes`, `batch`, `unwatched`, `find_ids`.
It may import `model`, `storage`, `text`.
"""
