"""What becomes of a file: how long it still takes, and what is shown of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedance_tui.api.errors import DiskFull, TimedOut
from seedance_tui.core.model.file_states import (
    FileState,
    NotSaved,
    Paused,
    Saved,
    Saving,
    Waiting,
    extent,
    is_held,
    shown,
)
from seedance_tui.core.model.outcomes import Problem

FULL, AWAY = Problem(DiskFull), Problem(TimedOut)


def test_what_is_left_takes_its_bytes_over_the_speed() -> None:
    assert Saving(40, 100, 20.0).left == 3.0
    assert Saving(100, 100, 20.0).left == 0.0


@pytest.mark.parametrize("saving", [Saving(), Saving(40, 100), Saving(40, None, 20.0)])
def test_without_a_total_or_a_speed_nobody_knows_how_long_it_takes(saving: Saving) -> None:
    assert saving.left is None


@pytest.mark.parametrize("total", [0, None])
def test_an_empty_or_unknown_total_is_not_divided(total: int | None) -> None:
    assert Saving(0, total, 5.0).left is None


@pytest.mark.parametrize(
    ("state", "held"),
    [
        (Waiting(problem=FULL), True),
        (Waiting(problem=AWAY), False),
        (Waiting(), False),
        (Saving(problem=FULL), False),
        (NotSaved(FULL), False),
        (None, False),
    ],
)
def test_only_a_file_that_waits_for_room_on_the_disk_is_held(
    state: FileState | None, held: bool
) -> None:
    assert is_held(state) is held


def test_a_try_without_a_response_yet_is_shown_as_waiting_for_its_reason() -> None:
    assert shown(Saving(5, 10, problem=AWAY)) == Waiting(5, 10, AWAY)
    assert shown(Saving(5, 10)) == Saving(5, 10)
    assert shown(None) is None


def test_a_file_begins_with_nothing_and_what_is_unfinished_tells_how_far_it_is() -> None:
    assert [state.received for state in (Waiting(), Saving(), Paused())] == [0, 0, 0]
    assert extent(Paused(3, 9)) == (3, 9)
    assert extent(Saved(Path("a.mp4"))) == extent(None) == (0, None)
