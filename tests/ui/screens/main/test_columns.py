"""The columns of the list: which there are, what they say, and sorting by their heads."""

from __future__ import annotations

from dataclasses import replace

from rich.cells import cell_len

from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo import Stage as State
from seedance_tui.ui.widgets.view_tabs import ColumnHeads
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start, heads, text_of

ODD = ["🇨🇳 take 1", "👨‍👩‍👧 take 2", "⚠️ 1️⃣ take 3", "👍🏽\ttake 4", "e\u0301\u0323 take 5"]

LONG = "asyntask_longLONGlongLONGlongLONGlong0004"


async def test_a_list_of_200_columns_shows_more_columns_and_one_of_80_the_age(
    start: Start, demo: Demo
) -> None:
    demo.add(differing(1))
    async with start(size=(200, 50)) as monitor:
        await monitor.press("e", "tab", *"ep1", "enter", "p")
        await monitor.until(lambda: "TAGS" in heads(monitor))
        assert " ".join(heads(monitor)) == (
            "TASK TAGS STATUS PROGRESS MODEL RES RATIO LENGTH TOKENS SEED AGE LINK"
        )
        words = monitor.row(DONE).split()
        assert {"2k", "16:9", "5s", "245,025", "6m", "23h"} <= set(words)
        await monitor.resize(80, 40)
        assert heads(monitor) == ["TASK", "STATUS", "PROGRESS", "AGE", "LINK"]
        assert "6m" in monitor.row(DONE)


async def test_what_has_a_column_is_not_said_again_beside_it(start: Start) -> None:
    async with start(size=(80, 24)) as monitor:
        assert "2k 16:9 5s" in monitor.row(DONE), "progress says what matters"
        assert "30%" in monitor.row(OPEN)
        assert "━" in monitor.row(OPEN)
        assert "━" not in monitor.row(DONE) + monitor.row(FAIL)
        await monitor.press("e")
        await monitor.press("tab", *"ep1", "enter")
        await monitor.until(lambda: monitor.entry(DONE).watched.tags)
        assert "#ep1" in monitor.row(DONE), "tags are seen beside the label"
        assert "fruit" in monitor.row(DONE)
        await monitor.press("u")
        await monitor.resize(120, 40)
        facts = ("2k", "16:9", "5s")
        for apart in ((), ("resolution",), ("ratio",), ("resolution", "duration")):
            monitor.screen.columns = ("task", "progress", *apart)
            await monitor.settled()
            assert sorted(set(facts) & set(monitor.row(DONE).split())) == sorted(facts), apart
            assert [monitor.row(DONE).count(fact) for fact in facts] == [1, 1, 1], apart


def differing(number: int) -> DemoTask:
    """A task whose every value is another than that of the first one."""
    return DemoTask(
        f"asyntask_other{number:030}",
        "the lighthouse in the rain, seen from the ferry, take 149",
        (State(-400, "NOT_START"), State(-100, "SUCCESS")),
        resolution="720p",
        ratio="9:16",
        model="seedance-2.0-fast",
        duration=8,
        seed=77,
    )


async def test_the_label_goes_before_columns_that_are_empty_or_all_alike(
    start: Start, demo: Demo
) -> None:
    demo.add(replace(differing(1), model="doubao-seedance-2-0-260128"))
    async with start(size=(200, 50)) as monitor:
        row = monitor.row("asyntask_other" + "1".zfill(30))
        assert "the lighthouse in the" in row
        assert ", take 149 " in row
        assert not {"TAGS", "MODEL"} & set(heads(monitor))
        await monitor.press("p")
        await monitor.until(lambda: {"TAGS", "MODEL"} <= set(heads(monitor)))
        assert "from the ferry, take 149" in monitor.row("asyntask_other" + "1".zfill(30))


