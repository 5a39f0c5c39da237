"""Text from outside made part of a file's name: harmless on Linux, macOS and Windows."""

from __future__ import annotations

import re
import unicodedata

from ..text.sanitize import safe

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\u2400-\u2421]')
"""What no name may hold, and the pictures in which `safe` shows control codes."""
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|con(in|out)\$|(com|lpt)[\d¹²³]) *(\.|$)")
"""Names that mean a device on Windows, whatever their extension."""


def harmless(text: str) -> str:
    """Replace what no name may hold, compose letters and marks (NFC), and trim dots and spaces."""
    return FORBIDDEN.sub("_", unicodedata.normalize("NFC", safe(text))).strip(" .")


def usable(stem: str) -> str:
    """Put `_` before what is reserved on Windows or empty."""
    return f"_{stem}" if not stem or _RESERVED.match(stem) else stem


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode("utf-8", "replace"))


def cut(text: str, most: int) -> str:
    """Cut to so many bytes of UTF-8, between two characters and not between one and its marks."""
    end = len(text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore"))
    while 0 < end < len(text) and _belongs_to_the_one_before(text[end]):
        end -= 1
    return text[:end]


def digest(task_id: str) -> str:
    """Six characters that tell two tasks apart."""
    import hashlib  # which loads OpenSSL

    return hashlib.sha256(task_id.encode("utf-8", "replace")).hexdigest()[:6]


def _belongs_to_the_one_before(character: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_skin_tone or unicodedata.category(character).startswith("M")
