"""The monitor: the list, the detail pane, and everything a key does there."""

from .screen import MainScreen

__all__ = ["MainScreen"]
