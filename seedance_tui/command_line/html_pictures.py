"""Small pictures of saved videos for a page of HTML: within it, so that it needs nothing else."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ..core.media.clip import open_file
from ..core.media.images import jpeg_bytes
from ..core.media.no_picture import NoPicture
from ..core.media.posters import first_frame
from ..core.media.preview import has_preview
from .json_record import Record
from .output import Value

_MOST, _SECONDS = 300, 5.0
"""Pictures of a page, and how long they may take: the first rows have theirs."""


def pictures(records: Sequence[Record]) -> dict[str, str]:
    """Return the first frame of each saved video as a `data:` address, by the ID of its task.

    A file of which there is none has none; without the extra `preview` no file has one.
    """
    found: dict[str, str] = {}
    until = time.monotonic() + _SECONDS
    for record in records if has_preview() else ():
        if len(found) >= _MOST or time.monotonic() > until:
            break
        path = _saved_at(record)
        if path is not None:
            with suppress(NoPicture, OSError):
                data = b64encode(jpeg_bytes(first_frame(open_file(path)))).decode("ascii")
                found[str(record["id"])] = f"data:image/jpeg;base64,{data}"
    return found


def _saved_at(record: Record) -> Path | None:
    files: Value = record["files"]
    result = files.get("result") if isinstance(files, Mapping) else None
    path = result.get("path") if isinstance(result, Mapping) else None
    return Path(path) if isinstance(path, str) else None
