"""Pictures in pixels, by the graphics protocol of kitty.

The picture is sent once; cells of text with marks on them then say which part of it they show, so
that scrolling, dialogs and a cleared screen do with it as with any text.
Source: https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..textual_updates import PLACEHOLDER

_CHUNK = 4096
_MARKS = tuple(
    map(
        chr,
        (
            *(0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, *range(0x34A, 0x34D)),
            *(*range(0x350, 0x353), 0x357, 0x35B, *range(0x363, 0x370), *range(0x483, 0x488)),
            *(*range(0x592, 0x596), *range(0x597, 0x59A), *range(0x59C, 0x5A2), 0x5A8, 0x5A9),
            *(0x5AB, 0x5AC, 0x5AF, 0x5C4, *range(0x610, 0x618), *range(0x657, 0x65C), 0x65D, 0x65E),
            *(*range(0x6D6, 0x6DD), *range(0x6DF, 0x6E3), 0x6E4, 0x6E7, 0x6E8, 0x6EB, 0x6EC),
            *(0x730, 0x732, 0x733, 0x735, 0x736, 0x73A, 0x73D, *range(0x73F, 0x742), 0x743, 0x745),
            *(0x747, 0x749, 0x74A, *range(0x7EB, 0x7F2), 0x7F3, *range(0x816, 0x81A)),
            *(*range(0x81B, 0x824), *range(0x825, 0x828), *range(0x829, 0x82E)),
        ),
    )
)
"""The mark of each row and column, from 0 on, as the protocol numbers them."""
MOST = len(_MARKS)
"""Cells of a picture, each way."""


def placeholders(image: int, columns: int, lines: int) -> list[Strip]:
    """Return the cells that show the picture of that number, at most `MOST` each way."""
    style = Style.from_color(Color.from_rgb(image >> 16, image >> 8 & 0xFF, image & 0xFF))
    marks = _MARKS[:columns]
    return [
        Strip([Segment(PLACEHOLDER + row + column, style) for column in marks], len(marks))
        for row in _MARKS[:lines]
    ]


def packed(rgb: bytes) -> str:
    """Return pixels as they are sent; of a large picture that takes tenths of a second."""
    return b64encode(zlib.compress(rgb, 1)).decode("ascii")


def transmission(image: int, columns: int, lines: int, size: tuple[int, int], data: str) -> str:
    """Return what sends a packed picture to be shown on so many cells; nothing is answered."""
    width, height = size
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    about = f"a=T,{_placed(image, columns, lines)},f=24,o=z,s={width},v={height}"
    return "".join(_commands(about, chunks))


def placement(image: int, columns: int, lines: int) -> str:
    """Return what has the terminal look again at which cells show a picture that it has."""
    return f"\x1b_Ga=p,{_placed(image, columns, lines)}\x1b\\"


def removal(image: int) -> str:
    """Return what has the terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,q=2,i={image}\x1b\\"


def _placed(image: int, columns: int, lines: int) -> str:
    return f"U=1,q=2,i={image},p=1,c={columns},r={lines}"


def _commands(about: str, chunks: list[str]) -> Iterator[str]:
    for number, chunk in enumerate(chunks):
        more = int(number < len(chunks) - 1)
        keys = f"{about},m={more}" if number == 0 else f"q=2,m={more}"
        yield f"\x1b_G{keys};{chunk}\x1b\\"
