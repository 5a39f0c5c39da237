"""The way from match to match in the JSON of the detail pane."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.detail import json_page as json_page_module
from seedance_tui.ui.detail.page import Page
from seedance_tui.ui.widgets.task_detail import TaskDetail

PAYLOADS = Path(__file__).parents[2] / "payloads"
NOW = 1_784_600_700.0


class Pane(App[None]):
    """The detail pane alone."""

    def compose(self) -> ComposeResult:
        yield TaskDetail()


@asynccontextmanager
async def pane(height: int = 30) -> AsyncIterator[tuple[TaskDetail, Pilot[None]]]:
    """The pane with the JSON of a super-resolved task, in which `status` stands twice."""
    text = (PAYLOADS / "200_success_ultra.json").read_text(encoding="utf-8")
    task = Task.from_json(json.loads(text))
    assert task
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC))
    app = Pane()
    async with app.run_test(size=(53, height)) as pilot:
        detail = app.query_one(TaskDetail)
        detail.now = NOW
        detail.entry = Entry(watched).after(Fetched("asyntask_a", task, NOW))
        detail.mode = "json"
        await pilot.pause()
        yield detail, pilot


def lines_of(detail: TaskDetail) -> list[str]:
    """What is drawn, but for the line that says that there is more."""
    return [detail.render_line(y).text for y in range(detail.size.height - 1)]


async def test_search_goes_from_match_to_match_and_around() -> None:
    async with pane(height=10) as (detail, pilot):
        assert detail.matches == (0, 0)
        detail.search = "status"
        await pilot.pause()
        assert detail.matches == (1, 2)
        assert any('"status"' in line for line in lines_of(detail))
        detail.action_search_next(1)
        assert detail.matches == (2, 2)
        assert any("succeeded" in line for line in lines_of(detail))
        detail.action_search_next(1)
        assert detail.matches == (1, 2)
        detail.action_search_next(-1)
        assert detail.matches == (2, 2)
        detail.search = "not in there"
        assert detail.matches == (0, 0)
        detail.action_search_next(1)
        detail.search = ""
        assert detail.matches == (0, 0)


async def test_matches_stand_out_and_the_one_that_one_is_at_most() -> None:
    async with pane() as (detail, pilot):
        detail.search = "task_id"
        await pilot.pause()
        row = next(y for y, line in enumerate(lines_of(detail)) if "task_id" in line)
        here = next(s for s in detail.render_line(row) if s.text == "task_id")
        assert here.style == detail._style("found-here")


async def test_the_page_of_an_answer_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def json_page(*given: Any) -> Page:
        made.append(given)
        return real(*given)

    real = json_page_module.json_page
    monkeypatch.setattr(json_page_module, "json_page", json_page)
    async with pane() as (detail, pilot):
        for second in range(5):
            detail.now = NOW + second
            assert detail.entry
            detail.entry = replace(detail.entry, seen_at=NOW + second)
            await pilot.pause()
        assert len(made) == 1
