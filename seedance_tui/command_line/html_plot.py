"""Bars by day, as SVG inside a page of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from html import escape

WIDTH, HEIGHT = 640, 150
_LEFT, _TOP, _BOTTOM = 4, 22, 20
_MOST_DAYS = 92
_LABELS = 6
_HALF_LABEL = 16


def plot(title: str, values: Mapping[str, int]) -> Iterator[str]:
    """Yield a figure of `values` by day (ISO 8601), days without any between them too."""
    days = _days(values)
    if not days:
        return
    most = max(max(values.get(day, 0) for day in days), 1)
    total = sum(values.get(day, 0) for day in days)
    yield f"<figure><figcaption>{escape(title)} <b>{total:,}</b></figcaption>"
    yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
    yield from _rule(_TOP, f"{most:,}")
    yield from _rule(HEIGHT - _BOTTOM, "")
    yield from _bars(days, values, most)
    yield "</svg></figure>"


def _days(values: Mapping[str, int]) -> list[str]:
    """Return every day from the first to the last one, of a long time the last days."""
    known = sorted(day for day in values if _is_day(day))
    if not known:
        return []
    first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
    count = min((last - first).days + 1, _MOST_DAYS)
    return [(last - timedelta(days=count - 1 - n)).isoformat() for n in range(count)]


def _bars(days: Sequence[str], values: Mapping[str, int], most: int) -> Iterator[str]:
    step = (WIDTH - 2 * _LEFT) / max(len(days), 8)
    every = max(1, -(-len(days) // _LABELS))
    for number, day in enumerate(days):
        value = values.get(day, 0)
        height = (HEIGHT - _TOP - _BOTTOM) * value / most
        left, top = _LEFT + number * step, HEIGHT - _BOTTOM - height
        if value:
            yield (
                f'<rect x="{left + step * 0.1:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}"'
                f' height="{height:.1f}" rx="1.5"><title>{day}: {value:,}</title></rect>'
            )
        if number % every == 0:
            middle = min(max(left + step / 2, _HALF_LABEL), WIDTH - _HALF_LABEL)
            place = f'x="{middle:.1f}" y="{HEIGHT - 5}" text-anchor="middle"'
            yield f"<text {place}>{day[5:]}</text>"


def _rule(y: float, text: str) -> Iterator[str]:
    yield f'<line x1="{_LEFT}" x2="{WIDTH - _LEFT}" y1="{y}" y2="{y}"/>'
    if text:
        yield f'<text x="{_LEFT}" y="{y - 6}">{escape(text)}</text>'


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
