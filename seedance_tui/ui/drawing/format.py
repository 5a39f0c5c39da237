"""Format text for the screen: cut and padded by cells, times, sizes, bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import category
from urllib.parse import urlsplit

from rich.cells import cell_len, get_character_cell_size, set_cell_size

from ...api.web_addresses import file_name
from ...core.text import units
from ...core.text.i18n import _
from ...core.text.sanitize import safe, steady
from ...core.text.units import bit_rate, exact, in_words, size
from .glyphs import glyphs

__all__ = [
    "bar",
    "bit_rate",
    "cut_end",
    "cut_head",
    "cut_middle",
    "date_and_clock",
    "exact",
    "first_lines",
    "fit",
    "going",
    "home",
    "hyperlink",
    "in_row",
    "in_words",
    "left",
    "moment",
    "nothing",
    "percent",
    "short_link",
    "size",
    "size_of",
    "span",
    "times",
    "wrap",
]

_MOST_CHARACTERS = 5
"""On one cell: a letter and the four marks that `safe` leaves on it; more of them are cut off."""


def span(seconds: float) -> str:
    """A span of time in its largest unit; read aloud, it does not count seconds."""
    return units.BELOW_A_MINUTE if glyphs().plain and seconds < 60 else units.span(seconds)


def left(seconds: float) -> str:
    """Time left in at most five cells; read aloud, it does not count seconds."""
    return units.BELOW_A_MINUTE if glyphs().plain and seconds < 60 else units.left(seconds)


def going(seconds: float) -> str:
    """A span that goes on, in its two largest units; read aloud, in one of them."""
    return span(seconds) if glyphs().plain else exact(seconds)


def hyperlink(words: str, url: str | None) -> str:
    """Let words open a link, if it is of the web and whole, and the terminal can."""
    if url is None or not glyphs().hyperlinks:
        return words
    from ._hyperlinks import linked  # loaded once there is a link

    return linked(words, url)


def _head(text: str, width: int) -> str:
    """Leave out what stands for sure beyond `width` cells: a long text takes long to measure."""
    return text[: _MOST_CHARACTERS * (width + 1)]


def in_row(text: str) -> str:
    """Text from outside for a row with columns, safe and as wide in every terminal."""
    return steady(text, glyphs().unsteady)


def fit(text: str, width: int, align: str = "left") -> str:
    """Cut or pad to exactly `width` cells."""
    text = _head(text, width)
    if (missing := width - cell_len(text)) >= 0:
        return " " * missing + text if align == "right" else text + " " * missing
    return set_cell_size(cut_end(text, width), width)


def cut_end(text: str, width: int) -> str:
    """Cut to at most `width` cells, an ellipsis last."""
    text = _head(text, width)
    if cell_len(text) <= width:
        return text
    ellipsis = glyphs().ellipsis[: max(0, width)]
    return set_cell_size(text, max(0, width - len(ellipsis))).rstrip() + ellipsis


def cut_head(text: str, width: int) -> str:
    """Cut the head off: of a path people look at the end."""
    ellipsis = glyphs().ellipsis
    start = len(text)
    if cell_len(text) <= width:
        return text
    while start and cell_len(text[start - 1 :]) <= width - len(ellipsis):
        start -= 1
    return ellipsis + text[start:]


def cut_middle(text: str, width: int, tail: int = 6) -> str:
    """Cut the middle out: people compare the tails of IDs."""
    ellipsis = glyphs().ellipsis
    if cell_len(_head(text, width)) <= width or width < tail + 1 + len(ellipsis):
        return cut_end(text, width)
    start = len(text)
    while start and cell_len(text[start - 1 :]) <= tail:
        start -= 1
    end = text[start:]
    room = width - cell_len(end) - len(ellipsis)
    return set_cell_size(_head(text, room), room).rstrip() + ellipsis + end


def wrap(text: str, width: int) -> Iterator[str]:
    """Break into lines of at most `width` cells, at a space where one is near the end."""
    for line in text.split("\n"):
        yield from _wrapped(line, max(2, width))


def first_lines(lines: Sequence[str], most: int, width: int) -> list[str]:
    """At most `most` of the lines; where there are more, the last one ends in an ellipsis.

    Lines of two or three cells have no room for one.
    """
    kept = list(lines[: max(0, most)])
    if kept and len(lines) > len(kept) and width > 3:
        kept[-1] = cut_end(kept[-1] + " " * width, width)
    return kept


def _wrapped(line: str, width: int) -> Iterator[str]:
    start = 0
    while (end := _full_at(line, start, width)) < len(line):
        space = line.rfind(" ", (start + end) // 2 + 1, end + 1)
        if space < 0:
            end -= _is_mark(line[end], "Po", "Pe") and end > start + 1
            end = _before_word(line, (start + end) // 2 + 1, end)
            end -= _is_mark(line[end - 1], "Ps") and end > start + 1
        yield line[start : space if space > 0 else end]
        start = space + 1 if space > 0 else end
    yield line[start:]


def _before_word(line: str, least: int, end: int) -> int:
    """The begin of the Latin word within Chinese that a break at `end` would cut, else `end`."""
    begin = end
    while begin > least and line[begin - 1 : begin + 1].isascii():
        begin -= 1
    return end if line[begin - 1].isascii() else begin


def _is_mark(character: str, *kinds: str) -> bool:
    """Whether it is a Chinese mark of these kinds; closing ones begin no line, others end none."""
    return get_character_cell_size(character) == 2 and category(character) in kinds


def _full_at(line: str, start: int, width: int) -> int:
    """The index at which `width` cells from `start` on are full."""
    used = 0
    for index in range(start, len(line)):
        used += get_character_cell_size(line[index])
        if used > width:
            return index
    return len(line)


def moment(at: float, now: float, *, utc: bool) -> str:
    """A moment on the clock, with its date where that is another day's than today's."""
    date, clock = date_and_clock(at, now, utc=utc)
    return f"{date} {clock}".lstrip()


def date_and_clock(at: float, now: float, *, utc: bool) -> tuple[str, str]:
    """The date of a moment, empty for today's, and its time: `11-28`, `08:15:06 UTC`."""
    zone = UTC if utc else None
    when, today = (datetime.fromtimestamp(t, UTC).astimezone(zone) for t in (at, now))
    date = ""
    if when.date() != today.date():
        date = when.strftime("%m-%d" if when.year == today.year else "%Y-%m-%d")
    return date, when.strftime("%H:%M:%S") + (" UTC" if utc else "")


