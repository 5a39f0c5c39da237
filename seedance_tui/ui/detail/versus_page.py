"""The comparison of original and super-resolved: a verdict in numbers, and a table of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rich.cells import cell_len

from ...api.links import Kind
from ...api.upstream import Upstream
from ...core.media.facts import NO_SOUND, Sound, VideoFacts
from ...core.model.entry import Entry
from ...core.model.file_states import FileState, Saved, Unfinished
from ...core.text.i18n import _, pgettext
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line
from . import side_by_side
from ._values import ratio
from .page import PageContext, paragraph
from .side_by_side import PAIR, Row, Table, cell, numbers

Facts = Mapping[Kind, VideoFacts]
"""What the files that are saved say of themselves."""

_WIDE, _LEAST_FACTOR, _MOST_FACTOR = 60, 6, 10
_MOST_COLUMN = 40
_NOTHING = VideoFacts(0)
_USUAL_DEPTH = 8
_CODECS = {
    **dict.fromkeys(("avc1", "avc3"), "H.264"),
    **dict.fromkeys(("hvc1", "hev1"), "H.265"),
    "av01": "AV1",
    "vp09": "VP9",
    **dict.fromkeys(("apch", "apcn", "apcs", "apco", "ap4h", "ap4x"), "ProRes"),
}


def versus_page(entry: Entry, facts: Facts, view: PageContext) -> list[Line]:
    """Return the whole page: name, verdict, table, and how to know what is not known."""
    name = fmt.cut_middle(fmt.in_row(entry.name), view.width - 2)
    lines: list[Line] = [((" " + name, "strong"),)]
    lines += paragraph(verdict(entry, facts), "bright", view.width, 4)
    lines += [] if view.compact else [()]
    lines += facts_table(entry, facts, view)
    if hint := _hint(entry, facts):
        lines += [] if view.compact else [()]
        lines += paragraph(hint, "dim", view.width, 3)
    return lines


def facts_table(entry: Entry, facts: Facts, view: PageContext) -> list[Line]:
    """Return the table alone."""
    return list(_table(entry, facts, view).lines())


def verdict(entry: Entry, facts: Facts) -> str:
    """Return the verdict: tokens spent against pixels and bytes gained, as far as known."""
    return _verdict(entry, _gain(facts))


def verdicts(entry: Entry, facts: Facts) -> tuple[str, str]:
    """Return the verdict, and a shorter one without the bytes."""
    without = {kind: replace(one, size=0) for kind, one in facts.items()}
    return verdict(entry, facts), _verdict(entry, _gain(without))


def _verdict(entry: Entry, gain: str) -> str:
    usage = _upstream(entry).usage
    cost = ratio(usage.completion_tokens, usage.super_resolution_tokens)
    parts = [_("{n}× tokens").format(n=fmt.times(cost))] if cost else []
    parts += [gain] if gain else []
    if len(parts) == 2:
        return _("{cost} for {gain}").format(cost=parts[0], gain=parts[1])
    return parts[0] if parts else _("Nothing to compare yet.")


def _gain(facts: Facts) -> str:
    """What the result has more of; empty where that is not known."""
    few, many = _of_both(facts)
    if few.size and few == many:
        return _("the same file")
    pixels, size = ratio(few.pixels, many.pixels), ratio(few.size, many.size)
    gains = [_("{n}× pixels").format(n=fmt.times(pixels))] if pixels else []
    gains += [_("{n}× file size").format(n=fmt.times(size))] if size else []
    if len(gains) == 2:
        return _("{one} and {other}").format(one=gains[0], other=gains[1])
    return gains[0] if gains else ""


def _table(entry: Entry, facts: Facts, view: PageContext) -> Table:
    is_wide = view.width >= _WIDE
    factor = _MOST_FACTOR if is_wide else _LEAST_FACTOR
    measured = (_pixels(facts), *_measured(facts))
    names = (*(row.name for row in measured), _("Resolution"), _("Time left"))
    label = max(map(cell_len, names)) + (2 if is_wide else 1)
    column = max(2, min(_MOST_COLUMN, (view.width - 1 - label - factor) // 2))
    result = _("Super-resolved")
    heads = _("Original"), result if cell_len(result) < column else _("Result")
    rows = (
        side_by_side.resolution(_upstream(entry)),
        *measured,
        side_by_side.tokens(_upstream(entry).usage),
        side_by_side.links(entry, column - 1),
        side_by_side.time_left(entry, view.now),
        side_by_side.files(entry, view.now, column - 1),
        _folders(entry, column - 1),
    )
    return Table(rows, heads, label, column, factor)


def _pixels(facts: Facts) -> Row:
    few, many = _of_both(facts)
    original, result = (
        cell(f"{one.width}{glyphs().times}{one.height}" if one.pixels else None)
        for one in (few, many)
    )
    return Row(_("Pixels"), original, result, ratio(few.pixels, many.pixels))


def _measured(facts: Facts) -> Iterator[Row]:
    """What is read of the files beside the pixels."""
    few, many = _of_both(facts)
    yield numbers(_("Size"), few.size or None, many.size or None, fmt.size)
    yield numbers(_("Bit rate"), few.bits_per_second, many.bits_per_second, fmt.bit_rate)
    yield numbers(pgettext("field", "Duration"), few.seconds, many.seconds, _duration)
    fps = pgettext("field", "FPS")
    yield numbers(fps, few.frames_per_second, many.frames_per_second, "{:.4g}".format)
    original, result = (cell(_coding(one)) for one in (few, many))
    yield Row(_("Codec"), original, result)
    original, result = (cell(_sound(one.sound)) for one in (few, many))
    yield Row(_("Sound"), original, result)


def _folders(entry: Entry, width: int) -> Row:
    """Where the files are; their names stand above."""
    original, result = (cell(_folder(entry.file(kind), width)) for kind in PAIR)
    return Row(_("Folder"), original, result)


def _folder(state: FileState | None, width: int) -> str:
    if not isinstance(state, Saved):
        return ""
    return fmt.cut_middle(safe(fmt.home(state.path.parent)), width, width * 2 // 3)


def _hint(entry: Entry, facts: Facts) -> str:
    """Say how to know what is not known; empty where all is."""
    states = [entry.file(kind) for kind in PAIR]
    if any(isinstance(state, Unfinished) for state in states):
        return _("Each file is analyzed once it is downloaded.")
    if not all(isinstance(state, Saved) for state in states):
        return _("Press d to download both and compare them.")
    if all(kind in facts for kind in PAIR) and not all(one.pixels for one in _of_both(facts)):
        return _("An empty column means the file is not a readable video.")
    return ""


def _of_both(facts: Facts) -> tuple[VideoFacts, VideoFacts]:
    return facts.get(Kind.ORIGINAL, _NOTHING), facts.get(Kind.RESULT, _NOTHING)


def _upstream(entry: Entry) -> Upstream:
    return entry.task.upstream if entry.task else Upstream()


def _duration(seconds: float) -> str:
    return fmt.in_words(f"{seconds:.3g} s" if seconds < 100 else fmt.exact(seconds))


def in_short(facts: VideoFacts) -> str:
    """Write pixels, coding and frames a second of one video: `1280×720 H.264 24 fps`."""
    pixels = f"{facts.width}{glyphs().times}{facts.height}" if facts.pixels else ""
    rate = facts.frames_per_second
    fps = _("{n} fps").format(n=f"{rate:.4g}") if rate else ""
    return " ".join(part for part in (pixels, _coding(facts), fps) if part)


def _coding(facts: VideoFacts) -> str:
    """The coding, and what of the pictures is more than usual: `H.265 10 bit HDR PQ`."""
    if not facts.codec:
        return ""
    depth = facts.bit_depth or _USUAL_DEPTH
    deeper = _("{n} bit").format(n=depth) if depth > _USUAL_DEPTH else ""
    name = _CODECS.get(facts.codec, safe(facts.codec))
    return " ".join(part for part in (name, deeper, facts.hdr or "") if part)


def _sound(sound: Sound | None) -> str:
    if sound is None:
        return ""
    if sound == NO_SOUND:
        return pgettext("sound", "none")
    name = safe(sound.codec)
    return _("{codec} {n} ch").format(codec=name, n=sound.channels) if sound.channels else name
