"""How a key is declared, and the keys that work in the monitor and in the panes over it."""

from __future__ import annotations

from textual.binding import Binding


def key(keys: str, action: str, label: str, name: str, tooltip: str = "") -> Binding:
    """Declare a key; all have priority, so that keys typed ahead act in the order of typing.

    Without it a key waits in the queue of the focused widget, and the next one, typed before the
    first has opened its dialog, goes to the widget too.
    """
    return Binding(keys, action, label, show=False, id=name, priority=True, tooltip=tooltip)


HELP_KEY = key("question_mark,f1", "help", "Help", "app.help", "What each key does")
PALETTE_KEY = key("colon,ctrl+p", "palette", "Palette", "app.palette", "Search all commands")
