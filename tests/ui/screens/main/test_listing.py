"""Finding, sorting, marking, editing: the list in the hand."""

import asyncio
import tomllib
from dataclasses import replace
from typing import Any

import pytest

from seedance_tui.core.config import Config
from seedance_tui.core.listing.filter import parse
from seedance_tui.core.listing.listing import OwnView
from seedance_tui.core.session import Session
from seedance_tui.core.settings.choices import Choices, Order, View
from seedance_tui.core.watchlist.file import Loaded
from seedance_tui.demo import Demo, ManualClock
from seedance_tui.ui.widgets.filter_line import FilterLine
from seedance_tui.ui.widgets.task_detail import TaskDetail
from tests.textual_insides import drawn
from tests.ui.conftest import Monitor, Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
FAIL = "asyntask_failFAILfailFAILfailFAILfail0003"


def shown(monitor: Monitor) -> list[str]:
    return [entry.id for entry in monitor.list.entries]


def note(monitor: Monitor) -> str:
    return monitor.screen.query_one(FilterLine).note


def table(config: Config, task_id: str) -> dict[str, Any]:
    tasks = tomllib.loads(config.watchlist.read_text())["tasks"]
    return next(task for task in tasks if task["id"] == task_id)


async def test_a_filter_works_while_it_is_typed_and_escape_clears_it(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("slash", *"status:fai")
        assert shown(monitor) == [FAIL]
        assert note(monitor) == "1 of 3"
        await monitor.press("tab", "enter")
        assert monitor.screen.query_one(FilterLine).text == "status:failed"
        assert monitor.list.has_focus
        await monitor.press("escape")
        assert shown(monitor) == [DONE, OPEN, FAIL]
        await monitor.press("G", "slash", *"zzz")
        assert shown(monitor) == []
        await monitor.press("escape")
        assert monitor.list.cursor == FAIL, "it is where it was before nothing matched"
        await monitor.press("slash", *"tea x q d", "enter")
        assert monitor.screen.query_one(FilterLine).text == "tea x q d", "no keys of the list"
        assert monitor.on_top


async def test_the_footer_has_the_keys_of_the_filter_while_they_go_there(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("slash")
        assert monitor.text("#keys").startswith(" ⏎ List  esc Clear  tab Complete  ")
        await monitor.press("f")
        assert "Add" not in monitor.text("#keys")
        await monitor.pilot.click("#keys", offset=(monitor.text("#keys").index("Clear"), 0))
        await monitor.until(lambda: " a Add " in monitor.text("#keys"))
        assert monitor.screen.query_one(FilterLine).text == ""
        assert monitor.list.has_focus
        await monitor.press("tab", "z")
        assert " esc Back " in monitor.text("#keys")


async def test_a_wrong_filter_says_what_is_wrong_filters_nothing_and_keeps_its_text_on_enter(
    start: Start,
) -> None:
    async with start() as monitor:
        line = monitor.screen.query_one(FilterLine)
        await monitor.press("slash", *"statu:done")
        assert "status" in note(monitor)
        assert shown(monitor) == [DONE, OPEN, FAIL]
        await monitor.press("enter")
        assert (line.text, line.is_typed_into, line.wrong) == ("statu:done", True, True)
        await monitor.press("escape", "slash")
        assert (line.text, line.wrong, note(monitor)) == ("", False, "3 of 3")
        await monitor.resize(40, 12)
        await monitor.press(*"foo:bar")
        rows = " ".join(strip.text for strip in drawn(monitor.app))
        assert " ".join(note(monitor).split()) in " ".join(rows.split()), "it can be read"
        assert "foo:bar" in rows
        await monitor.press("escape")
        assert not line.display
        assert monitor.list.has_focus


async def test_s_sorts_and_S_turns(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("s", "s")
        assert shown(monitor) == [OPEN, DONE, FAIL]
        assert "STATUS↓" in monitor.text("#heads")
        await monitor.press("S")
        assert shown(monitor) == [FAIL, DONE, OPEN]
        assert "STATUS↑" in monitor.text("#heads")


async def test_by_default_what_needs_a_person_comes_first(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    async with start(sort=Order.NEEDS) as monitor:
        assert shown(monitor) == [OPEN, FAIL, DONE]
        clock.turn(70_000)
        await monitor.press("s", "n")
        assert shown(monitor)[0] == DONE, "its link is about to die"


async def test_view_sort_filter_and_the_room_of_the_detail_are_there_again_after_a_restart(
    start: Start, config: Config
) -> None:
    async with start(size=(160, 30)) as monitor:
        before = monitor.screen.query_one(TaskDetail).size.width
        await monitor.press("less_than_sign", "less_than_sign", "t")
        await monitor.until(lambda: monitor.screen.query_one(TaskDetail).size.width > before)
        await monitor.press("3", "s", "a", "S", "slash", *"tea", "enter")
    kept = Choices.beside(config.watchlist)
    kept.load()
    assert (kept.view, kept.sort, kept.reverse, kept.filter) == ("ready", "age", True, "tea")
    async with start(size=(160, 30), sort=Order.AGE, answered=False) as monitor:
        await monitor.until(lambda: shown(monitor) == [DONE])
        assert "AGE↑" in monitor.text("#heads")
        assert monitor.screen.query_one(FilterLine).display
        assert monitor.screen.query_one(TaskDetail).size.width > before
        assert monitor.screen.query_one(TaskDetail).utc


async def test_space_marks_and_a_verb_takes_the_marks_which_go_with_their_tasks(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("space", "j", "space")
        assert monitor.list.marks == {DONE, FAIL}
        assert "2 marked" in monitor.text("#keys")
        await monitor.press("x")
        await monitor.says("2 tasks removed")
        assert shown(monitor) == [OPEN]
        assert monitor.list.marks == set()
        assert "marked" not in monitor.text("#keys")


async def test_ctrl_a_marks_all_shown_and_then_none_and_asterisk_the_others(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("ctrl+a")
        assert monitor.list.marks == {DONE, OPEN, FAIL}
        await monitor.press("y")
        await monitor.says("1 link, 2 tasks have no link")
        await monitor.press("Y", "i")
        await monitor.until(lambda: monitor.copied[-1] == "\n".join((DONE, OPEN, FAIL)))
        await monitor.press("ctrl+a")
        assert monitor.list.marks == set()
        await monitor.press("space", "asterisk")
        assert monitor.list.marks == {OPEN, FAIL}
        await monitor.press("escape")
        assert monitor.list.marks == set()


async def test_hidden_marks_are_counted_and_escape_shows_them_first(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("space", "space", "slash", *"status:failed", "enter")
        assert "2 marked, 2 hidden" in monitor.text("#keys")
        await monitor.press("escape")
        assert monitor.list.marks == {DONE, OPEN}
        assert shown(monitor) == [DONE, OPEN, FAIL]
        await monitor.press("4", "escape")
        assert monitor.list.marks == set(), "a view hides them, and no filter is left"


async def test_what_changed_unseen_has_a_dot_until_the_cursor_was_there(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    async with start() as monitor:
        for key in "nN":
            await monitor.press("P", key)
            assert "No unseen tasks." in monitor.notice, key
        await monitor.press("9")
        assert "No such view" in monitor.notice
        demo.set(OPEN, "SUCCESS")
        clock.turn(15)
        await monitor.press("r")
        await monitor.press("R")
        await monitor.until(lambda: OPEN in monitor.list.unseen)
        assert "•" in monitor.row(OPEN)
        await monitor.press("n")
        assert monitor.list.cursor == OPEN
        assert "•" not in monitor.row(OPEN)
        await monitor.press("N")
        assert monitor.list.cursor == OPEN, "nothing else is new"


async def test_e_edits_label_tags_and_note_and_of_marked_tasks_the_tags_they_share(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("e", *" 4", "tab", *"ep3, tea", "tab", *"too dark", "enter")
        await monitor.until(lambda: "note" in table(config, DONE))
        edited = table(config, DONE)
        assert edited["label"] == "fruit tea, take 3 4"
        assert edited["tags"] == ["ep3", "tea"]
        assert edited["note"] == "too dark"
        await monitor.press("u")
        await monitor.until(lambda: table(config, DONE)["label"] == "fruit tea, take 3")
        await monitor.press("e", "tab", *"own", "enter")
        await monitor.until(lambda: table(config, DONE).get("tags") == ["own"])
        await monitor.press("ctrl+a", "e", *"ep3", "enter")
        await monitor.until(lambda: table(config, FAIL).get("tags") == ["ep3"])
        assert table(config, DONE)["tags"] == ["own", "ep3"]


async def test_a_view_of_ones_own_is_on_the_sixth_key_and_there_again_after_a_restart(
    start: Start, config: Config
) -> None:
    own = (OwnView("teas", parse("tea")), OwnView("other", parse("sun")))
    async with start(settings=replace(config, views=own)) as monitor:
        assert "6 teas 1" in monitor.text("#tabs")
        await monitor.press("6")
        assert shown(monitor) == [DONE]
    async with start(settings=replace(config, views=own)) as monitor:
        assert shown(monitor) == [DONE]
    async with start(settings=replace(config, views=own[1:])) as monitor:
        assert shown(monitor) == [DONE, OPEN, FAIL], "it is no longer there"


async def test_in_the_detail_a_field_is_walked_to_and_copied_and_the_json_searched(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("enter", "j", "j", "y")
        detail = monitor.screen.query_one(TaskDetail)
        await monitor.until(lambda: monitor.copied)
        assert detail.field
        assert monitor.copied == [detail.field.text]
        assert detail.field.label in monitor.notice
        await monitor.press("m", "slash", *"seed")
        await monitor.until(lambda: detail.matches[1] > 1)
        await monitor.press("enter", "n")
        assert detail.matches[0] == 2
        await monitor.press("slash", "escape")
        assert detail.matches == (0, 0)


async def test_the_dots_are_there_again_after_a_restart(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    async with start() as monitor:
        demo.set(OPEN, "SUCCESS")
        clock.turn(15)
        await monitor.press("R")
        await monitor.until(lambda: OPEN in monitor.list.unseen)
        await monitor.press("q")
        await monitor.until(lambda: monitor.app.return_code == 0)
    async with start() as monitor:
        assert monitor.list.unseen == {OPEN}


async def test_what_is_typed_before_the_list_is_read_stays(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = asyncio.Event()
    load = Session.load

    async def late(session: Session) -> Loaded:
        await read.wait()
        return await load(session)

    monkeypatch.setattr(Session, "load", late)
    Choices.beside(config.watchlist).save(filter="sun", view=View.READY)
    async with start(loaded=False, answered=False) as monitor:
        line = monitor.screen.query_one(FilterLine)
        assert line.text == "sun"
        await monitor.press("1", "slash", "ctrl+u", *"tea")
        read.set()
        await monitor.until(lambda: monitor.row(DONE))
        assert shown(monitor) == [DONE]
        assert (line.text, line.is_typed_into, note(monitor)) == ("tea", True, "1 of 3")


async def test_tags_and_models_are_offered_and_gathered_when_asked_for(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("e", "tab", *"ep3", "enter")
        await monitor.until(lambda: monitor.list.entries[0].watched.tags == ("ep3",))
        await monitor.press("slash", *"te")
        line = monitor.screen.query_one(FilterLine)
        assert vars(line.values)["_gathered"] == {}
        await monitor.press("ctrl+u", *"tag:", "tab")
        assert line.text == "tag:ep3"
        assert "model" not in vars(line.values)["_gathered"]
