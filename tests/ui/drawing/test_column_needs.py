"""STATUS is as wide as what the tasks say, and does not step back and forth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from seedance_tui.api.errors import TaskNotFound
from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saving
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.watched import Watched
from seedance_tui.demo import Demo, ManualClock
from seedance_tui.ui.drawing.column_needs import StatusRoom, needs
from seedance_tui.ui.drawing.columns import Needs, layout
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start

NOW = 1_800_000_000.0
Make = Callable[[int], Entry]


def answered(number: int, status: str, *, waits: float = 60) -> Entry:
    """A task with an answer that came now."""
    task_id = f"asyntask_needs{number:031}"
    data: JSON = {"task_id": task_id, "status": status, "submit_time": int(NOW - waits)}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    return Entry(Watched(task_id, datetime.fromtimestamp(NOW, UTC))).after(
        Fetched(task_id, task, NOW)
    )


def not_found(number: int) -> Entry:
    entry = Entry(Watched(f"asyntask_gone{number:031}", datetime.fromtimestamp(NOW, UTC)))
    return entry.after(Missed(entry.id, Problem(TaskNotFound, at=NOW)))


def done(number: int) -> Entry:
    return answered(number, "SUCCESS")


def failed(number: int) -> Entry:
    return answered(number, "FAILURE")


def running(number: int) -> Entry:
    return answered(number, "IN_PROGRESS")


def slow(number: int) -> Entry:
    return answered(number, "NOT_START", waits=86_400)


def saving(number: int) -> Entry:
    return done(number).with_file(Kind.RESULT, Saving(5, 100, 1.0))


@pytest.mark.parametrize(
    ("kinds", "longest"),
    [
        ((done,), "● Done"),
        ((done, failed), "✕ Failed"),
        ((done, running), "◌ Not started"),
        ((not_found,), "◌ Not started"),
        ((failed, not_found), "◌ Not started"),
        ((done, slow), "◌ Not started slow"),
        ((saving, failed), "● Done saving 42%"),
    ],
)
def test_it_takes_what_the_longest_one_takes(kinds: tuple[Make, ...], longest: str) -> None:
    entries = [make(number) for number, make in enumerate(kinds)]
    assert needs(entries, NOW, StatusRoom()).status == len(longest)


def test_it_gives_back_room_only_when_that_was_not_needed_for_a_minute() -> None:
    room = StatusRoom()
    during, after = len("● Done saving 42%"), len("● Done")
    told = [
        needs([saving(1) if second in (0, 40) else done(1)], NOW + second, room).status
        for second in range(0, 120, 10)
    ]
    assert told == [during] * 10 + [after] * 2


def test_what_an_earlier_run_saw_leaves_no_room_behind() -> None:
    room, task = StatusRoom(), slow(1).task
    assert task
    remembered = Entry(slow(1).watched).recalled(task, NOW)
    assert needs([remembered], NOW, room).status == len("◌ Not started stale")
    assert needs([running(1)], NOW + 1, room).status == len("◌ Not started")


def test_what_stands_far_below_has_its_room_too() -> None:
    entries = [done(1)] * 2_000
    assert needs([*entries, saving(2)], NOW, StatusRoom()).status == len("● Done saving 42%")
    assert needs([*entries, not_found(2)], NOW, StatusRoom()).status == len("● Done expired")
    assert needs([*entries[:200], not_found(2)], NOW, StatusRoom()).status == len("◌ Not started")


@pytest.mark.parametrize("width", [40, 66, 79, 120])
def test_the_name_gets_what_it_does_not_take(width: int) -> None:
    usual, little = layout(width).cells, layout(width, asked=Needs(status=6)).cells
    assert little["status"] == len("STATUS↓")
    spared = usual["status"] - little["status"]
    assert little["task"] >= usual["task"] + (spared if width < 96 else 0)
    assert layout(width, asked=Needs(status=500)).cells == usual


async def test_a_list_in_which_all_has_ended_gives_the_names_the_room(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    demo.set(OPEN, "FAILURE")
    async with start(size=(80, 24)) as monitor:
        clock.turn(61)
        monitor.screen.publish()
        await monitor.settled()
        assert cells_of_status(monitor) == len("✕ Failed")
        assert "✕ Failed " in monitor.row(FAIL)
        await monitor.press("d")
        await monitor.until(lambda: monitor.entry(DONE).is_saved)
        await monitor.settled()
        assert cells_of_status(monitor) >= len("● Done saved")
        assert "● Done saved " in monitor.row(DONE)


async def test_the_archive_has_room_for_what_its_tasks_say(start: Start) -> None:
    async with start(size=(80, 24)) as monitor:
        await monitor.press("ctrl+a", "x", "0")
        await monitor.until(lambda: "Running" in monitor.row(OPEN))
        assert cells_of_status(monitor) >= len("◌ Not started")


def cells_of_status(monitor: Monitor) -> int:
    heads = monitor.text("#heads")
    return heads.index("PROGRESS") - heads.index("STATUS") - 1
