"""Frames as PNG files in the folder of the videos; no file is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from ....api.transfer.background import CancelToken
from ....core.media.clip import Clip
from ....core.media.images import side_by_side, write_png
from ....core.media.no_picture import NoPicture
from ....core.naming.template import file_name
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ....files.os_errors import described
from ...drawing import format as fmt
from ...drawing.spans import Role
from ._shots import pixels_of, shape_of
from ._stage import StageState
from .sides import Side

Shown = tuple[Side, Clip]
"""A side and its video, which is open."""


def save_pictures(
    shown: Sequence[Shown], stage: StageState, folder: Path, cancel: CancelToken
) -> tuple[str, Role, str]:
    """Write each frame whole, and what is seen of all beside each other; blocks.

    Return what to say of it, with what weight, and the path that stands in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [_write(side, clip, stage, folder, cancel) for side, clip in shown]
        if len(shown) > 1:
            paths.append(_write_both(shown, stage, folder, cancel))
    except NoPicture as error:
        return error.sentence, "warn", ""
    except OSError as error:
        reason = safe(described(error))
        return _("Could not save the pictures: {reason}").format(reason=reason), "bad", ""
    n = len(paths)
    said = plural("{n} picture saved: {path}", "{n} pictures saved: {path}", n, path="{path}")
    return said, "good", fmt.home(paths[-1])


def _write(side: Side, clip: Clip, stage: StageState, folder: Path, cancel: CancelToken) -> Path:
    picture = clip.frame(clip.index_at(stage.at), shape_of(clip), cancel=cancel)
    path = free_name(folder / file_name(side.entry.id, side.kind, f"_{stage.at:.2f}s.png"))
    write_png(path, picture)
    return path


def _write_both(
    shown: Sequence[Shown], stage: StageState, folder: Path, cancel: CancelToken
) -> Path:
    """What is seen of them, each as large as the largest has it."""
    most = max((shape_of(clip) for _side, clip in shown), key=lambda shape: shape[0] * shape[1])
    pictures = [
        clip.frame(clip.index_at(stage.at), pixels_of(clip, stage.crop, most), stage.crop, cancel)
        for _side, clip in shown
    ]
    side = shown[-1][0]
    path = free_name(folder / file_name(side.entry.id, side.kind, f"_{stage.at:.2f}s_compare.png"))
    write_png(path, side_by_side(pictures))
    return path


def free_name(path: Path) -> Path:
    """A name that no file has."""
    return next(one for one in _names(path) if not one.exists())


def _names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_stem(f"{path.stem} ({number})") for number in count(2))
