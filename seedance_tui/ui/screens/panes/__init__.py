"""Screens beside the monitor: downloads, the comparison, the messages.

Doors: `downloads`, `messages`, `versus`.
It may import `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
