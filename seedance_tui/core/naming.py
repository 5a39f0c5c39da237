"""What a saved file is called."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from ..api.links import Kind
from .text import safe

EXTENSIONS = (".mp4", ".mov")
_PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_SUFFIX = {Kind.RESULT: "", Kind.ORIGINAL: "_original", Kind.LAST_FRAME: "_last_frame"}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\u2400-\u2421]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST = 240
"""Bytes of UTF-8; 255 is what file systems take, the rest is for `.part`."""


def file_name(task_id: str, kind: Kind, extension: str) -> str:
    """`<task_id>.mp4`, `<task_id>_original.mp4`: safe on Linux, macOS and Windows.

    Where the ID cannot be the name as it is, a piece of its hash keeps two tasks apart.
    """
    ending = _SUFFIX[kind] + extension
    stem = _cut(_FORBIDDEN.sub("_", safe(task_id)).strip(" ."), _LONGEST - len(ending) - 7)
    if not stem or _RESERVED.match(stem):
        stem = f"_{stem}"
    if stem != task_id or stem.endswith(tuple(filter(None, _SUFFIX.values()))):
        stem += f"-{hashlib.sha256(task_id.encode('utf-8', 'replace')).hexdigest()[:6]}"
    return stem + ending


def _cut(text: str, most: int) -> str:
    """Cut to so many bytes of UTF-8, at the edge of a character."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def find_saved(folder: Path, task_ids: Iterable[str]) -> dict[tuple[str, Kind], Path]:
    """Find which files of these tasks are in `folder`, by their default names; blocks."""
    try:
        with os.scandir(folder) as files:
            present = {file.name for file in files if file.is_file() and file.stat().st_size}
    except OSError:
        return {}
    found: dict[tuple[str, Kind], Path] = {}
    for task_id in task_ids:
        for kind in Kind:
            for extension in _PICTURES if kind is Kind.LAST_FRAME else EXTENSIONS:
                if (name := file_name(task_id, kind, extension)) in present:
                    found[task_id, kind] = folder / name
    return found
