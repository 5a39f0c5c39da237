"""Versus: whether super-resolution was worth it, by what is known and by the files themselves."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from rich.cells import cell_len

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.media.facts import VideoFacts
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved, Saving
from seedance_tui.core.naming.template import file_name
from seedance_tui.core.settings.screen import PictureMode, Preset, ScreenSettings
from seedance_tui.core.text import i18n
from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo import Stage as State
from seedance_tui.demo.clips import clip
from seedance_tui.demo.objects import box
from seedance_tui.ui.detail.page import PageContext
from seedance_tui.ui.detail.versus_page import verdict, versus_page
from seedance_tui.ui.drawing import glyphs
from seedance_tui.ui.screens.compare.screen import CompareScreen
from seedance_tui.ui.screens.dialogs.help import HelpLines
from seedance_tui.ui.screens.dialogs.palette import Palette
from seedance_tui.ui.screens.panes.downloads import DownloadsScreen
from seedance_tui.ui.textual_private import bindings_of
from seedance_tui.ui.widgets.key_bar import KeyBar
from seedance_tui.ui.widgets.notice_line import NoticeLine
from seedance_tui.ui.widgets.versus_view import VersusView
from tests.ui.conftest import DONE, FAIL, OPEN, Monitor, Start, stop_the_store, text_of

ALONE = "asyntask_aloneALONEaloneALONEaloneALONE04"
SMALL = VideoFacts(123_704, 480, 270, 3.0, 72, "avc1")
LARGE = VideoFacts(512_587, 1280, 720, 3.0, 72, "avc1")


@pytest.fixture(autouse=True)
def _the_usual_signs_afterwards() -> Iterator[None]:
    yield
    glyphs.choose(ScreenSettings())


@pytest.fixture
def config(config: Config) -> Config:
    """The facts alone: the pictures are seen in `tests/ui/screens/compare`."""
    return replace(config, screen=ScreenSettings(pictures=PictureMode.OFF))


Save = Callable[..., dict[Kind, Path]]


@pytest.fixture
def saved(config: Config) -> Save:
    """Both videos are on the disk already, or one of them."""

    def save(*kinds: Kind) -> dict[Kind, Path]:
        clips = {Kind.ORIGINAL: "original.mp4", Kind.RESULT: "upscaled.mp4"}
        config.download_dir.mkdir()
        paths = {k: config.download_dir / file_name(DONE, k, ".mp4") for k in kinds or clips}
        for kind, path in paths.items():
            path.write_bytes(clip(clips[kind]))
        return paths

    return save


def lines(monitor: Monitor) -> list[str]:
    view = monitor.app.screen.query_one(VersusView)
    return [text_of(view.line(y)).rstrip() for y in range(view.virtual_size.height)]


def text(monitor: Monitor) -> str:
    return "\n".join(lines(monitor))


def row(monitor: Monitor, name: str) -> list[str]:
    return next(line for line in lines(monitor) if line.startswith(f" {name} ")).split()


def said(monitor: Monitor) -> str:
    return text_of(monitor.app.screen.query_one(NoticeLine).line(0)).strip()


def footer(monitor: Monitor) -> list[str]:
    return [hint.label for hint in monitor.app.screen.query_one(KeyBar).hints]


async def versus(monitor: Monitor, *, read: bool = False) -> None:
    await monitor.press("g", "v")
    assert isinstance(monitor.app.screen, CompareScreen)
    if read:
        await monitor.until(lambda: "file size" in text(monitor))


async def test_v_says_in_one_line_what_so_many_tokens_brought(start: Start, saved: Save) -> None:
    saved()
    async with start((80, 24)) as monitor:
        await versus(monitor, read=True)
        assert lines(monitor)[:2] == [
            " fruit tea, take 3",
            " 2.25× tokens for 7.11× pixels and 4.14× file size",
        ]
        assert row(monitor, "Resolution") == ["Resolution", "480p", "2k"]
        assert row(monitor, "Pixels") == ["Pixels", "480×270", "1280×720", "×", "7.11"]
        assert row(monitor, "Size")[1:] == ["124", "kB", "513", "kB", "×", "4.14"]
        assert row(monitor, "Bit")[2:] == ["328", "kb/s", "1.4", "Mb/s", "×", "4.14"]
        assert row(monitor, "Duration")[1:] == ["3", "s", "3", "s", "×", "1.0"]
        assert row(monitor, "FPS")[1:] == ["24", "24", "×", "1.0"]
        assert row(monitor, "Codec")[1:] == ["H.264", "H.264"]
        assert row(monitor, "Tokens")[1:] == ["108,900", "245,025", "×", "2.25"]
        assert "saved as asyntask_do…01.mp4" in text(monitor)
        assert "videos" in row(monitor, "Folder")[1]
        assert "d to download both" not in text(monitor)
        await monitor.resize(40, 12)
        assert all(cell_len(line) <= 40 for line in lines(monitor))
        assert " Pixels     480×270   1280×720  × 7.11" in lines(monitor)
        view = monitor.app.screen.query_one(VersusView)
        await monitor.press("end")
        await monitor.until(lambda: view.scroll_offset.y == view.max_scroll_y > 0)


async def test_what_is_not_known_is_a_dash_and_how_to_know_it_is_said(start: Start) -> None:
    async with start((80, 24)) as monitor:
        await versus(monitor)
        assert lines(monitor)[1] == " 2.25× tokens"
        for name in ("Pixels", "Size", "Bit rate", "Duration", "FPS", "Codec", "Folder"):
            assert row(monitor, name)[-2:] == ["—", "—"], name
        assert row(monitor, "Time")[2:] == ["23h", "56m", "23h", "58m"]
        assert lines(monitor)[-1] == " Press d to download both and compare them."


async def test_d_saves_both_and_the_screen_follows_each_file(
    start: Start, demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.ui.screens.compare.screen._TICK", 600.0)
    stop_the_store(demo)
    async with start((80, 24)) as monitor:
        await versus(monitor)
        assert "Download" in footer(monitor)
        await monitor.press("d")
        assert "2 files queued" in said(monitor)
        queue = monitor.session.files.queue
        await monitor.until(lambda: all(isinstance(job.state, Saving) for job in queue.jobs))
        await monitor.until(lambda: row(monitor, "File").count("saving") == 2)
        assert lines(monitor)[-1] == " Each file is analyzed once it is downloaded."
        assert "Download" not in footer(monitor)
        demo.store.faults.clear()
        await monitor.press("w")
        assert isinstance(monitor.app.screen, DownloadsScreen)
        await monitor.press("P", "P", "w")
        await monitor.until(lambda: "4.14× file size" in text(monitor))
        assert isinstance(monitor.entry(DONE).file(Kind.ORIGINAL), Saved)
        monitor.hear()
        await monitor.until(lambda: "saved" in said(monitor).lower())


async def test_one_file_alone_is_read_and_d_brings_the_other(start: Start, saved: Save) -> None:
    saved(Kind.ORIGINAL)
    async with start((80, 24)) as monitor:
        await versus(monitor)
        await monitor.until(lambda: row(monitor, "Pixels")[1:] == ["480×270", "—"])
        assert "d to download both" in text(monitor)
        await monitor.press("d")
        assert "1 file queued · 1 already saved" in said(monitor)
        await monitor.until(lambda: "4.14× file size" in text(monitor))


async def test_a_file_that_is_deleted_is_known_no_more(
    start: Start, saved: Save, hurry: None
) -> None:
    paths = saved()
    async with start((80, 24)) as monitor:
        await versus(monitor, read=True)
        paths[Kind.RESULT].unlink()
        await monitor.until(lambda: row(monitor, "Pixels")[1:] == ["480×270", "—"])


async def test_a_file_that_is_no_video_is_said_to_be_none(start: Start, saved: Save) -> None:
    saved()[Kind.RESULT].write_bytes(box(b"moov", bytes(384)) + box(b"mdat", b""))
    async with start((80, 24)) as monitor:
        await versus(monitor)
        await monitor.until(lambda: "is not a readable video" in text(monitor))
        assert row(monitor, "Size")[1:] == ["124", "kB", "400", "B", "×", "0.00"]


async def test_o_and_ctrl_o_open_the_files_and_the_links_where_there_are_none(
    start: Start, saved: Save, opened: list[str]
) -> None:
    path = saved(Kind.RESULT)[Kind.RESULT]
    async with start((80, 24)) as monitor:
        await versus(monitor)
        await monitor.press("o", "ctrl+o")
        original = monitor.entry(DONE).link(Kind.ORIGINAL)
        assert original
        assert opened == [str(path), original.url]
        assert "Opening the link…" in said(monitor)
        await monitor.press("O")
        assert opened[2:] == [str(path.parent)]


async def test_the_marked_task_is_shown_and_copied_from(start: Start) -> None:
    async with start((80, 24)) as monitor:
        await monitor.press("g", "space", "G", "v")
        assert isinstance(monitor.app.screen, CompareScreen)
        await monitor.press("y", "C")
        entry = monitor.entry(DONE)
        await monitor.until(lambda: monitor.copied == [link.url for link in entry.links])
        await monitor.until(lambda: said(monitor).startswith("Original link: "))


async def test_v_escape_and_q_go_back_in_haste_too(start: Start, saved: Save) -> None:
    saved()
    async with start((80, 24)) as monitor:
        for key in ("v", "escape", "q"):
            await versus(monitor)
            await monitor.press(key)
            assert monitor.on_top, key
        for _ in range(5):
            for key in ("v", "v"):
                monitor.app.simulate_key(key)
            await monitor.settled()
        assert monitor.on_top


async def test_a_file_that_is_read_when_the_screen_has_gone_is_not_shown(
    start: Start, saved: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = asyncio.Event()

    async def read_late(
        read: Callable[[Sequence[Path]], list[VideoFacts]], paths: Sequence[Path]
    ) -> list[VideoFacts]:
        await gone.wait()
        return read(paths)

    saved()
    monkeypatch.setattr(
        "seedance_tui.ui.screens.compare._facts.asyncio", SimpleNamespace(to_thread=read_late)
    )
    monkeypatch.setattr(VersusView, "on_unmount", lambda view: gone.set(), raising=False)
    async with start((80, 24)) as monitor:
        await versus(monitor)
        await monitor.press("v")
        assert monitor.on_top
        assert gone.is_set()


async def test_help_and_palette_know_every_key_of_the_screen(start: Start) -> None:
    async with start((80, 24)) as monitor:
        await versus(monitor)
        wanted = [binding.tooltip for binding in bindings_of(monitor.app.screen)]
        await monitor.press("question_mark")
        view = monitor.app.screen.query_one(HelpLines)
        shown = "\n".join(text_of(view.line(y)) for y in range(view.virtual_size.height))
        assert [words for words in wanted if words not in shown] == []
        await monitor.press("escape", "colon")
        assert isinstance(monitor.app.screen, Palette)
        await monitor.press(*"download the videos", "enter")
        await monitor.until(lambda: monitor.session.files.queue.jobs)


async def test_a_task_without_two_videos_says_why(start: Start, demo: Demo) -> None:
    demo.add(DemoTask(ALONE, "", (State(-90, "NOT_START"), State(-20, "SUCCESS"))))
    async with start((80, 24)) as monitor:
        for task_id, why in (
            (OPEN, "Nothing to compare yet: the task has not finished."),
            (FAIL, "Nothing to compare: the task has no video."),
            (ALONE, "Nothing to compare: the task was not super-resolved."),
        ):
            monitor.list.choose(task_id)
            await monitor.settled()
            hints = monitor.screen.query_one(KeyBar).hints
            assert [hint.can_act for hint in hints if hint.label == "Compare"] == [False], task_id
            await monitor.press("v")
            assert monitor.on_top, task_id
            await monitor.says(why)
            assert monitor.notice.strip() == why


async def test_an_empty_list_has_nothing_to_compare(start: Start) -> None:
    async with start((80, 24), watched=False) as monitor:
        await monitor.press("v")
        assert "No tasks here" in monitor.notice


async def test_the_footer_of_the_list_offers_v_and_vim_keys_leave_it_alone(
    start: Start, config: Config
) -> None:
    screen = ScreenSettings(keys=Preset.VIM)
    async with start((120, 40), settings=replace(config, screen=screen)) as monitor:
        await monitor.press("g")
        hints = monitor.screen.query_one(KeyBar).hints
        assert ("v", "Compare") in [(hint.key, hint.label) for hint in hints]
        await versus(monitor)


async def test_read_aloud_each_fact_has_a_line_of_its_own(
    start: Start, config: Config, saved: Save
) -> None:
    saved()
    screen = ScreenSettings(plain=True)
    async with start((80, 24), settings=replace(config, screen=screen)) as monitor:
        await versus(monitor, read=True)
        assert " Pixels, Original: 480x270" in lines(monitor)
        assert " Pixels, Super-resolved: 1280x720  x 7.11" in lines(monitor)
        assert text(monitor).isascii()


async def test_in_chinese_the_columns_stay_columns(
    start: Start, config: Config, saved: Save
) -> None:
    saved()
    i18n.use("zh")
    async with start((80, 24), settings=replace(config, lang="zh")) as monitor:
        await monitor.press("g", "v")
        await monitor.until(lambda: "文件 4.14 倍" in text(monitor))
        assert lines(monitor)[1] == " Token 2.25 倍，换来像素 7.11 倍、文件 4.14 倍"
        begin = {cell_len(line[: line.index(" × ")]) for line in lines(monitor) if " × " in line}
        assert len(begin) == 1


ENTRY_TEXT = "\x1b]0;pwned\x07\u202e[/x]抚仙湖"


async def test_hostile_text_stays_in_its_cells_and_does_nothing(start: Start) -> None:
    async with start((80, 24)) as monitor:
        entry, now = monitor.entry(DONE), monitor.session.now()
    assert entry.task
    upstream = replace(entry.task.upstream, resolution=ENTRY_TEXT * 9, super_resolution=ENTRY_TEXT)
    task = replace(entry.task, upstream=upstream)
    entry = replace(entry, task=task, watched=replace(entry.watched, label=ENTRY_TEXT))
    entry = entry.with_file(Kind.RESULT, Saved(Path("/x\x1b[2J") / f"{ENTRY_TEXT}.mp4"))
    facts = {
        Kind.ORIGINAL: replace(SMALL, codec="\x1b[31"),
        Kind.RESULT: VideoFacts(2**80, 65535, 65535, 1e-9, 2**32, "\x9d0;p"),
    }
    for plain, width in product((False, True), (38, 60, 80, 200)):
        glyphs.choose(ScreenSettings(plain=plain))
        page = versus_page(entry, facts, PageContext(width, now))
        shown = "\n".join(text_of(line) for line in page)
        assert "pwned" in shown
        assert not {c for c in shown if c != "\n" and not c.isprintable()}
        assert plain or all(cell_len(text_of(line).rstrip()) <= width for line in page), shown


def test_the_verdict_is_of_what_is_known_alone() -> None:
    class Of:
        """As much of an entry as a verdict is of."""

        def __init__(self, few: int | None, many: int | None) -> None:
            usage: JSON = {"completion_tokens": few, "super_resolution_tokens": many}
            data: JSON = {"status": "SUCCESS", "data": {"usage": usage}}
            self.task = Task.from_json({"code": "success", "data": data})

    both = {Kind.ORIGINAL: SMALL, Kind.RESULT: LARGE}
    sizes = {kind: VideoFacts(facts.size) for kind, facts in both.items()}
    said = [
        verdict(cast("Entry", Of(*tokens)), facts)
        for tokens in ((100, 225), (0, 9))
        for facts in (both, sizes, {})
    ]
    assert said == [
        "2.25× tokens for 7.11× pixels and 4.14× file size",
        "2.25× tokens for 4.14× file size",
        "2.25× tokens",
        "7.11× pixels and 4.14× file size",
        "4.14× file size",
        "Nothing to compare yet.",
    ]
