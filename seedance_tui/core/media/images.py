"""What is made of pictures: their difference, their sharpness, sheets of them, files.

Pillow does it, and is loaded with the first of it; what comes from outside it reads in the process
that decodes. Everything here blocks.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..storage.atomic import write_whole
from ._bounds import check_size
from ._process import decoding_process
from .no_picture import NoPicture, Obstacle
from .picture import WHOLE, Crop, Picture, Size
from .preview import has_preview

if TYPE_CHECKING:
    from PIL.Image import Image

_GAP = 8
"""Pixels between the pictures of a sheet."""
_LAPLACIAN = (0, 1, 0, 1, -4, 1, 0, 1, 0)
_HALVED, _MIDDLE = 2, 128
"""The filter's values are halved and moved, so that they fit into a byte."""


def need_preview() -> None:
    """Raise NoPicture where the libraries are not there."""
    if not has_preview():
        raise NoPicture(Obstacle.NO_PREVIEW)


def decoded(data: bytes, most: int) -> Picture:
    """Return a still picture, such as a last frame, its longest side at most `most` pixels."""
    answer, rgb = decoding_process().ask({"do": "still", "most": most}, data)
    width, height = answer["size"]
    return Picture(width, height, rgb)


def scaled(picture: Picture, size: Size, crop: Crop = WHOLE) -> Picture:
    """Return a part of a picture at another size."""
    from PIL import Image

    box = crop.box(picture.size)
    is_smaller = size[0] <= box[2] - box[0]
    how = Image.Resampling.BOX if is_smaller else Image.Resampling.BICUBIC
    return _picture(_image(picture).resize(size, how, box=box))


def difference(one: Picture, another: Picture) -> Picture:
    """Return how far each pixel of `one` is from that of `another`, which is scaled to its size."""
    from PIL import ImageChops

    other = another if another.size == one.size else scaled(another, one.size)
    return _picture(ImageChops.difference(_image(one), _image(other)))


def sharpness(picture: Picture) -> float:
    """Return the variance of the Laplacian of its brightness: more where edges are sharper.

    Noise counts as sharp, too; only the same part of the same scene at the same size compares.
    """
    from PIL import ImageFilter, ImageStat

    if min(picture.size) < len(_LAPLACIAN) // 3:
        return 0.0
    kernel = ImageFilter.Kernel((3, 3), _LAPLACIAN, scale=_HALVED, offset=_MIDDLE)
    edges = _image(picture).convert("L").filter(kernel)
    inner = edges.crop((1, 1, picture.width - 1, picture.height - 1))  # the edge is not filtered
    return float(ImageStat.Stat(inner).var[0]) * _HALVED**2


def side_by_side(pictures: Sequence[Picture]) -> Picture:
    """Return the pictures in a row, each as high as the highest of them."""
    high = max(picture.height for picture in pictures)
    alike = [_as_high(picture, high) for picture in pictures]
    return contact_sheet(alike, len(alike))


def contact_sheet(pictures: Sequence[Picture], columns: int) -> Picture:
    """Return the pictures in a grid, row by row, each in the middle of its cell."""
    from PIL import Image

    wide = max(picture.width for picture in pictures)
    high = max(picture.height for picture in pictures)
    columns = max(1, min(columns, len(pictures)))
    rows = -(-len(pictures) // columns)
    size = columns * (wide + _GAP) - _GAP, rows * (high + _GAP) - _GAP
    check_size(*size)
    sheet = Image.new("RGB", size)
    for number, picture in enumerate(pictures):
        left = number % columns * (wide + _GAP) + (wide - picture.width) // 2
        top = number // columns * (high + _GAP) + (high - picture.height) // 2
        sheet.paste(_image(picture), (left, top))
    return _picture(sheet)


def png_bytes(picture: Picture) -> bytes:
    """Return it as a PNG file."""
    written = io.BytesIO()
    _image(picture).save(written, "PNG")
    return written.getvalue()


def jpeg_bytes(picture: Picture) -> bytes:
    """Return it as a JPEG file: small, for what is only looked at."""
    written = io.BytesIO()
    _image(picture).save(written, "JPEG", quality=80)
    return written.getvalue()


def write_png(path: Path, picture: Picture) -> None:
    """Write it as a PNG file, whole or not at all; may raise OSError."""
    write_whole(path, png_bytes(picture), 0o644)


def _as_high(picture: Picture, high: int) -> Picture:
    if picture.height == high:
        return picture
    return scaled(picture, (max(1, round(picture.width * high / picture.height)), high))


def _image(picture: Picture) -> Image:
    from PIL import Image

    return Image.frombytes("RGB", picture.size, picture.rgb)


def _picture(image: Image) -> Picture:
    return Picture(image.width, image.height, image.tobytes())
