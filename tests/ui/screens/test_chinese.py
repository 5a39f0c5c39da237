"""In Chinese: no screen has an English word of ours left, and none loses its columns."""

import json
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.widgets import OptionList

from seedance_tui.core.config import Config
from seedance_tui.core.listing._filter_keys import KEYS
from seedance_tui.core.model.fields import SPECS
from seedance_tui.core.settings.choices import Order
from seedance_tui.core.text import i18n
from seedance_tui.demo import Demo
from seedance_tui.demo.faults import EVERY, Slow
from seedance_tui.ui.drawing import format as fmt
from tests.textual_insides import drawn
from tests.ui.conftest import FAIL, Monitor, Start

NAMES = {
    *("PNG", "HTML", "mpv"),
    *("seedance", "ID", "IDs", "URL", "JSON", "FPS", "UTC", "API", "curl", "Markdown", "Key"),
    *("IP", "Token"),
    *("kB", "MB", "status", "failed", "tag", "ep", "age", "draft"),  # sizes, the filter's example
}
"""Names and abbreviations that a Chinese text has too."""
NAMED = "esc enter tab space shift del home end pgup pgdn Esc Enter Tab Shift Del Home PgUp"
KEYS_SHOWN = set(NAMED.split())
WALK = (
    ("tab", "j"),
    ("m",),
    ("m",),
    ("escape", "escape", "slash", "x", "colon"),
    ("escape", "space"),
    ("escape", "n", "g", "a", "x"),
    ("escape", "e"),
    ("escape", "Y"),
    ("escape", "D"),
    ("escape", "s"),
    ("escape", "d", "w"),
    ("escape", "g", "v"),
    ("question_mark",),
    ("escape", "escape", "question_mark"),
    ("end",),
    ("escape", "colon"),
    ("escape", "z", "t"),
    ("P",),
    ("A",),
    ("escape", "q"),
)
"""Keys by which one comes to every screen."""
DIALOGS = {
    *("AddScreen", "EditScreen", "CopyScreen", "DownloadScreen", "SortScreen", "QuitScreen"),
    *("DownloadsScreen", "CompareScreen", "HelpScreen", "Palette"),
}


@pytest.fixture
def chinese(start: Start, config: Config) -> Start:
    """The monitor in Chinese, in a terminal of some size."""
    i18n.use("zh")
    return lambda size, **more: start(size, settings=replace(config, lang="zh"), **more)


def on_screen(monitor: Monitor) -> str:
    return "\n".join(strip.text for strip in drawn(monitor.app))


def words_of_others(monitor: Monitor) -> str:
    """What the server and the user said, and what is called by its path."""
    entries = monitor.session.store.entries
    answers = [json.dumps(entry.task.raw) for entry in entries if entry.task]
    said = [*answers, *(entry.watched.label for entry in entries), *KEYS]
    paths = [spec.path for spec in SPECS]
    return " ".join([*said, *paths, str(monitor.session.files.folder)])


def english_words(monitor: Monitor, shown: str) -> set[str]:
    """Words of at least two letters that are neither names nor anybody else's, nor cut off."""
    found = re.findall(r"[A-Za-z]{2,}(?![A-Za-z…])", shown)
    others = words_of_others(monitor)
    return {word for word in found if word not in NAMES | KEYS_SHOWN and word not in others}


@pytest.mark.parametrize("size", [(200, 50), (80, 24), (40, 12)])
async def test_no_screen_has_an_english_word_of_ours(
    chinese: Start, demo: Demo, size: tuple[int, int]
) -> None:
    demo.store.faults.push(EVERY, Slow(1000), times=None)
    async with chinese(size) as monitor:
        seen = set()
        for keys in ((), *WALK):
            await monitor.press(*keys)
            seen.add(type(monitor.app.screen).__name__)
            shown = on_screen(monitor)
            assert not english_words(monitor, shown), (keys, shown)
            assert re.search(r"[\u4e00-\u9fff]", shown), keys
        assert seen > DIALOGS


async def test_an_empty_list_and_an_empty_view_say_it_in_chinese(chinese: Start) -> None:
    async with chinese((80, 24), watched=False) as monitor:
        await monitor.until(lambda: "还没有任务" in monitor.text("#list"))
        shown = on_screen(monitor)
        assert not english_words(monitor, shown), shown


async def test_wide_characters_keep_every_row_in_its_columns(chinese: Start) -> None:
    async with chinese((200, 30)) as monitor:
        for width in (200, 120, 100, 80, 60, 40):
            await monitor.resize(width, 30)
            room = monitor.list.scrollable_content_region.width
            rows = [row for row in monitor.lines("#list") if "失败" not in row or width > 60]
            ends = {cell_len(row) for row in rows}  # in few cells a failure says why, in LINK too
            assert len(ends) == 1, (width, "the times left end in one column")
            assert ends.pop() <= room <= width


async def test_a_task_that_is_being_saved_shows_its_status_whole(
    chinese: Start, demo: Demo
) -> None:
    demo.store.faults.push(EVERY, Slow(1000), times=None)
    async with chinese((80, 24), sort=Order.ADDED) as monitor:
        await monitor.press("g", "d")
        await monitor.until(lambda: re.search(r"下载中 \d+%", monitor.text("#list")))
        assert "● 已完成 下载中" in monitor.text("#list")


async def test_a_filter_may_be_written_with_chinese_words(chinese: Start) -> None:
    async with chinese((80, 24)) as monitor:
        await monitor.press("slash", *"status:失败")
        await monitor.until(lambda: [entry.id for entry in monitor.list.entries] == [FAIL])


FOUND = {
    "排序": "排序  (s)",
    "Sort": "排序  (s)  Sort",
    "local time": "UTC",
    "task.download": "下载  (d)  task.download",
    "mess": "消息  (M)  Messages",
    "theme": "主题  Theme",
    "下载": "下载  (d)",
}


async def test_the_palette_finds_by_chinese_by_english_and_by_the_id_of_an_action(
    chinese: Start,
) -> None:
    async with chinese((80, 24)) as monitor:
        for typed, found in FOUND.items():
            await monitor.press("colon", *typed)
            await monitor.until(lambda: found in on_screen(monitor))  # noqa: B023
            assert "没有匹配项" not in on_screen(monitor), typed
            await monitor.press("escape")
        await monitor.press("colon", *"zzzz")
        await monitor.until(lambda: "没有匹配项" in on_screen(monitor))
        assert monitor.app.screen.query_one(OptionList).option_count == 1


def test_no_line_of_a_wrapped_text_begins_with_a_comma_or_a_full_stop() -> None:
    text = "请去掉知名角色、品牌和作品，再提交一次。等几分钟后，网关会再次查询。"
    for width in range(4, 72):
        lines = list(fmt.wrap(text, width))
        assert "".join(lines) == text
        assert all(cell_len(line) <= width for line in lines)
        assert not [line for line in lines if line.startswith(("，", "。", "、"))]


def test_no_line_of_a_wrapped_text_ends_with_an_opening_mark() -> None:
    text = "未找到：ID 有误，或网关还没有记录。（task_not_exist）见《帮助》与（手册）。"
    for width in range(6, 72):
        lines = list(fmt.wrap(text, width))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_len(line) <= width for line in lines)
        assert not [line for line in lines if line.endswith(("（", "《"))], width
