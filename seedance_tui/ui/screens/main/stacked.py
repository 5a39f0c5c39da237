"""The monitor for a terminal that is read aloud."""

from __future__ import annotations

from .screen import MainScreen


class StackedScreen(MainScreen):
    """The monitor with its panes one below the other, however wide it is."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow")]
