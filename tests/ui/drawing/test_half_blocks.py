"""Pictures in cells, two pixels each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from rich.color import Color, ColorSystem
from textual.strip import Strip

from seedance_tui.ui.drawing.half_blocks import choose_colours, doubled, half_blocks

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


@pytest.fixture
def few_colours() -> Iterator[None]:
    choose_colours("256")
    yield
    choose_colours("truecolor")


Triplet = tuple[int, ...]


def in_256(red: int, green: int, blue: int) -> Triplet:
    """The colour that a terminal shows which has 256 of them."""
    return tuple(Color.from_rgb(red, green, blue).downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


def apart(one: Triplet, other: Triplet) -> int:
    return sum((first - second) ** 2 for first, second in zip(one, other, strict=True))


@pytest.mark.parametrize("pixel", [(24, 28, 60), (40, 40, 60), (60, 40, 40), (40, 20, 20)])
def test_with_256_colours_a_dark_one_does_not_become_a_bright_one(
    few_colours: None, pixel: Triplet
) -> None:
    ((shown, _lower),) = colours(half_blocks(bytes(pixel) * 2, 1, 2)[0])
    assert apart(in_256(*bytes.fromhex(shown[1:])), pixel) < apart(in_256(*pixel), pixel) / 1.5


def test_with_256_colours_none_is_farther_than_it_was(few_colours: None) -> None:
    for pixel in product(range(0, 256, 36), repeat=3):
        ((shown, _lower),) = colours(half_blocks(bytes(pixel) * 2, 1, 2)[0])
        seen = in_256(*bytes.fromhex(shown[1:]))
        assert apart(seen, pixel) < apart(in_256(*pixel), pixel) + 1500  # green weighs more
