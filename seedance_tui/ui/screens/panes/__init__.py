"""Screens beside the monitor: downloads and the comparison.

Doors: `downloads`, `versus`.
It may import `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
