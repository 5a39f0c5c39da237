"""The life of a task on one scale, and how late its end was noticed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from rich.cells import cell_len

from seedance_tui.api.models import Status, Task
from seedance_tui.core.history.history import Seen
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.detail.page import PageContext
from seedance_tui.ui.detail.timeline import timeline_page

BEGIN = 1_784_600_000.0
"""02:13:20 UTC."""


def entry_of(status: str, start: float, finish: float) -> Entry:
    data: dict[str, Any] = {"task_id": "a", "status": status, "submit_time": BEGIN}
    task = Task.from_json({"data": data | {"start_time": start, "finish_time": finish}})
    assert task
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC), "抚仙湖日出")
    return Entry(watched).after(Fetched("asyntask_a", task, BEGIN))


DONE = entry_of("SUCCESS", BEGIN + 100, BEGIN + 400)


def seen(*changes: tuple[float, str]) -> list[Seen]:
    return [Seen(BEGIN + at, Status.parse(word), 0.5, "running") for at, word in changes]


def lines_of(entry: Entry, changes: list[Seen], width: int = 53, now: float = 600) -> list[str]:
    page = timeline_page(entry, changes, PageContext(width, BEGIN + now, utc=True))
    return ["".join(text for text, role in line).rstrip() for line in page.lines]


def row(lines: list[str], label: str) -> str:
    return next(line for line in lines if line.startswith(f" {label}"))


def test_the_scale_begins_and_ends_with_a_time() -> None:
    line = next(line for line in lines_of(DONE, []) if "02:13:20" in line)
    assert line.split() == ["02:13:20", "UTC", "02:20:00", "UTC"]


def test_queue_run_and_total_are_bars_of_one_scale() -> None:
    lines = lines_of(DONE, [])
    queue, run, total = (row(lines, label) for label in ("Queue", "Generation", "Total"))
    assert [line.split()[-2:] for line in (queue, run, total)] == [
        ["1m", "40s"],
        ["5m", "00s"],
        ["6m", "40s"],
    ]
    assert queue.count("━") + run.count("━") == total.count("━")
    assert run.index("━") == queue.rindex("━") + 1


def test_the_moment_of_noticing_is_on_the_scale_and_beside_the_change() -> None:
    lines = lines_of(DONE, seen((1, "QUEUED"), (410, "SUCCESS"), (500, "SUCCESS")))
    noticed = row(lines, "Detected")
    assert noticed.endswith("+10s")
    assert noticed.index("▲") > row(lines, "Total").rindex("━")
    after = lines[lines.index(next(line for line in lines if "● Done" in line)) + 1]
    assert after.strip() == "detected 10s after it finished"


def test_noticing_days_later_does_not_shrink_the_bars() -> None:
    late = lines_of(DONE, seen((200_000, "SUCCESS")), now=300_000)
    assert row(late, "Total").count("━") == row(lines_of(DONE, []), "Total").count("━")
    assert "▶" in row(late, "Detected")


def test_a_task_that_runs_ends_now_and_nothing_was_noticed() -> None:
    lines = lines_of(entry_of("IN_PROGRESS", BEGIN + 100, 0), seen((1, "IN_PROGRESS")), now=200)
    assert row(lines, "Total").endswith("3m 20s")
    assert not any("oticed" in line for line in lines)


@pytest.mark.parametrize("width", range(38, 111, 3))
@pytest.mark.parametrize("now", [600, 400_000])
def test_every_line_fits(width: int, now: int) -> None:
    changes = seen((1, "NOT_START"), (120, "一个很长很长很长的状态"), (390_000, "SUCCESS"))
    for line in lines_of(DONE, changes, width, now):
        assert cell_len(line) <= width, line


def test_what_has_no_room_is_left_out_and_not_cut() -> None:
    lines = lines_of(DONE, seen((1, "QUEUED"), (410, "IN_PROGRESS")), 38)
    changes = [line for line in lines if "50%" in line]
    assert len(changes) == 2
    assert not any("…" in line or "+" in line for line in changes)


def test_times_that_make_no_sense_harm_nothing() -> None:
    odd = entry_of("SUCCESS", BEGIN - 50, BEGIN - 100)
    for line in lines_of(odd, seen((-500, "SUCCESS"))):
        assert cell_len(line) <= 53
