"""What comes in one read: keys, or a paste that the terminal does not mark as one."""

from __future__ import annotations

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has a driver of its own", allow_module_level=True)

from seedance_tui.ui.textual_driver import PasteFinder, looks_pasted

ONE = "asyntask_oneONEoneONEoneONEoneONEone00001"
TWO = "asyntask_twoTWOtwoTWOtwoTWOtwoTWOtwo00002"


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\r{TWO}\r",
        f"{ONE} {TWO}",
        f"  {ONE},{TWO}",
        f'["{ONE}", "{TWO}"]',
        "cgt-20260721123456-abcde cgt-20260721123457-fghij",
        f"{ONE}\t夏天的雨",
    ],
)
def test_one_read_that_begins_like_an_id_is_a_paste(text: str) -> None:
    assert looks_pasted(text)


@pytest.mark.parametrize(
    "text",
    [
        "j",
        "j" * 300,
        "\x1b[B" * 40,
        "asyntask_",
        "dddddddddddddddddddddddddddd",
        "a label that was typed very fast indeed",
        f"/{ONE}\r",
        f"{ONE}\x03{TWO}",
        f"{ONE}\x1b[A",
    ],
)
def test_keys_stay_keys(text: str) -> None:
    assert not looks_pasted(text)


def test_a_paste_in_brackets_is_left_to_them_however_it_is_cut() -> None:
    finder = PasteFinder()
    for piece in ("\x1b[200~one ", f"{ONE} {TWO}", "\x1b[20", f"1~{ONE}"):
        assert not finder.is_paste(piece)
    assert finder.is_paste(f"{ONE} {TWO}")


def test_brackets_that_are_cut_are_brackets() -> None:
    finder = PasteFinder()
    assert not finder.is_paste("\x1b[2")
    assert not finder.is_paste("00~")
    assert not finder.is_paste(f"{ONE} {TWO}")
