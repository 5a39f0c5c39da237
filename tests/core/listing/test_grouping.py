"""Tasks in groups: which, in which order, with which sums, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from seedance_tui.api.errors import ServerFault, TaskNotFound
from seedance_tui.api.models import Task
from seedance_tui.core.listing import grouping
from seedance_tui.core.listing.grouping import grouped
from seedance_tui.core.listing.listing import Group, around, group_of, parted
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.settings.choices import Grouping
from seedance_tui.ui.drawing.group_head import group_head

NOW = 1_785_000_000.0
DAY = datetime(2026, 7, 21, tzinfo=UTC).date()
MANY = 10_000


def entry(number: int, *, tags: tuple[str, ...] = (), data: Mapping[str, Any] = {}) -> Entry:
    watched = Watched(f"asyntask_{number:032d}", datetime.fromtimestamp(NOW, UTC), tags=tags)
    task = Task.from_json({"code": "success", "data": {"task_id": watched.id, **data}})
    return Entry(watched, task=task)


def names(groups: tuple[Group, ...]) -> list[str]:
    return [group.name for group in groups]


def test_without_a_grouping_nothing_is_touched() -> None:
    entries = (entry(2), entry(1))
    assert grouped(entries, Grouping.NONE, NOW) == (entries, ())


def test_tags_go_by_their_names_with_their_numbers_and_no_tag_comes_last() -> None:
    tags = ("ep10", "", "ep9", "Ep1", "抚仙湖")
    entries = [entry(n, tags=(tag,) if tag else ()) for n, tag in enumerate(tags)]
    _rows, groups = grouped(entries, Grouping.TAG, NOW)
    assert names(groups) == ["Ep1", "ep9", "ep10", "抚仙湖", ""]


def test_a_task_of_several_tags_has_one_row_under_the_first() -> None:
    rows, groups = grouped([entry(1, tags=("rain", "ep1"))], Grouping.TAG, NOW)
    assert names(groups) == ["rain"]
    assert len(rows) == 1


def test_within_a_group_the_order_stays() -> None:
    entries = [entry(n, tags=("even" if n % 2 == 0 else "odd",)) for n in (5, 4, 3, 2)]
    rows, groups = grouped(entries, Grouping.TAG, NOW)
    assert [row.id[-1] for row in rows] == ["4", "2", "5", "3"]
    assert [(group.start, group.end) for group in groups] == [(0, 2), (2, 4)]


def test_statuses_go_as_tasks_do_and_unknown_words_have_their_own_groups() -> None:
    words = ("SUCCESS", "MOONING", "IN_PROGRESS", "QUEUED", "FAILURE", "IN_PROGRESS")
    entries = [entry(n, data={"status": word}) for n, word in enumerate(words)]
    entries.append(replace(entry(9), task=None))
    _rows, groups = grouped(entries, Grouping.STATUS, NOW)
    assert names(groups) == ["", "queued", "running", "done", "failed", "MOONING"]
    assert [group.count for group in groups] == [1, 1, 2, 1, 1, 1]


def test_tasks_without_a_response_are_named_by_what_was_said_instead() -> None:
    asked = [replace(entry(n), task=None) for n in range(3)]
    asked[0] = replace(asked[0], problem=Problem(TaskNotFound, "no", NOW))
    asked[1] = replace(asked[1], problem=Problem(ServerFault, "no", NOW))
    done = entry(9, data={"status": "SUCCESS"})
    rows, groups = grouped([done, *asked], Grouping.STATUS, NOW)
    heads = [
        "".join(
            text for text, _role in group_head(g, rows[g.start :], (), 60, DAY, is_folded=False)
        )
        for g in groups
    ]
    titles = ("Not polled yet", "No response", "Not found")
    assert all(title in head for title, head in zip(titles, heads, strict=False)), heads


def test_days_come_newest_first_and_begin_at_the_midnight_of_the_zone() -> None:
    late = datetime(2026, 7, 20, 23, 59, tzinfo=UTC).timestamp()
    entries = [entry(n, data={"submit_time": int(late) + n * 120}) for n in range(2)]
    _rows, groups = grouped(entries, Grouping.DAY, NOW, utc=True)
    assert names(groups) == ["2026-07-21", "2026-07-20"]


@pytest.mark.parametrize("moment", [4e17, -4e17, 2**62])
def test_a_moment_that_no_calendar_has_ends_nothing(moment: float) -> None:
    watched = entry(1)
    assert watched.task
    odd = replace(watched, task=replace(watched.task, submit_time=moment))
    _rows, groups = grouped([odd, entry(2)], Grouping.DAY, NOW, utc=True)
    assert names(groups)[-1] == ""


def test_the_sums_are_those_of_the_group() -> None:
    tokens = {"data": {"usage": {"total_tokens": 7}}}
    entries = [
        entry(1, tags=("a",), data={"status": "IN_PROGRESS"}),
        entry(2, tags=("a",), data={"status": "SUCCESS", **tokens}),
        entry(3, tags=("b",), data={"status": "FAILURE"}),
    ]
    _rows, (a, b) = grouped(entries, Grouping.TAG, NOW)
    assert (a.summary.running, a.summary.total, a.tokens) == (1, 2, 7)
    assert (b.summary.running, b.summary.total, b.tokens) == (0, 1, 0)


def test_rows_are_heads_and_the_tasks_of_what_is_not_folded() -> None:
    entries = [entry(n, tags=(tag,)) for n, tag in enumerate("aab")]
    rows, groups = grouped(entries, Grouping.TAG, NOW)
    assert parted(groups, frozenset()) == [-1, 0, 1, -2, 2]
    assert parted(groups, {groups[0].key}) == [-1, -2, 2]
    assert around(groups, -2) is groups[1]
    assert around(groups, 1) is groups[0]
    assert group_of(groups, rows, rows[2].id) is groups[1]
    assert group_of((), rows, rows[2].id) is None


@pytest.mark.parametrize("by", [Grouping.TAG, Grouping.DAY, Grouping.MODEL, Grouping.STATUS])
def test_ten_thousand_tasks_are_each_looked_at_once(
    by: Grouping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work grows with the tasks, and with the groups alone what is sorted."""
    entries = [
        entry(
            n, tags=(f"ep{n % 40}",), data={"status": "SUCCESS", "submit_time": 1_784_000_000 + n}
        )
        for n in range(MANY)
    ]
    looked = dates = placed = 0
    name, date, place = grouping._NAMES.get(by), grouping._date, grouping._place

    def counted(one: Entry) -> str:
        nonlocal looked
        looked += 1
        assert name
        return name(one)

    def dated(*given: Any) -> str:
        nonlocal dates
        dates += 1
        return date(*given)

    def sorted_by(*given: Any) -> tuple[Any, ...]:
        nonlocal placed
        placed += 1
        return place(*given)

    if name:
        monkeypatch.setattr(grouping, "_NAMES", {by: counted})
    monkeypatch.setattr(grouping, "_date", dated)
    monkeypatch.setattr(grouping, "_place", sorted_by)
    rows, groups = grouped(entries, by, NOW)
    assert len(rows) == MANY
    assert looked == (MANY if name else 0)
    assert dates <= MANY / 900 + 2
    assert placed == len(groups) <= 40
