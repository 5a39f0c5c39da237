"""Why a task failed is read in its row, however long a status word stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.drawing.column_needs import StatusRoom, needs
from seedance_tui.ui.drawing.columns import layout, row
from seedance_tui.ui.drawing.spans import joined
from tests.ui.conftest import text_of

NOW = 1_800_000_000.0
SAID = "The input text may contain sensitive information."
WORDS = ("AWAITING_MODERATION_REVIEW", "BLOCKED", "等待人工复核中的任务")
WIDTHS = (79, 66, 118)
"""Cells of the list in terminals of 80, 120 and 200 columns."""


def task(number: int, status: str, reason: str = "", upstream: str = "", link: str = "") -> Entry:
    task_id = f"asyntask_reason{number:030}"
    data: JSON = {
        "task_id": task_id,
        "status": status,
        "submit_time": int(NOW - 60),
        "fail_reason": reason,
        "result_url": link,
        "data": {"status": upstream},
    }
    answer = Task.from_json({"code": "success", "data": data})
    assert answer
    watched = Watched(task_id, datetime.fromtimestamp(NOW, UTC), "dance cover, take 2")
    return Entry(watched).after(Fetched(task_id, answer, NOW))


def rows(entries: Sequence[Entry], width: int) -> list[str]:
    shared = layout(width, asked=needs(entries, NOW, StatusRoom()))
    drawn = [text_of(joined(row(entry, NOW, shared))) for entry in entries]
    assert len({cell_len(one) for one in drawn}) == 1, "no column is moved"
    return drawn


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("word", WORDS)
def test_a_reason_is_whole_beside_any_other_row(width: int, word: str) -> None:
    entries = [task(1, "FAILURE", SAID), task(2, word), task(3, "IN_PROGRESS")]
    failed, _other, running = rows(entries, width)
    assert "✕ Failed " in failed
    assert " sensitive content " in failed
    assert "◐ Running" in running


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("upstream", ["", "failed"])
def test_a_long_word_gives_way_to_the_reason_beside_it(
    width: int, word: str, upstream: str
) -> None:
    (shown,) = rows([task(1, word, SAID, upstream)], width)
    assert " sensitive content " in shown
    assert f"? {word[:2]}" in shown


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_whole_though_all_tasks_have_ended(width: int) -> None:
    cancelled, failed = rows([task(1, "cancelled"), task(2, "FAILURE", SAID)], width)
    assert " sensitive content " in failed
    assert "⊘ cancelled" in cancelled


def test_the_servers_own_words_take_what_the_status_leaves() -> None:
    _long, failed = rows([task(1, WORDS[0]), task(2, "FAILURE", "the moon was too bright")], 100)
    assert "✕ Failed" in failed
    assert " the moon was too bright " in failed


@pytest.mark.parametrize("reason", ["", "ok", "https://store.example/a.mp4", "success"])
def test_an_unknown_word_without_a_reason_has_none(reason: str) -> None:
    (shown,) = rows([task(1, "BLOCKED", reason)], 79)
    assert "—" in shown


@pytest.mark.parametrize("width", range(56, 80))
def test_the_time_left_stays_when_others_go(width: int) -> None:
    shared = layout(width, asked=needs([task(1, WORDS[0])], NOW, StatusRoom()))
    assert {"task", "status", "link"} <= shared.cells.keys()


@pytest.mark.parametrize("width", range(39, 56))
@pytest.mark.parametrize("upstream", ["", "failed", "expired"])
def test_where_there_is_no_column_for_it_it_stands_behind_the_status(
    width: int, upstream: str
) -> None:
    failed, running = rows([task(1, "FAILURE", SAID, upstream), task(2, "IN_PROGRESS")], width)
    assert "✕ Failed sensitive" in failed
    assert "◐ Running" in running


def test_behind_the_status_it_leaves_a_link_where_it_is() -> None:
    (link,) = task(1, "SUCCESS", link="https://store.example/a.mp4").links
    shown, _long = rows([replace(task(1, "FAILURE", SAID), links=(link,)), task(2, WORDS[0])], 39)
    assert "✕ Failed sensi… " in shown
    assert shown.rstrip().endswith("?")


@pytest.mark.parametrize("said", ["", "ok"])
def test_without_a_reason_of_its_own_it_says_that_it_is_unknown(said: str) -> None:
    (shown,) = rows([task(1, "FAILURE", said)], 39)
    assert "✕ Failed unknown" in shown
