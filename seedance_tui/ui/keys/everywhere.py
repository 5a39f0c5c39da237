"""The keys that work in the monitor and in the pane over it."""

from __future__ import annotations

from ..widgets.lines import key

HELP_KEY = key("question_mark,f1", "help", "Help", "app.help", "What each key does")
PALETTE_KEY = key(
    "colon,ctrl+p", "palette", "Palette", "app.palette", "Find any action by its name"
)
