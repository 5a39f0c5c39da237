"""What opens over the monitor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen

from ...textual_private import CalmScreen
from ...textual_updates import PLACEHOLDER

T = TypeVar("T")


class ClosesOnce(CalmScreen[T]):
    """A screen that closes once, however often and fast it is told to."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with the result; the second time nothing happens."""
        return super().dismiss(result) if is_closing(self) else AwaitComplete()


class _Behind(BackgroundScreen):
    """A tinted screen, in which the colour of a cell still says which picture it shows."""

    @classmethod
    def process_segments(cls, segments: Iterable[Segment], color: Color) -> Iterator[Segment]:
        """Tint all but that colour."""
        plain = list(segments)
        for before, tinted in zip(plain, super().process_segments(plain, color), strict=True):
            if PLACEHOLDER in before.text and before.style and tinted.style:
                style = tinted.style + Style(color=before.style.color)
                yield Segment(tinted.text, style, tinted.control)
            else:
                yield tinted


def seen_through(below: RenderableType) -> RenderableType:
    """Return what is rendered below a dialog so that its pictures are seen."""
    if isinstance(below, BackgroundScreen):
        return _Behind(below.screen, below.color)
    return below


class Dialog(ClosesOnce[T], ModalScreen[T]):
    """What opens over a part of the screen."""

    def render(self) -> RenderableType:
        """Return the screen below, tinted."""
        return seen_through(super().render())


class FullScreen(ClosesOnce[T]):
    """What fills the screen: nothing below it is drawn."""


def is_closing(screen: Screen[Any]) -> bool:
    """Whether the screen may be dismissed: it is on top, and was not dismissed before.

    Textual's own `dismiss` pops whatever is on top by then, in the end the monitor itself.
    """
    if screen.app.screen is not screen or screen.has_class("-closing"):
        return False
    screen.add_class("-closing", update=False)  # which no style sheet knows
    return True
