"""The walk from field to field, with keys and mouse."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.widgets.task_detail import TaskDetail

PAYLOADS = Path(__file__).parents[2] / "payloads"
NOW = 1_784_600_700.0


def captured(name: str, task_id: str = "asyntask_a") -> Entry:
    task = Task.from_json(json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8")))
    assert task
    watched = Watched(task_id, datetime(2026, 7, 21, tzinfo=UTC))
    return Entry(watched).after(Fetched(task_id, task, NOW))


class Pane(App[None]):
    """The detail pane alone."""

    def compose(self) -> ComposeResult:
        yield TaskDetail()

    @property
    def detail(self) -> TaskDetail:
        return self.query_one(TaskDetail)

    @property
    def lines(self) -> list[str]:
        """What is drawn."""
        return [self.detail.render_line(y).text for y in range(self.detail.size.height)]

    @property
    def pointed(self) -> str:
        """What stands behind the bar of the walk; empty while it is not in view."""
        lines = [line.partition("▌")[2] for line in self.lines if "▌" in line]
        return " ".join(lines[0].split()[:2]) if lines else ""


@asynccontextmanager
async def pane(
    name: str = "200_success_ultra", size: tuple[int, int] = (53, 30)
) -> AsyncIterator[tuple[Pane, TaskDetail, Pilot[None]]]:
    app = Pane()
    async with app.run_test(size=size) as pilot:
        app.detail.now = NOW
        app.detail.entry = captured(name)
        app.detail.focus()
        await pilot.pause()
        yield app, app.detail, pilot


def path_of(detail: TaskDetail) -> str:
    return detail.field.path if detail.field else ""


async def test_no_field_is_picked_before_the_first_step() -> None:
    async with pane() as (app, detail, pilot):
        assert detail.field is None
        assert app.pointed == ""
        await pilot.press("j")
        assert path_of(detail) == "data.data.ratio"
        assert app.pointed == "Ratio 16:9"


@pytest.mark.parametrize("size", [(38, 9), (53, 30), (53, 12), (110, 20)])
async def test_each_field_is_reached_going_down_and_again_going_up(size: tuple[int, int]) -> None:
    async with pane(size=size) as (app, detail, _pilot):
        there = []
        for _ in range(120):
            detail.action_move(1)
            if path_of(detail) not in there:
                there.append(path_of(detail))
                assert app.pointed, path_of(detail)
        assert len(there) == 37
        back = [path_of(detail)]
        for _ in range(120):
            detail.action_move(-1)
            if path_of(detail) not in back:
                back.append(path_of(detail))
        assert back == there[::-1]
        assert detail.scroll_offset.y == 0


async def test_arrows_and_l_and_h_go_to_the_field_beside() -> None:
    async with pane() as (_app, detail, pilot):
        await pilot.press("down", "down", "right")
        assert path_of(detail) == "data.data.seed"
        await pilot.press("right", "l")
        assert path_of(detail) == "data.data.seed"
        await pilot.press("h", "up")
        assert path_of(detail) == "data.data.ratio"


async def test_g_and_G_go_to_the_ends_of_the_page() -> None:
    async with pane(size=(53, 12)) as (app, detail, pilot):
        await pilot.press("G")
        assert path_of(detail) == "data.data.priority"
        assert app.pointed == "data.data.priority 0"
        await pilot.press("g")
        assert path_of(detail) == "data.data.ratio"
        assert detail.scroll_offset.y == 0


async def test_page_keys_go_a_screen_further() -> None:
    async with pane(size=(53, 12)) as (app, detail, pilot):
        await pilot.press("j")
        before = detail.scroll_offset.y
        await pilot.press("pagedown")
        assert detail.scroll_offset.y > before
        assert app.pointed
        await pilot.press("pageup", "pageup", "pageup")
        assert path_of(detail) == "data.data.ratio"
        assert detail.scroll_offset.y == 0


async def test_nothing_of_a_long_headline_is_skipped_by_j() -> None:
    async with pane("200_failure_very_long_text", (38, 8)) as (app, detail, _pilot):
        seen = set(app.lines[:-1])
        while detail.field is None:
            detail.action_move(1)
            seen |= set(app.lines[:-1])
        whole = ["".join(text for text, role in detail.line(y)).strip() for y in range(22)]
        first = next(y for y, line in enumerate(whole) if line.startswith("Ratio"))
        assert set(whole[:first]) - {""} <= {line.strip() for line in seen}


async def test_the_place_belongs_to_the_field_through_refreshes_and_other_tasks() -> None:
    async with pane() as (app, detail, pilot):
        await pilot.press("j", "j", "j", "j")
        assert path_of(detail) == "data.data.duration"
        row = next(y for y, line in enumerate(app.lines) if "▌" in line)
        assert detail.entry
        longer = replace(detail.entry.watched, note="one\ntwo\nthree", tags=("more",))
        detail.entry = replace(detail.entry, watched=longer)
        await pilot.pause()
        assert path_of(detail) == "data.data.duration"
        assert row == next(y for y, line in enumerate(app.lines) if "▌" in line)
        detail.entry = captured("200_failure_moderation", "asyntask_b")
        await pilot.pause()
        assert path_of(detail) == "data.data.duration"
        assert detail.field
        assert not detail.field.sent
        detail.mode = "json"
        assert detail.field is None
        detail.mode = "fields"
        assert path_of(detail) == "data.data.duration"


async def test_the_whole_raw_value_is_there_to_be_copied() -> None:
    async with pane() as (_app, detail, _pilot):
        texts = {}
        detail.action_last()
        for _ in range(40):
            if detail.field:
                texts[detail.field.path] = detail.field.text
            detail.action_move(-1)
        assert texts["data.result_url"].endswith("X-Tos-SignedHeaders=host")
        assert texts["data.data.seed"] == "4304"
        assert texts["data.data.generate_audio"] == "true"
        assert texts["data.data.frames"] == ""


async def test_a_click_walks_to_the_field_under_the_mouse() -> None:
    async with pane() as (app, detail, pilot):
        row = next(y for y, line in enumerate(app.lines) if " Seed " in line)
        await pilot.click(TaskDetail, offset=(40, row))
        assert path_of(detail) == "data.data.seed"
        await pilot.click(TaskDetail, offset=(4, row))
        assert path_of(detail) == "data.data.resolution"
        await pilot.click(TaskDetail, offset=(4, 0))
        assert path_of(detail) == "data.data.resolution"


async def test_a_click_into_a_pane_without_the_focus_picks_what_is_under_the_mouse() -> None:
    async with pane(size=(53, 12)) as (app, detail, pilot):
        await pilot.press("j")
        detail.blur()
        detail.scroll_to(y=15, animate=False, force=True, immediate=True)
        await pilot.pause()
        row = next(y for y, line in enumerate(app.lines) if "Submitted" in line)
        await pilot.click(TaskDetail, offset=(4, row))
        assert path_of(detail) == "data.submit_time"


async def test_what_is_out_of_view_is_not_picked_until_the_pane_is_gone_to_by_key() -> None:
    async with pane(size=(53, 12)) as (app, detail, pilot):
        await pilot.press("j")
        detail.scroll_to(y=20, animate=False, force=True, immediate=True)
        assert detail.field is None
        detail.blur()
        await pilot.pause()
        detail.focus()
        await pilot.pause()
        assert path_of(detail) == "data.data.ratio"
        assert app.pointed == "Ratio 16:9"


async def test_the_place_is_shown_only_while_the_pane_has_the_focus() -> None:
    async with pane() as (app, detail, pilot):
        await pilot.press("j")
        detail.blur()
        await pilot.pause()
        assert app.pointed == ""
        detail.focus()
        await pilot.pause()
        assert app.pointed == "Ratio 16:9"
