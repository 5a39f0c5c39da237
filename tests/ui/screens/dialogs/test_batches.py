"""Batches: what is added together, and edited together."""

from __future__ import annotations

from datetime import UTC, datetime

from textual import events

from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.screens.dialogs.edit import Edit
from seedance_tui.ui.widgets.tag_chips import Had, TagChips, chips
from tests.ui.conftest import DONE, FAIL, IDS, OPEN, Monitor, Start, tag

ADDED = datetime(2026, 7, 21, tzinfo=UTC)
NEW = tuple(f"asyntask_new{number:033}" for number in range(4))


def watched(monitor: Monitor, *ids: str) -> list[Watched]:
    return [monitor.entry(task_id).watched for task_id in ids]


def of(monitor: Monitor, ids: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.label, one.tags) for one in watched(monitor, *ids)]


async def add(monitor: Monitor, ids: str, *then: str) -> None:
    """Add tasks whose IDs are pasted, and press what else there is to."""
    await monitor.press("a")
    monitor.app.post_message(events.Paste(ids))
    await monitor.press(*then, "enter")


async def test_what_is_added_together_gets_numbered_labels_and_tags_and_is_marked(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("space")
        await add(monitor, " ".join(NEW), "tab", *"rain {n}", "tab", *"ep2，#client")
        await monitor.until(lambda: all(monitor.session.store.get(one) for one in NEW))
        expected = [(f"rain {n}", ("ep2", "client")) for n in (1, 2, 3, 4)]
        assert of(monitor, NEW) == expected
        assert monitor.list.marks == set(NEW), "and no other"
        await monitor.press("u")
        assert not any(monitor.session.store.get(one) for one in NEW)
        await add(monitor, f"{DONE} {NEW[0]} {NEW[1]}", "tab", *"rain {n}")
        await monitor.until(lambda: monitor.session.store.get(NEW[1]))
        labels = [one.label for one in watched(monitor, DONE, *NEW[:2])]
        assert labels == ["fruit tea, take 3", "rain 1", "rain 2"], "one was there"


async def test_one_task_that_is_added_is_not_marked_and_what_the_filter_hides_is_said(
    start: Start,
) -> None:
    async with start() as monitor:
        await add(monitor, NEW[0])
        await monitor.until(lambda: monitor.session.store.get(NEW[0]))
        assert monitor.list.cursor == NEW[0]
        assert not monitor.list.marks
        await monitor.press("u", "slash", *"fruit", "enter")
        await add(monitor, " ".join(NEW))
        await monitor.says("4 hidden by the filter")


async def test_several_get_numbered_labels_in_the_order_of_their_rows_as_the_dialog_says(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("ctrl+a", "e")
        assert "stay as they are" in preview(monitor)
        await monitor.press("tab", *"take {n}")
        assert preview(monitor) == "take 1 … take 3"
        await monitor.press("enter")
        await monitor.says("3 tasks changed")
        assert [one.label for one in watched(monitor, *IDS)] == ["take 1", "take 2", "take 3"]
        await monitor.press("u")
        assert monitor.entry(DONE).watched.label == "fruit tea, take 3"
        await monitor.press("e", "tab", *"take ")
        assert "same label for all" in preview(monitor)


def preview(monitor: Monitor) -> str:
    return str(monitor.app.screen.query_one("#preview").render())


async def test_tags_of_several_are_chips_that_say_all_or_some(start: Start) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "all, one")
        for task_id in (OPEN, FAIL):
            await tag(monitor, task_id, "all")
        await monitor.press("ctrl+a", "e", "tab", "tab")
        shown = monitor.app.screen.query_one(TagChips)
        assert [(chip.tag, chip.now) for chip in shown.chips] == [
            ("all", Had.ALL),
            ("one", Had.SOME),
        ]
        assert "1 of 3" in str(shown.render())
        await monitor.press("space", "right", "space", "enter")
        await monitor.until(lambda: monitor.entry(FAIL).watched.tags == ("one",))
        assert [tags for _label, tags in of(monitor, IDS)] == [("one",)] * 3


async def test_a_batch_that_has_tags_is_tagged_and_numbered_by_the_same_keys(start: Start) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "old")
        await tag(monitor, OPEN, "old, older")
        await monitor.press("ctrl+a", "e", *"ep7", "tab", *"wave {n}", "enter")
        await monitor.until(lambda: monitor.entry(FAIL).watched.label == "wave 3")
        assert [label for label, _tags in of(monitor, IDS)] == ["wave 1", "wave 2", "wave 3"]
        tags = [tags for _label, tags in of(monitor, IDS)]
        assert tags == [("old", "ep7"), ("old", "older", "ep7"), ("ep7",)]


async def test_a_chip_that_only_some_have_can_be_left_so_and_a_typed_tag_is_glued_to_none(
    start: Start,
) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "one")
        await monitor.press("ctrl+a", "e", "tab", "tab", "space", "space", "space", "enter")
        assert monitor.on_top
        assert [tags for _label, tags in of(monitor, IDS)] == [("one",), (), ()]
        await monitor.press("ctrl+a")
        await tag(monitor, DONE, "two")
        assert monitor.entry(DONE).watched.tags == ("one", "two")


async def test_tags_of_other_tasks_are_offered_and_turned_by_the_mouse(start: Start) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "ep1")
        await tag(monitor, OPEN, "ep1, ep2")
        monitor.list.choose(FAIL)
        await monitor.press("e")
        shown = monitor.app.screen.query_one(TagChips)
        assert [chip.tag for chip in shown.chips] == ["ep1", "ep2"], "the most frequent first"
        await monitor.pilot.click(TagChips, offset=(2, 0))
        await monitor.press("enter")
        await monitor.until(lambda: monitor.entry(FAIL).watched.tags == ("ep1",))


def test_a_pattern_numbers_and_what_was_not_turned_stays() -> None:
    before = chips([("a", "b"), ("b",)], ())
    assert [chip.now for chip in before] == [Had.ALL, Had.SOME]
    edit = Edit("take {n}", None, ("new",), ("a",))
    one = Watched("x", added_at=ADDED, tags=("a", "b"))
    assert edit.of(one, 7).label == "take 7"
    assert edit.of(one, 7).tags == ("b", "new")
    assert edit.of(one).label == "take {n}", "of a single task the label is as typed"
