"""The videos that the demo serves: one clip, small and super-resolved, and its last frame."""

from functools import cache
from pathlib import Path


@cache
def clip(name: str) -> bytes:
    """Reads one of `original.mp4`, `upscaled.mp4`, `last_frame.jpg`."""
    return Path(__file__).with_name(name).read_bytes()
