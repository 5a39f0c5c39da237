"""What the program keeps on the disk of its own: SQLite, the log, paths, a run's folder.

Doors: `sqlite`, `log`, `paths`, `run_folder`, `atomic`, `probe`.
It may import `text`.
"""
