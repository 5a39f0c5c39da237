"""What is saved before its link dies, when an alarm is raised, and what is said at the end."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.errors import ApiError, DiskFull, ServerFault, StoreBusy, StoreUnreachable
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.downloads._auto_save import wanted
from seedance_tui.core.downloads.deadlines import (
    THRESHOLDS,
    Alarm,
    summary_lines,
    unsaved_by_deadline,
)
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.settings.auto_save import AutoSave, GuardSettings
from seedance_tui.core.text import i18n
from tests.core.conftest import MakeEntry, MakeFetched, MakeWatched

NOW = 2_000_000_000.0
HOUR = 3600.0
RESULT = GuardSettings((Kind.RESULT,))
BOTH = GuardSettings((Kind.RESULT, Kind.ORIGINAL))
STATES = (Waiting(), Saving(), Paused(), Saved(Path("x")), NotSaved(Problem(ServerFault)))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield


@pytest.fixture(scope="session")
def done(watched: MakeWatched, fetched: MakeFetched) -> MakeEntry:
    """Build a task that is done: `done("a", left=60)`; `left=None` where nothing tells it."""

    def build(
        task_id: str, left: float | None, *kinds: Kind, label: str = "", **files: Any
    ) -> Entry:
        deadline = None if left is None else NOW + left
        links = tuple(Link(kind, "https://x", deadline) for kind in kinds or (Kind.RESULT,))
        entry = Entry(watched(task_id, label=label)).after(fetched(task_id, "SUCCESS"))
        return replace(entry, links=links, files=files.get("files", {}))

    return build


def test_the_guard_is_off_unless_it_is_switched_on(done: MakeEntry) -> None:
    assert wanted([done("a", 60)], GuardSettings(), NOW) == []
    assert AutoSave.OFF.kinds == ()


def test_what_is_done_is_saved_at_once_and_what_dies_first_comes_first(done: MakeEntry) -> None:
    entries = [done("late", 20 * HOUR), done("soon", 60), done("middle", HOUR)]
    assert [task_id for task_id, _ in wanted(entries, RESULT, NOW)] == ["soon", "middle", "late"]


def test_without_on_success_only_what_dies_soon_is_saved(done: MakeEntry) -> None:
    entries = [done("late", 2 * HOUR + 1), done("soon", 2 * HOUR), done("nobody knows", None)]
    settings = replace(RESULT, on_success=False)
    assert wanted(entries, settings, NOW) == [("soon", Kind.RESULT), ("nobody knows", Kind.RESULT)]
    assert len(wanted(entries, settings, NOW + 1)) == 3


def test_a_link_that_nothing_tells_of_comes_after_the_urgent_ones_and_is_never_left(
    done: MakeEntry,
) -> None:
    entries = [done("late", 9 * HOUR), done("nobody knows", None), done("soon", HOUR)]
    ids = [task_id for task_id, _ in wanted(entries, RESULT, NOW)]
    assert ids == ["soon", "nobody knows", "late"]
    assert wanted(entries[1:2], GuardSettings((Kind.RESULT,), False, 0.0), NOW)


@pytest.mark.parametrize("left", [0.0, -1.0, -9e9])
def test_a_dead_link_is_not_wanted(done: MakeEntry, left: float) -> None:
    assert wanted([done("a", left)], RESULT, NOW) == []


def test_what_has_no_link_is_not_wanted(
    done: MakeEntry, watched: MakeWatched, fetched: MakeFetched
) -> None:
    failed = Entry(watched("b")).after(fetched("b", "FAILURE", result_url="https://x/y.mp4"))
    entries = [Entry(watched("a")), failed, done("c", HOUR, Kind.ORIGINAL)]
    assert wanted(entries, RESULT, NOW) == []


@pytest.mark.parametrize("state", STATES, ids=lambda state: type(state).__name__)
def test_a_file_of_which_anything_is_known_is_left_to_others(
    done: MakeEntry, state: FileState
) -> None:
    entry = done("a", HOUR, Kind.RESULT, Kind.ORIGINAL, files={Kind.RESULT: state})
    assert wanted([entry], BOTH, NOW) == [("a", Kind.ORIGINAL)]


@given(st.lists(st.integers(-100, 100_000), max_size=20), st.booleans(), st.floats(0, 90_000))
def test_the_guard_wants_exactly_what_lives_and_is_due(
    done: MakeEntry, spans: list[int], on_success: bool, before: float
) -> None:
    entries = [done(str(n), left) for n, left in enumerate(spans)]
    got = wanted(entries, GuardSettings((Kind.RESULT,), on_success, before), NOW)
    due = [left for left in spans if left > 0 and (on_success or left <= before)]
    assert [spans[int(task_id)] for task_id, _ in got] == sorted(due)


def told(alarm: Alarm, entries: list[Entry], now: float) -> list[tuple[str, int]]:
    return [(one.entry.id, one.threshold) for one in alarm.check(entries, now)]


def test_the_alarm_tells_each_threshold_once(done: MakeEntry) -> None:
    alarm, entry, heard = Alarm(), done("a", 24 * HOUR), []
    for second in range(0, 24 * 3600 + 600, 60):
        heard += [
            (24 * 3600 - second, threshold) for _, threshold in told(alarm, [entry], NOW + second)
        ]
    assert heard == [(threshold, threshold) for threshold in THRESHOLDS]


def test_the_alarm_tells_only_the_tightest_of_what_was_crossed_at_once(done: MakeEntry) -> None:
    alarm = Alarm()
    entries = [done("far", 7 * HOUR), done("near", 5 * HOUR), done("last", 60)]
    assert told(alarm, entries, NOW) == [("last", 600), ("near", 21_600)]
    assert told(alarm, entries, NOW) == []
    asleep = NOW + 4.9 * HOUR
    assert told(alarm, entries, asleep) == [("near", 600), ("far", 21_600)]


def test_the_alarm_is_silent_about_what_is_saved_dead_or_without_end(done: MakeEntry) -> None:
    saved = done("a", 60, files={Kind.RESULT: Saved(Path("a"))})
    assert told(Alarm(), [saved, done("b", -1), done("c", 0), done("d", None)], NOW) == []


@pytest.mark.parametrize("kind", [StoreUnreachable, DiskFull, StoreBusy, ServerFault])
def test_a_download_in_trouble_is_told_in_the_last_hour(
    done: MakeEntry, kind: type[ApiError]
) -> None:
    alarm = Alarm()
    problem = Problem(kind)
    entries = [
        done("waits", 2 * HOUR, files={Kind.RESULT: Waiting(problem=problem)}),
        done("tries", 2 * HOUR, files={Kind.RESULT: Saving(problem=problem)}),
        done("runs", 2 * HOUR, files={Kind.RESULT: Saving(5, 10)}),
        done("queued", 2 * HOUR, files={Kind.RESULT: Waiting()}),
    ]
    assert told(alarm, entries, NOW) == []
    for left in (3600, 600):
        heard = told(alarm, entries, NOW + 2 * HOUR - left)
        assert heard == [("waits", left), ("tries", left)]


def test_a_clock_that_is_set_back_raises_no_second_alarm(done: MakeEntry) -> None:
    alarm, entries = Alarm(), [done("a", HOUR)]
    assert told(alarm, entries, NOW) == [("a", 3600)]
    assert told(alarm, entries, NOW - 30) == []
    assert told(alarm, entries, NOW) == []


def test_a_link_that_lives_anew_dies_anew(done: MakeEntry) -> None:
    alarm = Alarm()
    assert told(alarm, [done("a", 60)], NOW) == [("a", 600)]
    assert told(alarm, [done("a", 24 * HOUR)], NOW) == []
    assert told(alarm, [done("a", 24 * HOUR)], NOW + 23.5 * HOUR) == [("a", 3600)]


def test_what_will_die_unsaved_is_told_soonest_first(done: MakeEntry) -> None:
    entries = [
        done("c", None),
        done("b", 9 * HOUR),
        done("saved", 60, files={Kind.RESULT: Saved(Path("x"))}),
        done("a", 60, files={Kind.RESULT: NotSaved(Problem(ServerFault))}),
        done("dead", -1),
        done("original", 60, Kind.ORIGINAL),
    ]
    assert [(entry.id, at - NOW) for at, entry in unsaved_by_deadline(entries, NOW)] == [
        ("a", 60.0),
        ("b", 9 * HOUR),
        ("c", float("inf")),
    ]


def test_the_end_says_what_is_not_saved(done: MakeEntry) -> None:
    entries = [
        done("asyntask_b2c3d4", 9 * HOUR),
        done("asyntask_a1b2c3", 2 * HOUR + 600, label="rain on glass"),
        done("c", None, label="\x1b[2J" + "茶" * 80),
    ]
    assert summary_lines(entries, NOW) == [
        "3 videos are not saved:",
        "  rain on glass: link expires in 2h10m (…a1b2c3)",
        "  asyntask_b2c3d4: link expires in 9h",
        "  ␛[2J" + "茶" * 55 + "…: link expires, time unknown (…c)",
    ]
    assert summary_lines(entries[1:2], NOW)[0] == "1 video is not saved:"
    assert summary_lines([], NOW) == []


def test_the_end_is_short_however_much_is_not_saved(done: MakeEntry) -> None:
    entries = [done(f"task{n:02}", HOUR + n) for n in range(15)]
    lines = summary_lines(entries, NOW)
    assert lines[0] == "15 videos are not saved:"
    assert len(lines) == 12
    assert lines[1] == "  task00: link expires in 1h00m"
    assert lines[-1] == "  and 5 more"
