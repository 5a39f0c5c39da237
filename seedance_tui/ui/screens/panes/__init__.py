"""Screens beside the monitor: downloads, the messages, the output of tools.

Doors: `downloads`, `messages`, `pane`, `tool_output`.
It may import `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