async def test_the_rule_between_list_and_detail_is_dragged_and_kept_and_moved_by_keys(
    start: Start, demo: Demo
) -> None:
    for number in range(20):
        demo.add(differing(number))
    async with start(size=(80, 34)) as monitor:
        detail = monitor.screen.detail
        for size, to in (((80, 34), (30, 11)), ((140, 40), (60, 20))):
            await monitor.resize(*size)
            beside, before = size[0] >= 120, detail.region
            await monitor.pilot.mouse_down(offset=(before.x, before.y))
            await monitor.pilot.hover(offset=to)
            await monitor.pilot.mouse_up(offset=to)
            await monitor.settled()
            assert abs((detail.region.x - to[0]) if beside else (detail.region.y - to[1])) <= 1
            assert detail.region != before, size
            assert monitor.list.has_focus
            kept = monitor.session.choices.detail_share
            await monitor.pilot.hover(offset=(2, 5))
            assert monitor.session.choices.detail_share == kept, "it was let go"
        dragged = detail.region.width
        await monitor.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
        narrower = detail.region.width
        await monitor.press("less_than_sign", "less_than_sign")
        assert dragged > narrower < detail.region.width


async def test_every_row_is_as_wide_as_the_list(start: Start, demo: Demo) -> None:
    for number, label in enumerate(ODD):
        demo.add(DemoTask(f"asyntask_odd{number:031}", label, (State(-60, "NOT_START"),)))
    async with start(size=(40, 40)) as monitor:
        for width in (40, 60, 80, 120, 200):
            await monitor.resize(width, 40)
            rows = [text_of(monitor.list.line(y)) for y in range(len(monitor.list.entries))]
            assert len(rows) == 8
            assert {cell_len(row) for row in rows} == {cell_len(rows[0])}, width
            assert cell_len(rows[0]) <= monitor.list.line_width, width
            ends = {row.rstrip()[-4:] for row in rows if "–" in row}
            assert ends == {"   –"}, width


async def test_a_label_is_cut_in_its_middle_and_keeps_its_number(start: Start, demo: Demo) -> None:
    label = "a very long label of a lighthouse in the rain, take 149"
    demo.add(DemoTask(LONG, label, (State(-9, "NOT_START"),)))
    async with start(size=(40, 12)) as monitor:
        assert "…ke 149" in monitor.row(LONG)
        await monitor.resize(80, 24)
        row = monitor.row(LONG)
        assert "a very long" in row
        assert ", take 149 " in row


async def test_the_columns_are_the_ones_of_the_settings(start: Start, config: Config) -> None:
    screen = ScreenSettings(
        columns=("link", "task", "sead", "seed"), places={"columns": "config.toml line 7: columns"}
    )
    async with start(settings=replace(config, screen=screen)) as monitor:
        assert heads(monitor) == ["LINK", "TASK", "SEED"]
        assert "23h" in monitor.row(DONE).split("fruit")[0]
        await monitor.says('config.toml line 7: columns "sead" is not a column')


async def test_a_click_on_a_head_sorts_and_the_next_one_turns_the_order_round(
    start: Start,
) -> None:
    async with start(size=(120, 40)) as monitor:
        assert monitor.text("#heads").startswith("↓"), "an order of no column"
        await click(monitor, "STATUS")
        assert "STATUS↓" in monitor.text("#heads")
        assert not monitor.text("#heads").startswith("↓")
        before = [entry.id for entry in monitor.list.entries]
        await click(monitor, "STATUS")
        assert "STATUS↑" in monitor.text("#heads")
        assert [entry.id for entry in monitor.list.entries] == before[::-1]


async def test_views_keep_their_names_at_any_width_that_holds_them(start: Start) -> None:
    async with start(size=(120, 40)) as monitor:
        for width in range(59, 66):
            await monitor.resize(width + 1, 24)
            assert "5 Expiring 0" in monitor.text("#tabs")


async def click(monitor: Monitor, head: str) -> None:
    bar = monitor.screen.query_one(ColumnHeads)
    x = cell_len(monitor.text("#heads").partition(head)[0])
    await monitor.pilot.click(ColumnHeads, offset=(x, 0))
    assert bar.display
    await monitor.settled()
