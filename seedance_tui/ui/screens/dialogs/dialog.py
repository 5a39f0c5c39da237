"""What opens over the monitor."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from ...textual_private import CalmScreen

T = TypeVar("T")


class ClosesOnce(CalmScreen[T]):
    """A screen that closes once, however often and fast it is told to."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with the result; the second time nothing happens."""
        return super().dismiss(result) if is_closing(self) else AwaitComplete()


class Dialog(ClosesOnce[T], ModalScreen[T]):
    """What opens over a part of the screen."""


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
