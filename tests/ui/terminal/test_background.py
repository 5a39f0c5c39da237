"""Whether the background is light: what the terminal answers, and what the environment says."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from seedance_tui.ui.terminal.background import (
    AnswerFinder,
    light_by_answer,
    light_by_variable,
    question,
)

WHITE = "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"


@pytest.mark.parametrize(
    ("colour", "is_light"),
    [
        ("rgb:ffff/ffff/ffff", True),
        ("rgb:0000/0000/0000", False),
        ("rgb:fd/f6/e3", True),
        ("rgb:00/2b/36", False),
        ("rgba:ffff/ffff/dddd/ffff", True),
        ("#ffffff", True),
        ("#1e1e1e", False),
        ("#fff", True),
        ("rgb:f/f/f", True),
        ("white", None),
        ("", None),
        ("#f", None),
        ("rgb:ffff", None),
    ],
)
def test_a_colour_is_light_or_dark_or_none(colour: str, is_light: bool | None) -> None:
    assert light_by_answer(colour) is is_light


@pytest.mark.parametrize(
    ("value", "is_light"),
    [
        ("0;15", True),
        ("0;7", True),
        ("0;default;15", True),
        ("15;0", False),
        ("7;8", False),
        ("15;default", None),
        ("default;default", None),
        ("", None),
        ("0;231", None),
        ("0;\u0661", None),
    ],
)
def test_colorfgbg_is_read_as_vim_reads_it(value: str, is_light: bool | None) -> None:
    assert light_by_variable({"COLORFGBG": value}) is is_light


def test_who_could_print_the_question_is_not_asked() -> None:
    assert question({"TERM": "xterm"}) == "\x1b]11;?\a"
    tmux = question({"TERM": "screen", "TMUX": "/tmp/1", "STY": "1.a"})
    assert tmux == "\x1b]11;?\a\x1bPtmux;\x1b\x1b]11;?\a\x1b\\"
    assert question({"TERM": "screen", "STY": "1.a"}) == "\x1bP\x1b]11;?\a\x1b\\"
    assert question({"TERM": "linux"}) == question({"TERM": "vt220"}) == ""


@pytest.mark.parametrize("end", ["\x1b\\", "\a"])
@pytest.mark.parametrize("cut", range(1, 26))
def test_an_answer_is_found_however_it_is_cut_and_the_keys_stay_keys(cut: int, end: str) -> None:
    told: list[bool] = []
    finder, came = AnswerFinder(told.append), f"j{WHITE[:-2]}{end}k"
    keys = finder.keys_in(came[:cut]) + finder.keys_in(came[cut:])
    assert keys == "jk"
    assert told == [True]
    assert finder.is_over


@pytest.mark.parametrize("keys", ["\x1b", "\x1b]", "\x1b]1", "\x1b]11;"])
def test_keys_that_begin_like_one_come_as_soon_as_nothing_follows(keys: str) -> None:
    finder = AnswerFinder(print)
    assert finder.keys_in(keys) == ""
    assert finder.keys_in("") == keys
    assert not finder.is_over


@pytest.mark.parametrize("keys", ["\x1b[A", "\x1bOP", "\x1b]2;x", "asyntask_", "\x1b\x1b[B"])
def test_other_keys_come_at_once(keys: str) -> None:
    assert AnswerFinder(print).keys_in(keys) == keys


def test_after_some_seconds_nothing_is_kept_any_more() -> None:
    moments = iter((0.0, 60.0))
    finder = AnswerFinder(print, lambda: next(moments))
    assert finder.keys_in("\x1b") == "\x1b"
    assert finder.is_over


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a driver of its own")
async def test_a_white_terminal_of_16_colours_gets_colours_for_it(
    tmp_path: Path, demo: Demo
) -> None:
    from tests.ui.terminal.window import Window

    window = Window(tmp_path, demo, term="xterm")
    try:
        seen = await asyncio.to_thread(window.until_shown, "\x1b]11;?")
        os.write(window.fd, WHITE.encode())
        seen += await asyncio.to_thread(window.until_shown, "\x1b[34")
        assert b"11;rgb" not in seen
    finally:
        window.process.kill()
        window.process.wait(20)
        os.close(window.fd)
