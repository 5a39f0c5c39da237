"""Screens beside the monitor: downloads, the messages.

Doors: `downloads`, `messages`, `pane`.
It may import `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
