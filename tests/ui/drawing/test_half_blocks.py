"""Pictures in cells, two pixels each."""

from __future__ import annotations

from rich.color import Color
from textual.strip import Strip

from seedance_tui.ui.drawing.half_blocks import doubled, half_blocks

RED, BLUE, BLACK = b"\xff\0\0", b"\0\0\xff", b"\0\0\0"


def colours(strip: Strip) -> list[tuple[str, str]]:
    """The upper and the lower colour of each cell."""

    def name(color: Color | None) -> str:
        assert color
        assert color.triplet
        return color.triplet.hex

    return [
        (name(style.color), name(style.bgcolor))
        for text, style, _control in strip
        for _cell in text
        if style
    ]


def test_a_cell_shows_a_pixel_above_another() -> None:
    (strip,) = half_blocks(RED + BLUE + BLUE + RED, 2, 2)
    assert strip.text == "▀▀"
    assert colours(strip) == [("#ff0000", "#0000ff"), ("#0000ff", "#ff0000")]


def test_cells_of_one_look_are_one_segment() -> None:
    (strip,) = half_blocks(RED * 60 + BLUE * 60, 60, 2)
    assert len(list(strip)) == 1
    assert strip.cell_length == 60


def test_an_odd_last_row_is_left_out() -> None:
    assert len(half_blocks(BLACK * 5, 1, 5)) == 2
    assert half_blocks(b"", 0, 0) == []


def test_black_and_white_stay_black_and_white() -> None:
    (strip,) = half_blocks(b"\0\0\0\xff\xff\xff", 1, 2)
    assert colours(strip) == [("#000000", "#ffffff")]


def test_a_coarse_picture_has_squares_of_four() -> None:
    assert doubled(RED + BLUE, 2) == (RED * 2 + BLUE * 2) * 2
    assert doubled(RED + BLUE, 1) == RED * 4 + BLUE * 4
