"""`frames`: frames of the videos of tasks, as a picture."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from functools import partial

from ..api.links import Kind
from ..command_line.clips import Clips, Unshown, moments, picture_path, shown, tell_unshown
from ..command_line.exit_status import OF_VIDEOS, most_telling
from ..command_line.id_arguments import ids_argument, named, original_argument
from ..command_line.invocation import Invocation
from ..command_line.json_error import not_an_id
from ..command_line.output import Value, show_json_line
from ..command_line.query_session import QuerySession, complete
from ..core.media.clip import Clip
from ..core.media.images import contact_sheet, write_png
from ..core.media.picture import fitted
from ..core.model.codes import Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _

STATUSES = OF_VIDEOS
UNUSED = ("--interval",)
_MOST_ACROSS, _MOST_DOWN = 2560, 2560
"""Pixels of a sheet; a single frame has all of its own."""
_MOST_CELLS = 100


def about() -> str:
    """Return the sentence that describes it."""
    return _(
        "Write frames of videos into a PNG file each and print its path. Saved files are read, "
        "others fetched in part. Needs the extra preview."
    )


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui frames asyntask_… --grid 3x3 -o sheet.png",
        "seedance-tui frames asyntask_… --at 0,50%,2.5s",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    ids_argument(parser)
    parser.add_argument(
        "--at",
        type=moments,
        metavar="TIME,…",
        help=_("these moments: seconds (2.5s) or a share of the duration (50%%)"),
    )
    parser.add_argument(
        "--grid", type=_grid, metavar="3x3", help=_("columns and rows; default: 3x3 of all of it")
    )
    original_argument(parser.add_argument)
    parser.add_argument(
        "-o", "--output", metavar="FILE", help=_("the PNG file, or a folder for several")
    )


def run(call: Invocation) -> Exit:
    """Do its work."""
    meant = named(call.given.ids, as_json=call.json)
    for word in meant.odd:
        _tell(call, _record(call, None) | {"error": not_an_id(word)})
    code = complete(_frames(call, meant.ids)) if meant.ids else Exit.WELL
    return most_telling([*meant.codes, code])


async def _frames(call: Invocation, ids: Sequence[str]) -> Exit:
    kind, codes = _kind(call), []
    async with QuerySession(call.config(), call.pause) as queries:
        await queries.add_temporary(ids)
        clips = Clips(queries)
        for task_id in ids:
            record = _record(call, task_id)
            try:
                clip = await clips.open(task_id, kind)
                record |= await shown(partial(_write, call, queries.entry(task_id), clip))
                codes.append(Exit.WELL)
            except Unshown as error:
                codes.append(error.exit_status)
                tell_unshown(task_id, error, as_json=call.json)
                record["error"] = error.error
            _tell(call, record)
    return most_telling(codes)


def _record(call: Invocation, task_id: str | None) -> dict[str, Value]:
    """Return the record of a video of which there is no picture yet."""
    known: dict[str, Value] = {"id": task_id, "kind": _kind(call), "path": None}
    return known | {"frames": [], "fetched": None, "error": None}


def _kind(call: Invocation) -> Kind:
    return Kind.ORIGINAL if call.given.original else Kind.RESULT


def _write(call: Invocation, entry: Entry, clip: Clip, cancel: object) -> dict[str, Value]:
    """Write the sheet of one video; may raise OSError, which ends the command."""
    with closing(clip):
        columns, indexes = _layout(call.given, clip)
        facts = clip.facts
        shape = facts.width or 16, facts.height or 9
        rows = -(-len(indexes) // columns)
        most = (_MOST_ACROSS // columns, _MOST_DOWN // rows) if len(indexes) > 1 else shape
        size = fitted(*shape, min(most[0], shape[0]), min(most[1], shape[1]))
        sheet = contact_sheet([clip.frame(index, size) for index in indexes], columns)
        path = picture_path(entry, call.given.output, "frames")
        write_png(path, sheet)
        frames = [{"index": index, "seconds": clip.moments[index]} for index in indexes]
        return {"path": str(path), "frames": frames, "fetched": clip.fetched}


def _layout(given: argparse.Namespace, clip: Clip) -> tuple[int, list[int]]:
    """Return the number of columns, and which frames are shown."""
    columns, rows = given.grid or ((len(given.at), 1) if given.at else (3, 3))
    if given.at:
        return columns, [moment.index(clip) for moment in given.at][:_MOST_CELLS]
    last, count = len(clip.moments) - 1, columns * rows
    return columns, [round(n * last / max(1, count - 1)) for n in range(count)]


def _tell(call: Invocation, record: dict[str, Value]) -> None:
    if call.json:
        show_json_line(record)
    elif record["path"]:
        print(record["path"], flush=True)


def _grid(text: str) -> tuple[int, int]:
    """Read columns and rows from the command line."""
    columns, _sign, rows = text.lower().partition("x")
    is_grid = columns.isdecimal() and rows.isdecimal()
    if not is_grid or not 0 < int(columns) * int(rows) <= _MOST_CELLS:
        raise argparse.ArgumentTypeError(_("{text!r} is no grid such as 3x3").format(text=text))
    return int(columns), int(rows)
