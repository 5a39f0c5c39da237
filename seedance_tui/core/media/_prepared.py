"""The frames of a saved clip that were decoded before somebody asks for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ._remote_decoder import RemoteDecoder
from .picture import Crop, Picture, Size

_MOST_BYTES = 24 * 1024 * 1024


class Prepared:
    """Frames of one size and part, by their index; others are forgotten for them."""

    def __init__(self) -> None:
        self._of: tuple[Size, Crop] | None = None
        self._frames: dict[int, Picture] = {}
        self._bytes = 0
        self._is_done = False

    def get(self, index: int, size: Size, crop: Crop) -> Picture | None:
        """Return a frame that is there."""
        return self._frames.get(index) if self._of == (size, crop) else None

    def more(
        self, decoder: RemoteDecoder, moments: Sequence[float], size: Size, crop: Crop
    ) -> bool:
        """Decode for a moment; return whether there is more to come. May raise NoPicture."""
        is_new = self._of != (size, crop)
        if is_new:
            self._of, self._frames, self._bytes, self._is_done = (size, crop), {}, 0, False
        if not self._is_done:
            found, is_end = decoder.following(size, crop, again=is_new)
            for at, picture in found:
                self._frames[_nearest(moments, at - decoder.begins)] = picture
                self._bytes += len(picture.rgb)
            self._is_done = is_end or self._bytes > _MOST_BYTES
        return not self._is_done


def _nearest(moments: Sequence[float], at: float) -> int:
    after = min(bisect_left(moments, at), len(moments) - 1)
    before = max(0, after - 1)
    return before if at - moments[before] < moments[after] - at else after
