"""The ground: what every layer needs of the file system, from the standard library alone.

Its doors are `locks`, which keeps two processes from writing one file, and `placing`, which makes
renames durable. It imports nothing of ours.
"""
