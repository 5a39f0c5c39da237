"""Links that a click in the terminal opens, wherever the program runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.demo import Demo
from seedance_tui.ui.drawing import format as fmt
from seedance_tui.ui.drawing import glyphs
from seedance_tui.ui.terminal.hyperlinks import can_open_links
from tests.textual_insides import is_all_drawn, writes
from tests.ui.conftest import DONE, Monitor, Start, stop_the_store

LINK = re.compile(r"\x1b\]8;id=\d+;([\x21-\x7e]+)\x1b\\(?:\x1b\[[\d;]*m)?([^\x1b]*)")


@pytest.fixture(autouse=True)
def _a_terminal_with_hyperlinks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("STY", "TMUX", "TERM_PROGRAM", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    yield
    glyphs.choose(ScreenSettings())


async def drawn(monitor: Monitor, *keys: str) -> dict[str, str]:
    """What the terminal got that opens a link, by its words, once all is drawn anew."""
    await monitor.press(*keys)
    with writes(monitor.app) as sent:
        monitor.app.draw_anew()
        await monitor.until(lambda: sent and is_all_drawn(monitor.app))
    return {words.strip(): url for url, words in LINK.findall("".join(sent))}


def url(monitor: Monitor, kind: Kind = Kind.RESULT) -> str:
    link = monitor.entry(DONE).link(kind)
    assert link
    return link.url


async def test_a_link_of_the_detail_opens_the_video(start: Start) -> None:
    async with start(painted=True, size=(120, 60)) as monitor:
        links = await drawn(monitor, "g")
        assert {url(monitor), url(monitor, Kind.ORIGINAL)} <= set(links.values())


async def test_each_video_of_the_comparison_can_be_opened(start: Start) -> None:
    async with start(painted=True, size=(120, 40)) as monitor:
        links = await drawn(monitor, "g", "v")
        assert [*links.values()] == [url(monitor, Kind.ORIGINAL), url(monitor)]


async def test_the_name_of_a_download_opens_its_link(start: Start, demo: Demo) -> None:
    stop_the_store(demo)
    async with start(painted=True, size=(120, 40)) as monitor:
        await monitor.press("g", "d", "w")
        links = await drawn(monitor)
        assert links["fruit tea, take 3"] == url(monitor)


@pytest.mark.parametrize(
    ("screen", "term"),
    [
        (ScreenSettings(plain=True), "xterm-256color"),
        (ScreenSettings(hyperlinks=False), "xterm-256color"),
        (ScreenSettings(), "linux"),
    ],
    ids=["read aloud", "by the setting", "on a terminal without"],
)
async def test_links_are_words_alone(
    start: Start,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
    screen: ScreenSettings,
    term: str,
) -> None:
    monkeypatch.setenv("TERM", term)
    settings = replace(config, screen=screen)
    async with start(painted=True, size=(120, 60), settings=settings) as monitor:
        assert await drawn(monitor, "g") == {}


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://cdn.example/a.mp4\x1b\\evil",
        "https://cdn.example/" + "a" * 2100,
        "https://cdn.example/a.mp4#signature-removed",
        "//cdn.example/a.mp4",
    ],
    ids=["file", "script", "controls", "too long", "without its signature", "no scheme"],
)
def test_nothing_but_a_whole_link_of_the_web_can_be_opened(link: str) -> None:
    glyphs.choose(ScreenSettings(), has_hyperlinks=True)
    assert not hasattr(fmt.hyperlink("words", link), "url")


def test_the_same_words_with_another_link_are_drawn_anew() -> None:
    glyphs.choose(ScreenSettings(), has_hyperlinks=True)
    one, other = (fmt.hyperlink("a.mp4", f"https://cdn.example/a.mp4?sig={n}") for n in (1, 2))
    assert one != other
    assert one != "a.mp4"
    assert one == fmt.hyperlink("a.mp4", "https://cdn.example/a.mp4?sig=1")
    assert len({one, other, "a.mp4"}) == 3


@pytest.mark.parametrize(
    ("environ", "can"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux"}, True),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4800"}, False),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "xterm-256color", "STY": "1.pts"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "vt220"}, False),
        ({"TERM": "rxvt-unicode-256color"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
    ],
)
def test_terminals_that_are_known_not_to_have_them(environ: Mapping[str, str], can: bool) -> None:
    assert can_open_links(environ) is can


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ("https://cdn.example/视频.mp4?a=1", "https://cdn.example/%E8%A7%86%E9%A2%91.mp4?a=1"),
        ("https://例子.example:8443/a", "https://xn--fsqu00a.example:8443/a"),
        ("http://a.example/\U0001f3ac", "http://a.example/%F0%9F%8E%AC"),
        ("https://a.example/a%2Fb?c=d%20e&f={1}", "https://a.example/a%2Fb?c=d%20e&f={1}"),
    ],
)
def test_what_is_opened_is_printable_ascii(link: str, opened: str) -> None:
    glyphs.choose(ScreenSettings(), has_hyperlinks=True)
    words = fmt.hyperlink("words", link)
    assert getattr(words, "url", "") == opened
