"""The messages: everything that was said, in full, and what waits to be seen."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import NotSaved
from seedance_tui.core.model.outcomes import sentence
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Refusal
from seedance_tui.ui.screens.panes.downloads import ReasonLines
from seedance_tui.ui.screens.panes.messages import MessagesLine, MessagesScreen
from seedance_tui.ui.widgets.download_list import DownloadList
from seedance_tui.ui.widgets.message_list import MessageList
from seedance_tui.ui.widgets.notice_line import Notice, NoticeLine
from tests.ui.conftest import DONE, Monitor, Start, text_of

LONG = "word " * 60 + "end"


def shown(monitor: Monitor) -> list[str]:
    """The lines of the messages."""
    messages = monitor.app.screen.query_one(MessageList)
    return [text_of(messages.line(y)).rstrip() for y in range(messages.virtual_size.height)]


async def test_M_shows_all_that_was_said_in_full_with_the_newest_first(start: Start) -> None:
    async with start() as monitor:
        for text in ("one", LONG, "three"):
            monitor.screen.notify_line(text)
        for width, height in ((120, 40), (80, 24), (40, 12)):
            await monitor.resize(width, height)
            await monitor.press("M")
            assert isinstance(monitor.app.screen, MessagesScreen)
            assert not monitor.app.screen.is_modal
            lines = shown(monitor)
            assert "three" in lines[0], width
            text = " ".join(" ".join(lines).split())
            assert " ".join(LONG.split()) in text, width
            assert text.index("three") < text.index("word") < text.index("one"), width
            assert all(len(line) <= width for line in lines), width
            await monitor.press("escape")
            assert monitor.on_top
        await monitor.press("M", "j", "y")
        await monitor.until(lambda: monitor.copied and monitor.copied[-1] == LONG)


async def test_every_line_of_a_message_has_its_colour_and_the_dot_stands_apart(
    start: Start,
) -> None:
    async with start(size=(80, 24)) as monitor:
        monitor.screen.notify_line(LONG, "bad", until_seen=True)
        await monitor.press("M")
        messages = monitor.app.screen.query_one(MessageList)
        lines = [messages.line(y) for y in range(messages.virtual_size.height)]
        assert len(lines) > 1
        assert {line[-1][1] for line in lines} == {"bad"}
        assert text_of(lines[0]).startswith("▌• 0")


async def test_the_level_and_a_search_narrow_the_messages_and_escape_shows_all(
    start: Start,
) -> None:
    async with start() as monitor:
        monitor.screen.notify_line("all is well", "good")
        monitor.screen.notify_line("take care", "warn")
        monitor.screen.notify_line("it broke", "bad")
        await monitor.press("M")
        assert len(shown(monitor)) >= 3
        await monitor.press("l")
        assert not any("well" in line for line in shown(monitor))
        await monitor.press("l")
        assert not any("care" in line for line in shown(monitor))
        await monitor.press("escape", "slash", *"care", "enter")
        (only,) = shown(monitor)
        assert "take care" in only
        await monitor.press("escape")
        assert len(shown(monitor)) >= 3
        assert not monitor.on_top


async def test_the_count_of_what_waits_goes_with_a_look_and_the_footer_names_the_key(
    start: Start,
) -> None:
    async with start(size=(160, 30)) as monitor:
        assert "Messages" not in monitor.text("#keys")
        for n in (1, 2):
            monitor.screen.notify_line(f"problem {n}", "bad", until_seen=True)
        await monitor.press("j")
        assert monitor.notice.split()[-2:] == ["M", "2"]
        assert "M Messages" in monitor.text("#keys")
        await monitor.press("M")
        assert "2 need you" in text_of(monitor.app.screen.query_one(MessagesLine).line(0))
        await monitor.press("q")
        assert " M " not in monitor.notice


@pytest.mark.parametrize("damage", ['version = 1\n[[tasks]]\nid = "x', "no toml at all", "[[["])
async def test_a_damaged_watch_list_is_still_told_after_tasks_were_added(
    start: Start, config: Config, damage: str
) -> None:
    config.watchlist.parent.mkdir(parents=True, exist_ok=True)
    config.watchlist.write_text(damage, encoding="utf-8")
    async with start(watched=False, ids=(DONE,)) as monitor:
        await monitor.says("1 task added")
        await monitor.until(lambda: monitor.notice.split()[-2:-1] == ["M"])
        monitor.screen.query_one(NoticeLine)._clear()
        assert "Watch list error" in monitor.notice
        await monitor.press("M")
        assert any("Watch list error" in line for line in shown(monitor))


async def test_failures_of_downloads_that_come_together_are_one_sentence_with_its_sum(
    start: Start, demo: Demo
) -> None:
    demo.store.faults.push(EVERY, Refusal(404, "NoSuchKey"), times=None)
    async with start() as monitor:
        await monitor.press("D", "b")
        await monitor.says("2 failed · press M to view")
        assert monitor.notice.split()[-2:] == ["M", "1"]
        await monitor.press("M")
        text = " ".join(" ".join(shown(monitor)).split())
        assert "2 failed" in text
        assert "2 downloads failed (fruit tea, take 3, fruit tea, take 3)." in text


async def test_the_downloads_say_in_full_why_one_failed_and_the_filter_finds_it_to_try_again(
    start: Start, demo: Demo
) -> None:
    said = "the server says a lot about " + "it " * 20 + "at length"
    demo.store.faults.push(EVERY, Refusal(404, "NoSuchKey", said), times=None)
    async with start(size=(80, 24)) as monitor:
        await monitor.press("d")
        await monitor.says("Could not download fruit tea, take 3.")
        await monitor.press("w")
        lines = monitor.app.screen.query_one(ReasonLines)
        text = " ".join(text_of(lines.line(y)).strip() for y in range(lines.size.height))
        assert sentence_of(monitor) == text
        row = text_of(monitor.app.screen.query_one(DownloadList).line(0))
        assert "not saved" in row
        assert row.rstrip().endswith("…")
        await monitor.press("escape", "slash", *'is:"not saved"', "enter")
        assert [entry.id for entry in monitor.list.entries] == [DONE]
        demo.store.faults.clear()
        await monitor.press("ctrl+a", "d")
        await monitor.says("Saved: ")


PATHS = [
    ("Saved: {path}", "~/Downloads/seedance/asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E.mp4"),
    ("Already saved: {path}", "/a/very/long/folder/of/folders/that/does/not/fit/at/all/take 3.mp4"),
    ("已保存：{path}", "~/视频/很长的文件夹/很长的文件夹/很长的文件夹/抚仙湖日出.mp4"),
]


@pytest.mark.parametrize(("text", "path"), PATHS)
@pytest.mark.parametrize("width", [38, 30])
def test_a_path_is_cut_at_its_head_and_a_sentence_at_its_end(
    text: str, path: str, width: int
) -> None:
    said = Notice(text, path=path).within(width)
    assert said.startswith(text.replace("{path}", ""))
    assert said.endswith(path[-8:])
    assert cell_len(said) <= width
    sentence = Notice("What matters is said first, and the rest may go " + path).within(width)
    assert sentence.startswith("What matters is said first")
    assert sentence.endswith("…")


async def test_paths_at_home_begin_with_a_tilde(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    async with start(settings=replace(config, download_dir=tmp_path / "videos")) as monitor:
        await monitor.press("d")
        await monitor.says("Saved: ~")


async def test_M_shows_the_messages_over_a_pane_too(start: Start) -> None:
    async with start() as monitor:
        monitor.screen.notify_line("said before")
        for pane in ("w", "v"):
            await monitor.press(pane, "M")
            await monitor.until(lambda: isinstance(monitor.app.screen, MessagesScreen))
            await monitor.settled()
            assert any("said before" in line for line in shown(monitor)), pane
            await monitor.press("M")
            assert not isinstance(monitor.app.screen, MessagesScreen), pane
            assert not monitor.on_top, "the pane is there again"
            await monitor.press("escape")
            await monitor.until(lambda: monitor.on_top)


def sentence_of(monitor: Monitor) -> str:
    """Why the file is not saved, in full."""
    state = monitor.file()
    assert isinstance(state, NotSaved)
    assert state.problem
    return sentence(state.problem)
