"""A decoded frame as a picture: turned as it is shown, a part of it, at a size.

It is done in the process that decodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .no_picture import NoPicture, Obstacle
from .picture import WHOLE, Crop, Picture, Size

if TYPE_CHECKING:
    from av import VideoFrame
    from PIL.Image import Image

_QUARTER = 90


def picture_of(frame: VideoFrame, size: Size | None, crop: Crop = WHOLE) -> Picture:
    """Return a frame as it is displayed, at a size or at its own; libav scales it, unless cropped.

    Raises NoPicture for a frame that cannot be converted.
    """
    with _errors():
        image = _converted(frame, size, crop)
        return Picture(image.width, image.height, image.tobytes())


def _converted(frame: VideoFrame, size: Size | None, crop: Crop) -> Image:
    quarters = round(frame.rotation / _QUARTER) % 4
    if size is None:
        return _turned(_image(frame), quarters)
    if crop == WHOLE:
        across, down = size[::-1] if quarters % 2 else size
        how = "AREA" if across <= frame.width else "BICUBIC"
        scaled = frame.reformat(across, down, "rgb24", interpolation=how, threads=1)
        return _turned(_image(scaled), quarters)
    return _part(_turned(_image(frame), quarters), size, crop)


@contextmanager
def _errors() -> Iterator[None]:
    """Call what a damaged frame leads to what it is."""
    from av.error import FFmpegError

    try:
        yield
    except MemoryError as error:  # libav's own, too
        raise NoPicture(Obstacle.TOO_LARGE) from error
    except FFmpegError as error:
        raise NoPicture(Obstacle.BROKEN) from error


def _image(frame: VideoFrame) -> Image:
    image: Image = frame.to_image(threads=1)  # type: ignore[no-untyped-call]
    return image


def _part(image: Image, size: Size, crop: Crop) -> Image:
    from PIL.Image import Resampling

    box = crop.box(image.size)
    is_smaller = size[0] <= box[2] - box[0]
    return image.resize(size, Resampling.BOX if is_smaller else Resampling.BICUBIC, box=box)


def _turned(image: Image, quarters: int) -> Image:
    """Turn it by so many quarters against the clock."""
    from PIL.Image import Transpose

    turns = {1: Transpose.ROTATE_90, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_270}
    return image.transpose(turns[quarters]) if quarters else image
