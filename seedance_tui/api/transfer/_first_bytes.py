"""Whether the first bytes of an answer are those of a file such as was asked for."""

from __future__ import annotations

from ...files.containers import format_of
from .. import body as bodies

_TEXT = (b"{", b"[", b"<")
"""What JSON, XML and a page begin with, and no picture."""


def is_wanted(head: bytes, content_type: str, *, video: bool) -> bool:
    """Whether the bytes begin a video or, of a picture, at least no text."""
    if video:
        found = format_of(head)
        return found is not None and found.is_video
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return first not in (b"", *_TEXT) and not bodies.is_page(head, content_type)
