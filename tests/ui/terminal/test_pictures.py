"""Where pictures are shown, and why not elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from seedance_tui.core.settings.screen import PictureMode, ScreenSettings
from seedance_tui.ui.terminal import pictures
from seedance_tui.ui.terminal.pictures import draws_in_pixels, is_far, why_no_pictures


@pytest.mark.parametrize("colors", ["256", "truecolor"])
@pytest.mark.parametrize("wanted", [PictureMode.AUTO, PictureMode.BLOCKS, PictureMode.KITTY])
def test_a_terminal_with_the_colors_shows_them(wanted: PictureMode, colors: str) -> None:
    assert why_no_pictures(ScreenSettings(pictures=wanted), colors, {"NO_COLOR": ""}) == ""


@pytest.mark.parametrize(
    ("settings", "colors", "environ", "why"),
    [
        (ScreenSettings(pictures=PictureMode.OFF), "truecolor", {}, 'pictures = "off"'),
        (ScreenSettings(ascii=True), "truecolor", {}, "more than ASCII"),
        (ScreenSettings(plain=True), "truecolor", {}, "more than ASCII"),
        (ScreenSettings(), "standard", {}, "256 colors"),
        (ScreenSettings(), "windows", {}, "256 colors"),
        (ScreenSettings(), None, {}, "256 colors"),
        (ScreenSettings(), "truecolor", {"NO_COLOR": "1"}, "256 colors"),
    ],
)
def test_elsewhere_it_is_said_why_not(
    settings: ScreenSettings, colors: str | None, environ: dict[str, str], why: str
) -> None:
    assert why in why_no_pictures(settings, colors, environ)


def test_without_the_extra_the_one_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "has_preview", lambda: False)
    assert "pip install" in why_no_pictures(ScreenSettings(), "256", {})


def test_over_ssh_the_terminal_is_far_away() -> None:
    assert is_far({"SSH_CONNECTION": "10.0.0.1 22"})
    assert not is_far({"TERM": "xterm"})


@pytest.mark.parametrize(
    ("wanted", "environ", "in_pixels"),
    [
        (PictureMode.KITTY, {"TERM": "xterm-kitty", "PATH": ""}, True),
        (PictureMode.KITTY, {"TERM": "xterm-kitty", "TMUX": "/tmp/t,1,0"}, False),
        (PictureMode.KITTY, {"STY": "1.pts"}, False),
        (PictureMode.KITTY, {"SSH_CONNECTION": "10.0.0.1 22"}, False),
        (PictureMode.AUTO, {"TERM": "xterm-kitty"}, False),
        (PictureMode.BLOCKS, {"TERM": "xterm-kitty"}, False),
    ],
)
def test_pixels_are_for_who_wants_them_with_nothing_between(
    wanted: PictureMode, environ: dict[str, str], in_pixels: bool
) -> None:
    assert draws_in_pixels(ScreenSettings(pictures=wanted), environ) is in_pixels


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kitty")
@pytest.mark.parametrize(
    ("says", "in_pixels"),
    [
        ("echo kitty 0.26.5 created by Kovid Goyal", False),
        ("echo kitty 0.28.0 created by Kovid Goyal", True),
        ("echo kitty 1.0.1", True),
        ("echo something else", True),
        ("exit 1", True),
    ],
)
def test_a_kitty_that_knows_no_such_cells_gets_half_blocks(
    tmp_path: Path, says: str, in_pixels: bool
) -> None:
    kitty = tmp_path / "kitty"
    kitty.write_text(f"#!/bin/sh\n{says}\n")
    kitty.chmod(0o755)
    settings = ScreenSettings(pictures=PictureMode.KITTY)
    for term, wanted in (("xterm-kitty", in_pixels), ("xterm-ghostty", True)):
        assert draws_in_pixels(settings, {"TERM": term, "PATH": str(tmp_path)}) is wanted
