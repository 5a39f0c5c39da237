"""The terminal in the hands of another program for a while."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from textual.app import App

_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def given_away(app: App[Any]) -> Iterator[None]:
    """Leave the full screen; nothing is drawn or polled until it comes back.

    ctrl+c there is for the other program alone, and being told to end waits. Raises
    SuspendNotSupported; no error may leave the block: Textual would not come back to its screen.
    """
    came = list[int]()
    with app.suspend():
        # The event loop hears of signals by a file, whoever handles them, once it turns again. To
        # ignore one would be inherited by the other program; what is handled is not.
        heard_by = signal.set_wakeup_fd(-1)
        before = [signal.signal(one, lambda number, _: came.append(number)) for one in _ENDING]
        yield
        for one, handler in zip(_ENDING, before, strict=True):
            signal.signal(one, handler)
        signal.set_wakeup_fd(heard_by)
    if signal.SIGTERM in came:
        signal.raise_signal(signal.SIGTERM)
