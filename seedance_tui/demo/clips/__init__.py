"""The videos that the demo serves: a clip, small and super-resolved, its last frame, others."""

from functools import cache
from pathlib import Path


@cache
def clip(name: str) -> bytes:
    """Reads one of the files beside this module, such as `original.mp4`; see `make`."""
    return Path(__file__).with_name(name).read_bytes()
