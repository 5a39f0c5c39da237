"""The sentence that stands where pictures would, if this terminal had any."""

from __future__ import annotations

from textual.widgets import Static


class WhyNone(Static):
    """Says why there are no pictures; nothing where there are some, and no line is taken then."""

    DEFAULT_CSS = """
    WhyNone {
        height: auto; padding: 0 1; color: $foreground 64%;
        &:light { color: $foreground 72%; }
        &:ansi, &:nocolor { color: $foreground; text-style: dim; }
    }
    """

    def __init__(self, why: str) -> None:
        super().__init__(why, markup=False)
        self.display = bool(why)
