"""`compare`: two videos side by side as a picture, and what each of them is."""

from __future__ import annotations

import argparse
from functools import partial

from ..api.links import Kind
from ..command_line.clips import ClipMoment, Clips, Unshown, picture_path, shown, tell_unshown
from ..command_line.exit_status import OF_VIDEOS
from ..command_line.id_arguments import named
from ..command_line.invocation import Invocation
from ..command_line.json_error import error, not_an_id, tell
from ..command_line.output import Value, show_json_line
from ..command_line.query_session import QuerySession, complete
from ..core.media.clip import Clip
from ..core.media.images import side_by_side, write_png
from ..core.media.picture import Size, fitted
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.text.i18n import _

STATUSES = OF_VIDEOS
UNUSED = ("--interval",)
_MOST = 2
"""Tasks that one picture can show."""
_LONGEST_SIDE = 1920
"""Pixels of each of the two."""


def about() -> str:
    """Return the sentence that describes it."""
    return _(
        "Write the same moment of two videos side by side into a PNG file and print its path. Of "
        "one task it is the original and the result, of two their results. --json tells what each "
        "is, and how sharp: the variance of the Laplacian of that frame. Needs the extra preview."
    )


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return (
        "seedance-tui compare asyntask_… -o both.png",
        "seedance-tui compare asyntask_… asyntask_… --at 2.5s --json",
    )


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    parser.add_argument("ids", nargs="+", metavar="ID", help=_("one task ID, or two"))
    parser.add_argument(
        "--at",
        type=ClipMoment,
        metavar="TIME",
        help=_("the moment: seconds (2.5s) or a share of the duration (50%%), the default"),
    )
    parser.add_argument("-o", "--output", metavar="FILE", help=_("the PNG file, or a folder"))


def run(call: Invocation) -> Exit:
    """Do its work."""
    meant = named(call.given.ids, as_json=call.json)
    for word in meant.odd:
        _tell(call, _record(meant.ids) | {"error": not_an_id(word)})
    if meant.odd:  # one of two is no comparison
        return Exit.USAGE
    if not meant.ids:  # there was nothing on standard input
        return Exit.WELL
    if len(meant.ids) > _MOST:
        tell(error(Code.USAGE, Exit.USAGE, _("one task ID, or two")), as_json=call.json)
        return Exit.USAGE
    return complete(_compare(call, meant.ids))


async def _compare(call: Invocation, ids: tuple[str, ...]) -> Exit:
    pair = [(ids[0], Kind.ORIGINAL), (ids[0], Kind.RESULT)]
    if len(ids) > 1:
        pair = [(task_id, Kind.RESULT) for task_id in ids]
    record = _record(ids)
    opened: list[Clip] = []
    async with QuerySession(call.config(), call.pause) as queries:
        await queries.add_temporary(ids)
        clips = Clips(queries)
        task_id = ids[0]
        try:
            for task_id, kind in pair:
                opened.append(await clips.open(task_id, kind))
            sources = [(queries.entry(one), kind) for one, kind in pair]
            record |= await shown(partial(_write, call, sources, opened))
            code = Exit.WELL
        except Unshown as why:
            code = why.exit_status
            tell_unshown(task_id, why, as_json=call.json)
            record["error"] = why.error
        finally:
            for clip in opened:
                clip.close()
    _tell(call, record)
    return code


def _record(ids: tuple[str, ...]) -> dict[str, Value]:
    """Return the record of a comparison of which there is nothing yet."""
    return {"ids": ids, "path": None, "videos": [], "error": None}


def _write(
    call: Invocation, sources: list[tuple[Entry, Kind]], clips: list[Clip], cancel: object
) -> dict[str, Value]:
    """Write the picture; may raise OSError, which ends the command."""
    moment = call.given.at or ClipMoment("50%")
    at = clips[-1].moments[moment.index(clips[-1])]
    size = _size(clips)
    sides, pictures = [], []
    for (entry, kind), clip in zip(sources, clips, strict=True):
        index = clip.index_at(at)
        pictures.append(clip.frame(index, _as_high(clip, size)))
        sides.append(_side(entry, kind, clip, index, size))
    path = picture_path(sources[0][0], call.given.output, "compare")
    write_png(path, side_by_side(pictures))
    return {"path": str(path), "videos": sides}


def _size(clips: list[Clip]) -> Size:
    """Return the size of the larger one, within bounds: sharpness compares at one size alone."""
    shapes = [(clip.facts.width or 16, clip.facts.height or 9) for clip in clips]
    width, height = max(shapes, key=lambda shape: shape[0] * shape[1])
    return fitted(width, height, min(width, _LONGEST_SIDE), min(height, _LONGEST_SIDE))


def _as_high(clip: Clip, size: Size) -> Size:
    facts = clip.facts
    return fitted(facts.width or 16, facts.height or 9, _LONGEST_SIDE * 2, size[1])


def _side(entry: Entry, kind: Kind, clip: Clip, index: int, size: Size) -> dict[str, Value]:
    facts, sound = clip.facts, clip.facts.sound
    return {
        "id": entry.id,
        "index": index,
        "seconds": clip.moments[index],
        "sharpness": round(clip.sharpness(index, size), 2),
        "width": facts.width,
        "height": facts.height,
        "fps": facts.frames_per_second,
        "frames": facts.frames,
        "duration": facts.seconds,
        "codec": facts.coding,
        "bit_depth": facts.bit_depth,
        "bit_rate": facts.bits_per_second,
        "audio": sound.codec or None if sound else None,
        "bytes": facts.size,
        "fetched": clip.fetched,
        "tokens": _tokens(entry, kind),
    }


def _tokens(entry: Entry, kind: Kind) -> int | None:
    """Return the tokens of one of the two: making the original takes others than enlarging it."""
    usage = entry.upstream.usage
    return usage.completion_tokens if kind is Kind.ORIGINAL else entry.billed_tokens


def _tell(call: Invocation, record: dict[str, Value]) -> None:
    if call.json:
        show_json_line(record)
    elif record["path"]:
        print(record["path"], flush=True)
