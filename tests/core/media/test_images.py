"""What is made of pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from seedance_tui.core.media.images import (
    contact_sheet,
    decoded,
    difference,
    png_bytes,
    scaled,
    sharpness,
    side_by_side,
    write_png,
)
from seedance_tui.core.media.picture import WHOLE, Crop, Picture, fitted
from tests.core.media.clips import drawn, number_in


def picture(image: Image.Image) -> Picture:
    return Picture(image.width, image.height, image.tobytes())


def test_the_sharper_of_two_pictures_has_the_greater_number() -> None:
    sharp = drawn(5, (320, 180))
    soft = sharp.filter(ImageFilter.GaussianBlur(2))
    softer = sharp.filter(ImageFilter.GaussianBlur(5))
    values = [sharpness(picture(one)) for one in (sharp, soft, softer)]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1.5 * values[1]
    assert sharpness(Picture(40, 40, bytes(4800))) == 0
    assert sharpness(Picture(1, 1, bytes(3))) == 0


def test_the_difference_of_a_picture_to_itself_is_black_and_to_another_is_not() -> None:
    one, other = picture(drawn(1, (96, 54))), picture(drawn(2, (96, 54)))
    assert set(difference(one, one).rgb) == {0}
    assert max(difference(one, other).rgb) > 200
    larger = picture(drawn(1, (192, 108)))
    assert difference(larger, one).size == larger.size


def test_pictures_side_by_side_are_equally_high() -> None:
    pair = side_by_side([picture(drawn(9, (96, 54))), picture(drawn(33, (192, 108)))])
    assert pair.height == 108
    halves = [Crop(0, 0, 0.48, 1), Crop(0.52, 0, 0.48, 1)]
    assert [number_in(scaled(pair, (96, 54), half)) for half in halves] == [9, 33]


def test_a_sheet_has_its_pictures_row_by_row() -> None:
    sheet = contact_sheet([picture(drawn(n, (60, 30))) for n in range(5)], 3)
    assert sheet.size == (3 * 60 + 2 * 8, 2 * 30 + 8)


def test_a_picture_is_written_whole_and_read_back(tmp_path: Path) -> None:
    path, one = tmp_path / "one.png", picture(drawn(21, (60, 34)))
    write_png(path, one)
    assert picture(Image.open(io.BytesIO(path.read_bytes())).convert("RGB")) == one
    assert number_in(decoded(png_bytes(one), 48)) == 21
    assert max(decoded(png_bytes(one), 48).size) == 48
    assert decoded(png_bytes(one), 500).size == one.size


def test_zooming_keeps_what_is_looked_at_and_stays_within() -> None:
    near = WHOLE.zoomed(2)
    assert (near.left, near.top, near.width, near.height) == (0.25, 0.25, 0.5, 0.5)
    assert near.zoomed(0.5) == WHOLE
    assert WHOLE.zoomed(4, 1, 1).moved(9, 9) == Crop(0.75, 0.75, 0.25, 0.25)
    assert near.moved(-5, 0).left == 0


@pytest.mark.parametrize(
    ("shape", "most", "size"),
    [((1920, 1080), (160, 90), (160, 90)), ((1080, 1920), (160, 90), (51, 90)),
     ((10_000, 1), (50, 50), (50, 1)), ((0, 0), (50, 50), (1, 1)), ((4, 3), (1, 1), (1, 1))],
)  # fmt: skip
def test_a_picture_fits_with_its_shape(
    shape: tuple[int, int], most: tuple[int, int], size: tuple[int, int]
) -> None:
    assert fitted(*shape, *most) == size
