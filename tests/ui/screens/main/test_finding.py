"""Finding: what the filter completes, what it suggests, and what it hides."""

from __future__ import annotations

from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo import Stage as State
from seedance_tui.ui.widgets.filter_line import FilterInput, FilterLine
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start, tag, text_of

NEW = tuple(f"asyntask_new{number:033}" for number in range(4))


async def test_completion_goes_round_all_values_the_most_frequent_first(start: Start) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "ep1, zoo")
        await tag(monitor, OPEN, "zoo, ep2")
        await tag(monitor, FAIL, "zoo, ep2")
        await monitor.press("slash", *"tag:")
        seen = []
        for _turn in range(4):
            await monitor.press("tab")
            seen.append(typed(monitor))
        assert seen == ["tag:zoo", "tag:ep2", "tag:ep1", "tag:zoo"]
        await monitor.press("shift+tab", "shift+tab")
        assert typed(monitor) == "tag:ep2"
        await monitor.press("enter")
        assert {entry.id for entry in monitor.list.entries} == {OPEN, FAIL}


async def test_a_key_that_is_completed_goes_on_to_its_values(start: Start) -> None:
    async with start() as monitor:
        await monitor.press("slash", *"rat", "tab", "tab")
        assert typed(monitor) == "ratio:16:9"


def typed(monitor: Monitor) -> str:
    return monitor.screen.query_one(FilterInput).value


def seeded(number: int, seed: int) -> DemoTask:
    steps = (State(-90, "NOT_START"), State(-60, "SUCCESS"))
    return DemoTask(NEW[number], f"take {number}", steps, seed=seed)


async def test_a_large_number_looks_in_the_seeds_and_a_small_one_is_one_of_a_take(
    start: Start, demo: Demo
) -> None:
    for number, seed in enumerate((65774, 657, 9765774, 31)):
        demo.add(seeded(number, seed))
    async with start() as monitor:
        await monitor.press("slash", *"65774")
        assert [entry.id for entry in monitor.list.entries] == [NEW[0]]
        await monitor.press("backspace", "backspace")
        assert [entry.id for entry in monitor.list.entries] == [NEW[0], NEW[1]]
        await monitor.press("escape", "slash", *"3 take")
        assert [entry.id for entry in monitor.list.entries] == [DONE, NEW[3]]
        await monitor.press("escape", "slash", *"31")
        assert "Did you mean seed:31?" in monitor.text("#list")
        await monitor.press("tab")
        assert typed(monitor) == "seed:31"
        assert [entry.id for entry in monitor.list.entries] == [NEW[3]]


async def test_a_mistyped_value_and_another_field_are_suggested_too(start: Start) -> None:
    async with start() as monitor:
        await tag(monitor, DONE, "client")
        await monitor.press("slash", *"tag:cleint")
        assert "Did you mean tag:client?" in monitor.text("#list")
        await monitor.press("escape", "slash", *"16:9")
        assert "Did you mean ratio:16:9?" in monitor.text("#list")
        await monitor.press("escape", "slash", *"note:fruit")
        assert "Did you mean fruit?" in monitor.text("#list")
        await monitor.press("escape", "slash", *"zzzzzz")
        assert "Did you mean" not in monitor.text("#list")


SIZES = [(40, 12), (80, 24), (80, 40), (120, 40), (200, 50)]


async def test_what_to_do_about_an_empty_list_is_in_view(start: Start, demo: Demo) -> None:
    for number in range(40):
        demo.add(DemoTask(f"asyntask_more{number:032}", "more"))
    async with start() as monitor:
        await monitor.press("slash", *"nothing")
        for size in SIZES:
            await monitor.resize(*size)
            tasks = monitor.list
            assert tasks.region.intersection(monitor.screen.query_one("#left").region).height == (
                tasks.region.height
            ), size
            seen = [text_of(tasks.line(y)).strip() for y in range(tasks.size.height)]
            assert "No task matches the filter." in seen, size
            assert "Press esc to clear it." in seen, size


async def test_what_another_view_has_is_said_and_n_finds_what_the_filter_hides(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("4", "slash", *"fruit", "enter")
        assert "1 task outside this view matches: press 1." in monitor.text("#list")
        await monitor.press("1")
        monitor.session.unseen_tasks.unseen = frozenset({FAIL})
        await monitor.press("n")
        assert monitor.list.cursor == FAIL
        assert not monitor.screen.query_one(FilterLine).text
        await monitor.says("Showing all tasks")
