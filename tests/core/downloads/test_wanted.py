"""Which link auto-save takes first, and up to what moment."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from seedance_tui.api.links import Ground, Kind, Link
from seedance_tui.core.downloads._auto_save import wanted
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.settings.auto_save import GuardSettings
from tests.core.conftest import MakeFetched, MakeWatched

NOW = 2_000_000_000.0
HOUR = 3600.0
LATE = GuardSettings((Kind.RESULT,), on_success=False, before=2 * HOUR)
Build = Callable[..., Entry]


@pytest.fixture
def done(watched: MakeWatched, fetched: MakeFetched) -> Build:
    def build(
        name: str, left: float | None, ground: Ground = Ground.SIGNATURE, status: str = "SUCCESS"
    ) -> Entry:
        deadline = None if left is None else NOW + left
        links = (Link(Kind.RESULT, "https://x", deadline, ground),)
        return replace(Entry(watched(name)).after(fetched(name, status)), links=links)

    return build


def names(entries: list[Entry], settings: GuardSettings = LATE) -> str:
    return "".join(task_id for task_id, _kind in wanted(entries, settings, NOW))


@pytest.mark.parametrize(
    ("left", "is_wanted"), [(0.0, False), (0.1, True), (7200.0, True), (7200.1, False)]
)
def test_a_link_is_taken_in_its_last_two_hours(done: Build, left: float, is_wanted: bool) -> None:
    assert bool(names([done("a", left)])) is is_wanted


def test_a_guess_that_has_passed_is_tried_and_a_signature_is_not(done: Build) -> None:
    assert names([done("a", -60.0, Ground.GUESS), done("b", -60.0)]) == "a"


def test_one_of_which_nothing_tells_counts_as_two_hours_away(done: Build) -> None:
    entries = [done("c", None), done("d", 7200.1), done("b", 7199.9), done("a", 60.0)]
    assert names(entries) == "abc"
    assert names(entries, replace(LATE, on_success=True)) == "abcd"


def test_a_task_that_is_still_open_is_left_to_the_user(done: Build) -> None:
    assert names([done("a", 60.0, status="IN_PROGRESS"), done("b", 60.0)]) == "b"
