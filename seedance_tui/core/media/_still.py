"""A still picture from outside, such as a last frame: Pillow reads it, where little can happen."""

from __future__ import annotations

import io

from ._bounds import check_size
from .no_picture import NoPicture, Obstacle
from .picture import Picture, fitted


def decoded(data: bytes, most: int) -> Picture:
    """Return the picture, its longest side at most `most` pixels; raises NoPicture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF")) as image:
            check_size(*image.size)
            size = fitted(*image.size, min(most, image.width), min(most, image.height))
            image.draft("RGB", size)
            small = image.convert("RGB").resize(size, Image.Resampling.BOX)
            return Picture(*small.size, small.tobytes())
    except UnidentifiedImageError as error:
        raise NoPicture(Obstacle.NOT_A_VIDEO) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise NoPicture(Obstacle.TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise NoPicture(Obstacle.BROKEN) from error