def size_of(received: int, total: int | None) -> str:
    """How much of how much: `12.4 MB of 29.1 MB`."""
    return f"{size(received)} / {size(total)}" if total else size(received)


def bar(fraction: float | None, width: int) -> tuple[str, str]:
    """The full and the empty part of a bar; blank where the number alone is wanted."""
    full, empty = glyphs().bar
    cells = round((fraction or 0) * width)
    return (full or " ") * cells, (empty or " ") * (width - cells)


def nothing() -> str:
    """What stands where there is no value."""
    return glyphs().nothing or _("none")


def percent(fraction: float | None) -> str:
    """Progress in four cells; empty where nothing is known."""
    return "" if fraction is None else f"{fraction:.0%}"


def times(factor: float) -> str:
    """How many times as many: `2.25`, `4.0`, `12.3`, `1,200`."""
    if factor >= 100:
        return f"{factor:,.0f}"
    text = f"{factor:.3g}" if factor >= 0.01 else f"{factor:.2f}"
    return text if len(text) > 1 else f"{text}.0"


def home(path: Path) -> str:
    """A path as people write it, from their home on."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def short_link(url: str) -> str:
    """A link for people in at most 24 cells: how its host begins and how its file ends."""
    try:
        host = urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return cut_end(safe(url), 24)
    return cut_middle(safe(f"{host}/{file_name(url)}"), 24, 11)
