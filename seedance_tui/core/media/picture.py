"""A picture as plain bytes, and which part of it is looked at."""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[int, int]
"""Pixels across and down."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels from the top; three bytes a pixel: red, green, blue."""

    width: int
    height: int
    rgb: bytes

    @property
    def size(self) -> Size:
        """Pixels across and down."""
        return self.width, self.height


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a picture, in fractions of the whole as it is displayed."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def zoomed(self, factor: float, at_x: float = 0.5, at_y: float = 0.5) -> Crop:
        """Return a part `factor` times as near; what is at these fractions of it stays there."""
        width, height = min(self.width / factor, 1.0), min(self.height / factor, 1.0)
        left = self.left + (self.width - width) * at_x
        top = self.top + (self.height - height) * at_y
        return Crop(left, top, width, height).moved(0, 0)

    def moved(self, right: float, down: float) -> Crop:
        """Return the part that is so far away, in fractions of the whole; it stays within."""
        left = min(max(self.left + right, 0.0), 1.0 - self.width)
        top = min(max(self.top + down, 0.0), 1.0 - self.height)
        return Crop(left, top, self.width, self.height)

    def box(self, size: Size) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom in pixels of a picture of that size."""
        width, height = size
        right, bottom = self.left + self.width, self.top + self.height
        return self.left * width, self.top * height, right * width, bottom * height


WHOLE = Crop()


def fitted(width: float, height: float, most_width: int, most_height: int) -> Size:
    """Return the largest size of that shape within a limit, at least a pixel each way."""
    if width <= 0 or height <= 0:
        return 1, 1
    scale = min(most_width / width, most_height / height)
    across = min(max(1, round(width * scale)), max(1, most_width))
    return across, min(max(1, round(height * scale)), max(1, most_height))
