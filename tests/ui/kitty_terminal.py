"""A terminal that shows pictures by cells, as far as the protocol of kitty goes."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from seedance_tui.ui.drawing.kitty import placeholders
from seedance_tui.ui.textual_updates import PLACEHOLDER

_COMMAND = re.compile(r"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\")
_MARKS = {
    mark: number
    for number, segment in enumerate(next(iter(placeholders(1, 999, 1))))
    for mark in segment.text[2:]
}


class Held(NamedTuple):
    """A picture that the terminal has."""

    size: tuple[int, int]
    rgb: bytes
    columns: int
    lines: int


class Cell(NamedTuple):
    """A cell that shows a part of a picture."""

    number: int
    row: int
    column: int


@dataclass
class KittyTerminal:
    """Reads what is written to it."""

    held: dict[int, Held] = field(default_factory=dict)
    did: list[tuple[str, int]] = field(default_factory=list)
    """What was done with pictures, and their numbers."""
    most: int = 0
    """The most bytes of pictures that it had at once."""
    _keys: dict[str, str] = field(default_factory=dict)
    _data: str = ""

    def write(self, text: str) -> None:
        """Obey."""
        for keys, data in _COMMAND.findall(text):
            found = dict(pair.split("=") for pair in keys.split(","))
            self._keys = found | {"m": found.get("m", "0")} if "a" in found else self._keys | found
            self._data += data
            if self._keys["m"] == "0":
                self._obey(self._keys, self._data)
                self._data = ""

    def numbers(self, action: str) -> list[int]:
        """The pictures with which something was done, in that order."""
        return [number for done, number in self.did if done == action]

    def _obey(self, keys: dict[str, str], data: str) -> None:
        number = int(keys["i"])
        self.did.append((keys["a"], number))
        if keys["a"] == "T":
            size, rgb = (int(keys["s"]), int(keys["v"])), zlib.decompress(b64decode(data))
            assert len(rgb) == 3 * size[0] * size[1]
            self.held[number] = Held(size, rgb, int(keys["c"]), int(keys["r"]))
            self.most = max(self.most, sum(len(one.rgb) for one in self.held.values()))
        elif keys["a"] == "d":
            del self.held[number]
        else:
            assert number in self.held, "it was told to look at a picture that it has not"

    def shown(self, lines: Iterable[Strip]) -> set[int]:
        """The numbers of the pictures on these lines, each cell of which the terminal can show."""
        cells = [cell for line in lines for cell in picture_cells_of(line)]
        for number, row, column in cells:
            assert number in self.held, f"{number} is not there: {sorted(self.held)}"
            assert row < self.held[number].lines
            assert column < self.held[number].columns
        return {cell.number for cell in cells}


def picture_cells_of(line: Strip) -> Iterator[Cell]:
    """The cells of a line that show pictures; each has its colours and both of its marks."""
    for text, style, _control in line:
        for part in re.findall(PLACEHOLDER + "[^" + PLACEHOLDER + "]*", text):
            assert len(part.rstrip()) == 3, ascii(text)
            assert isinstance(style, Style) and style.color and style.color.triplet
            assert style.bgcolor, "what the picture leaves out has the colour of the terminal"
            red, green, blue = style.color.triplet
            yield Cell(red << 16 | green << 8 | blue, _MARKS[part[1]], _MARKS[part[2]])
