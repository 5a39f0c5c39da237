"""Screens beside the monitor: downloads, the comparison, the messages, the output of tools.

Doors: `downloads`, `messages`, `tool_output`, `versus`.
It may import `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
