"""Whether the first bytes of a response are those of the file that was asked for."""

from __future__ import annotations

from .. import body as bodies

ENOUGH = 12
"""Bytes that tell a video."""
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")


def looks_like_video(head: bytes) -> bool:
    """Whether the bytes begin as an MP4 or MOV file: a size, then a known box."""
    return len(head) >= 8 and head[4:8] in _BOXES


def is_wanted(head: bytes, content_type: str, *, video: bool) -> bool:
    """Whether the bytes begin a video or, of a picture, at least no web page."""
    return looks_like_video(head) if video else not bodies.is_page(head, content_type)
