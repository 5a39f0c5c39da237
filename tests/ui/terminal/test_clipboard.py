"""By which way a text goes to the clipboard, and what is told of it."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.ui.terminal.clipboard import copy
from seedance_tui.ui.terminal.osc52 import osc52

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tools are Linux's")

TEXT = "https://store.example/a.mp4?sig=1&x=视频"


MakeTool = Callable[..., Path]


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeTool:
    """Make tools that keep what they are fed, in files named after them; nothing else is found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, *, status: int = 0) -> Path:
        fed = tmp_path / f"{name}.fed"
        script = f'#!/bin/sh\necho "$@" > {fed}.arguments\n/bin/cat > {fed}\nexit {status}\n'
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
        return fed

    return make


async def sent(environ: dict[str, str]) -> tuple[str, list[str]]:
    texts: list[str] = []
    return await copy(TEXT, environ, texts.append), texts


@pytest.mark.parametrize(
    ("tool", "environ"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}),
        ("xclip", {"DISPLAY": ":0"}),
        ("xsel", {"DISPLAY": ":0"}),
    ],
)
async def test_a_local_session_uses_its_own_tool_and_names_it(
    tools: MakeTool, tool: str, environ: dict[str, str]
) -> None:
    fed = tools(tool)
    told, osc52 = await sent(environ)
    assert told == f"copied ({tool})"
    assert fed.read_text() == TEXT
    assert osc52 == []
    assert TEXT not in Path(f"{fed}.arguments").read_text()


async def test_over_ssh_the_terminal_gets_the_text_and_no_remote_clipboard_is_filled(
    tools: MakeTool,
) -> None:
    fed = tools("xclip")
    told, osc52 = await sent({"DISPLAY": ":0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})
    assert told == "sent to the terminal (OSC 52); if it did not arrive: Y l"
    assert osc52 == [TEXT]
    assert not fed.exists()


async def test_inside_tmux_its_buffer_is_loaded_too(tools: MakeTool) -> None:
    fed = tools("tmux")
    told, osc52 = await sent({"TMUX": "/tmp/tmux-0/default,1,0", "SSH_TTY": "/dev/pts/1"})
    assert told == "copied to the tmux buffer and sent to the terminal"
    assert fed.read_text() == TEXT
    assert Path(f"{fed}.arguments").read_text().split() == ["load-buffer", "-w", "-"]
    assert osc52 == [TEXT]


async def test_a_tool_that_fails_is_not_called_a_copy(tools: MakeTool) -> None:
    tools("xclip", status=1)
    told, osc52 = await sent({"DISPLAY": ":0"})
    assert told == "sent to the terminal (OSC 52)"
    assert osc52 == [TEXT]


async def test_without_a_display_or_a_tool_nothing_breaks(tools: MakeTool) -> None:
    assert await sent({}) == ("sent to the terminal (OSC 52)", [TEXT])


async def test_what_terminals_would_cut_is_not_sent() -> None:
    texts: list[str] = []
    told = await copy("x" * 80_000, {}, texts.append)
    assert "too long" in told
    assert texts == []


async def test_a_tool_gets_no_key(
    tools: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools("wl-copy")
    seen = tmp_path / "seen"
    (tmp_path / "bin" / "wl-copy").write_text(f"#!/bin/sh\n/usr/bin/env > {seen}\n")
    monkeypatch.setenv("ANYFAST_API_KEY", "sk-secret")
    monkeypatch.setenv("OTHER", "stays")
    assert (await sent({"WAYLAND_DISPLAY": "wayland-0"}))[0] == "copied (wl-copy)"
    assert "OTHER=stays" in seen.read_text()
    assert "sk-secret" not in seen.read_text()


async def test_a_tool_has_a_session_of_its_own(tools: MakeTool, tmp_path: Path) -> None:
    tools("xclip")
    seen = tmp_path / "session"
    script = f"#!/bin/sh\nread -r _ _ _ _ _ session _ < /proc/$$/stat; echo $session > {seen}\n"
    (tmp_path / "bin" / "xclip").write_text(script)
    await sent({"DISPLAY": ":0"})
    assert int(seen.read_text()) != os.getsid(0)


@pytest.mark.parametrize(
    ("environ", "need"),
    [
        ({"TERM": "tmux-256color"}, "set -g set-clipboard on"),
        ({"TERM": "tmux-256color", "SSH_TTY": "/dev/pts/1"}, "set -g set-clipboard on"),
        ({"TERM": "screen-256color", "SSH_TTY": "/dev/pts/1"}, "default-terminal tmux-256color"),
        ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, "if it did not arrive: Y l"),
    ],
)
async def test_the_notice_says_what_the_terminal_needs(environ: dict[str, str], need: str) -> None:
    told, osc52_texts = await sent(environ)
    assert need in told
    assert osc52_texts == [TEXT]


@pytest.mark.parametrize(
    "environ", [{"STY": "1.pts"}, {"TERM": "screen"}, {"TERM": "screen.xterm"}]
)
def test_screen_gets_no_more_than_it_can_hold_at_once(environ: dict[str, str]) -> None:
    sequence = osc52("x" * 3000, environ)
    pieces = re.findall("\x1bP(.*?)\x1b\\\\", sequence, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == sequence
    assert max(map(len, pieces)) <= 768
    assert "".join(pieces) == osc52("x" * 3000, {})


def test_tmux_takes_it_unwrapped() -> None:
    assert osc52("x", {"TMUX": "/tmp/t,1,0", "TERM": "screen"}) == "\x1b]52;c;eA==\a"
