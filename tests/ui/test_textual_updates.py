"""The terminal is told the cells that differ from what it shows, and no others."""

from __future__ import annotations

import re

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from seedance_tui.ui.drawing.kitty import placeholders
from seedance_tui.ui.textual_updates import ShownCells, differing
from tests.textual_insides import layout_update, part_update

RED = Style(color="red")


def strip(text: str, style: Style | None = None) -> Strip:
    return Strip([Segment(text, style or Style.null())])


def told(shown: ShownCells, *lines: str, whole_lines: bool = False) -> list[str]:
    """What is written of a screen with these lines: the place and the text of each stretch."""
    update = layout_update([strip(line) for line in lines], Region(0, 0, 10, len(lines)))
    written = shown.changes(update, whole_lines=whole_lines).render_segments(Console())
    return re.findall(r"\x1b\[(\d+;\d+H[^\x1b]*)", written)


def test_what_is_shown_is_not_written_again() -> None:
    shown = ShownCells()
    assert told(shown, "one", "two") == ["1;1Hone", "2;1Htwo"]
    assert told(shown, "one", "two") == []
    assert told(shown, "one", "tWo") == ["2;2HW"]
    assert told(shown, "one", "two") == ["2;2Hw"]


def test_read_aloud_a_line_is_written_whole() -> None:
    shown = ShownCells()
    told(shown, "one", "two")
    assert told(shown, "one", "tWo", whole_lines=True) == ["2;1HtWo"]
    assert told(shown, "one", "tWo", whole_lines=True) == []


def test_after_it_is_forgotten_everything_is_written() -> None:
    shown = ShownCells()
    told(shown, "one")
    shown.forget()
    assert told(shown, "one") == ["1;1Hone"]


def test_another_size_is_drawn_whole() -> None:
    shown = ShownCells()
    told(shown, "one", "two")
    assert told(shown, "one", "two", "six") == ["1;1Hone", "2;1Htwo", "3;1Hsix"]


@pytest.mark.parametrize(
    ("one", "other", "cells"),
    [
        ("abc", "abc", (0, 0)),
        ("abc", "abd", (2, 3)),
        ("你好吗", "你坏吗", (2, 4)),
        ("a你b", "你ab", (0, 3)),
        ("ab你", "你ab", (0, 4)),
        ("ก็ab", "กab", (0, 1)),
        ("你\u0301a", "你a", (0, 2)),
    ],
)
def test_the_cells_that_differ_begin_and_end_with_whole_characters(
    one: str, other: str, cells: tuple[int, int]
) -> None:
    assert differing(strip(one), strip(other)) == cells


def test_another_colour_or_another_link_differs() -> None:
    assert differing(strip("abc"), strip("abc", RED)) == (0, 3)
    links = [strip("abc", Style(link=f"https://cdn.example/{n}")) for n in (1, 2)]
    assert differing(*links) == (0, 3)
    assert differing(links[0], strip("abc", Style(link="https://cdn.example/1"))) == (0, 0)


@pytest.mark.parametrize(
    ("x", "over", "written"),
    [
        (3, "##", "1;3H ##"),
        (4, "##", "1;5H##"),
        (1, "##", "1;2H## "),
        (0, "##", "1;1H##"),
        (3, " d", "1;3H  d"),
    ],
)
def test_what_covers_half_of_a_wide_character_blanks_its_other_half(
    x: int, over: str, written: str
) -> None:
    shown = ShownCells()
    told(shown, "ab你cd")
    update = shown.changes(part_update(x, strip(over)), whole_lines=False)
    assert update.render_segments(Console()).removeprefix("\x1b[") == written


@pytest.mark.parametrize(("first", "last"), [(3, 6), (0, 3), (3, 4), (2, 3)])
def test_what_no_longer_covers_half_of_a_wide_character_gives_it_back_whole(
    first: int, last: int
) -> None:
    shown = ShownCells()
    told(shown, "ab你cd")
    shown.changes(part_update(first, strip("#" * (last - first))), whole_lines=False)
    shown.changes(part_update(0, strip("ab你cd"), (first, last)), whole_lines=False)
    assert told(shown, "ab你cd") == []


def test_a_wide_character_beside_what_changes_stays_known() -> None:
    shown = ShownCells()
    told(shown, "你ab好")
    for over in ("xy", "zw"):
        shown.changes(part_update(2, strip(over)), whole_lines=False)
    assert told(shown, "你zw好") == []
    assert told(shown, "  zw  ") == ["1;1H  zw  "]


def test_read_aloud_a_part_is_written_whole_and_takes_nothing_from_its_neighbours() -> None:
    shown = ShownCells()
    told(shown, "你abcd好", whole_lines=True)
    update = shown.changes(part_update(2, strip("abxd")), whole_lines=True)
    assert update.render_segments(Console()).removeprefix("\x1b[") == "1;3Habxd"


@pytest.mark.parametrize("width", range(21, 60))
def test_a_cell_of_a_picture_keeps_its_marks_whatever_covers_its_neighbours(width: int) -> None:
    (row,) = placeholders(7, width, 1)
    cells = [cell.text for cell in row]
    for x in range(1, width - 1):
        shown = ShownCells()
        shown.changes(layout_update([row], Region(0, 0, width, 1)), whole_lines=False)
        shown.changes(part_update(x, strip("#")), whole_lines=False)
        update = shown.changes(part_update(x - 1, row.crop(x - 1, x + 2)), whole_lines=False)
        written = update.render_segments(Console(color_system="truecolor"))
        assert written == f"\x1b[1;{x + 1}H\x1b[38;2;0;0;7m{cells[x]}\x1b[0m"
