"""The videos that are opened: who shows one closes it, and where nobody does it is closed too."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Event
from typing import cast

import pytest

from seedance_tui.api.transfer.background import Cancelled, CancelToken
from seedance_tui.core.media.clip import Clip
from seedance_tui.core.session import Session
from seedance_tui.ui.screens.compare import sides
from seedance_tui.ui.screens.compare.sides import VideoSource


class Made:
    """A video that notes that it was closed."""

    def __init__(self) -> None:
        self.closed = Event()

    def close(self) -> None:
        self.closed.set()


async def test_a_video_that_is_there_once_nobody_waits_for_it_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, made, source = Event(), Made(), VideoSource(cast("Session", None))

    def opened(clip: Clip, cancel: CancelToken) -> Clip:
        begun.set()
        with suppress(Cancelled):
            cancel.pause(30)
        return clip

    monkeypatch.setattr(sides, "opened", opened)
    opening = asyncio.create_task(source._opened(lambda cancel: cast("Clip", made)))
    await asyncio.to_thread(begun.wait, 30)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert await asyncio.to_thread(made.closed.wait, 30)
    source.worker.close()
