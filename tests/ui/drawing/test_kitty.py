"""Pictures in pixels: what is sent, and the cells that show it."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode

from rich.cells import cell_len

from seedance_tui.ui.drawing.kitty import (
    MOST,
    packed,
    placeholders,
    placement,
    removal,
    transmission,
)


def test_a_picture_is_sent_whole_in_pieces_that_the_protocol_takes() -> None:
    rgb = bytes(n * 37 % 251 for n in range(3 * 64 * 64))
    sent = transmission(7, 8, 4, (64, 64), packed(rgb))
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", sent)
    assert "".join(f"\x1b_G{keys};{data}\x1b\\" for keys, data in pieces) == sent
    assert all(len(data) <= 4096 for _keys, data in pieces)
    assert zlib.decompress(b64decode("".join(data for _keys, data in pieces))) == rgb
    keys = dict(pair.split("=") for pair in pieces[0][0].split(","))
    assert keys | {"m": "1"} == {
        "a": "T",
        "U": "1",
        "q": "2",
        "f": "24",
        "o": "z",
        "i": "7",
        "p": "1",
        "s": "64",
        "v": "64",
        "c": "8",
        "r": "4",
        "m": "1",
    }
    assert [keys[-1] for keys, _data in pieces] == ["1"] * (len(pieces) - 1) + ["0"]


def test_each_cell_says_which_part_it_shows() -> None:
    first, second = placeholders(0x010203, 3, 2)
    assert first.cell_length == cell_len(first.text) == 3
    assert first.text == "\U0010eeee\u0305\u0305\U0010eeee\u0305\u030d\U0010eeee\u0305\u030e"
    assert second.text.startswith("\U0010eeee\u030d\u0305")
    style = next(iter(first)).style
    assert style
    assert style.color
    assert style.color.triplet == (1, 2, 3)


def test_there_is_an_end_to_rows_and_columns() -> None:
    strips = placeholders(1, 999, 999)
    assert len(strips) == MOST == strips[0].cell_length


def test_the_terminal_can_be_told_to_look_again() -> None:
    assert placement(7, 8, 4) == "\x1b_Ga=p,U=1,q=2,i=7,p=1,c=8,r=4\x1b\\"


def test_a_picture_can_be_forgotten() -> None:
    assert removal(9) == "\x1b_Ga=d,d=I,q=2,i=9\x1b\\"
