"""By which way a text goes to the clipboard, and what is told of it."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.ui.terminal.clipboard import copy

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
    osc52: list[str] = []
    return await copy(TEXT, environ, osc52.append), osc52


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
    assert told == "sent to the terminal (OSC 52)"
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
    osc52: list[str] = []
    told = await copy("x" * 80_000, {}, osc52.append)
    assert "too long" in told
    assert osc52 == []


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
