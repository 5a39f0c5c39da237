"""Turn the screen of a running app into an SVG and a PNG that look alike everywhere.

Textual exports an SVG by way of Rich, which leaves to luck where a character stands: a run of text
is stretched to as many cells as it has characters (a Chinese one takes two), and one glyph that
the font lacks pulls the whole run into another font. So its runs are read and written anew: ASCII
on its cells, every other character alone in the middle of its own, lines and blocks as shapes.
"""

from __future__ import annotations

import os
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

import resvg_py
from rich.cells import cell_len
from textual.app import App

WIDTH, HEIGHT, SIZE = 12, 24, 20
"""Pixels of a cell and of the font: whole ones, so that edges are sharp."""
BASELINE, MARGIN, TITLE_BAR = 18, 12, 36

_RICH_WIDTH, _RICH_HEIGHT, _RICH_SIZE = 12.2, 24.4, 20
_RULE = re.compile(r"-(r\d+) \{ (.*?);? \}")
_LIGATURE = re.compile(r"(?<=[^\w\s])(?=[^\w\s])")
"""Between two marks, such as `!!` and `//`: a font may have one glyph for both."""
_PIECES = re.compile(r"(?P<plain>[!-~]+(?: [!-~]+)*)|(?P<space>[ \xa0]+)|(?P<other>.)", re.DOTALL)

_LATIN = ("Fira Code", "Menlo", "Consolas", "DejaVu Sans Mono", "Liberation Mono")
_SYMBOLS = ("DejaVu Sans Mono", "Menlo", "Segoe UI Symbol", "Fira Code")
_CHINESE = ("Noto Sans Mono CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC")

_FONT_FILES = {
    "FiraCode-Regular.*": "Fira Code",
    "FiraCode-Bold.*": "Fira Code",
    "DejaVuSansMono.ttf": "DejaVu Sans Mono",
    "DejaVuSansMono-Bold.ttf": "DejaVu Sans Mono",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK",
    "NotoSansCJK-Bold.ttc": "Noto Sans CJK",
}
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/opt/homebrew/share/fonts",
    "/Library/Fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "%WINDIR%/Fonts",
    "%LOCALAPPDATA%/Microsoft/Windows/Fonts",
)

_SHAPES = {
    "─": (0, 12, WIDTH, 1),
    "━": (0, 11, WIDTH, 3),
    "╌": (2, 12, 8, 1),
    "│": (6, 0, 1, HEIGHT),
    "┃": (5, 0, 3, HEIGHT),
    "▀": (0, 0, WIDTH, HEIGHT // 2),
    "▐": (WIDTH // 2, 0, WIDTH // 2, HEIGHT),
    "▔": (0, 0, WIDTH, 3),
    "▕": (WIDTH - 2, 0, 2, HEIGHT),
    **{chr(0x2580 + n): (0, HEIGHT - 3 * n, WIDTH, 3 * n) for n in range(1, 9)},
    **{chr(0x2590 - n): (0, 0, round(WIDTH * n / 8), HEIGHT) for n in range(1, 8)},
}
"""Characters that fill their cell to the edge, as x, y, width, height in it."""


class FontsMissing(Exception):
    """A PNG cannot be drawn on this machine."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style, by the cell that it begins in."""

    column: int
    row: int
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Patch:
    """A background, by its first cell."""

    column: int
    row: int
    cells: int
    colour: str


def draw(app: App[None], path: Path) -> None:
    """Write the screen as it is now to `path`.svg and `path`.png; may raise FontsMissing."""
    svg = drawn(app)
    path.with_suffix(".svg").write_text(svg, encoding="utf-8")
    png = resvg_py.svg_to_bytes(svg_string=svg, font_files=find_fonts(), skip_system_fonts=True)
    path.with_suffix(".png").write_bytes(png)


def drawn(app: App[None]) -> str:
    """Return the screen as it is now as an SVG."""
    root = ET.fromstring(app.export_screenshot(simplify=True))
    rules = dict(_RULE.findall("".join(e.text or "" for e in root.iter() if _is(e, "style"))))
    patches = list(_patches(root))
    paper = _most(patches)
    return "\n".join(
        [
            *_head(app, rules, paper),
            *(_rectangle(patch) for patch in _joined(patches) if patch.colour != paper),
            *(piece for run in _runs(root) for piece in _written(run)),
            "</g>",
            "</svg>",
            "",
        ]
    )


@cache
def find_fonts() -> list[str]:
    """Return the font files that the PNG is drawn with, wherever this system keeps its fonts."""
    folders = [Path(os.path.expandvars(folder)).expanduser() for folder in _FONT_FOLDERS]
    found, missing = [], set()
    for pattern, name in _FONT_FILES.items():
        files = (file for folder in folders for file in sorted(folder.rglob(pattern)))
        if file := next(files, None):
            found.append(str(file))
        else:
            missing.add(name)
    if missing:
        names = ", ".join(sorted(missing))
        packages = "Debian: fonts-firacode, fonts-dejavu-core, fonts-noto-cjk"
        raise FontsMissing(f"not found in the system's font folders: {names} ({packages})")
    return found


def _patches(root: ET.Element) -> Iterator[Patch]:
    for element in root.iter():
        if _is(element, "rect") and element.get("shape-rendering"):
            x, y, width = (float(element.get(name, 0)) for name in ("x", "y", "width"))
            column, row = round(x / _RICH_WIDTH), round(y / _RICH_HEIGHT)
            yield Patch(column, row, round(width / _RICH_WIDTH), element.get("fill", ""))


def _runs(root: ET.Element) -> Iterator[Run]:
    for element in root.iter():
        style = element.get("class", "").rpartition("-")[2]
        if _is(element, "text") and re.fullmatch(r"r\d+", style):
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            column, row = round(x / _RICH_WIDTH), round((y - _RICH_SIZE) / _RICH_HEIGHT)
            yield Run(column, row, style, element.text or "")


def _is(element: ET.Element, name: str) -> bool:
    return element.tag == f"{{http://www.w3.org/2000/svg}}{name}"


def _most(patches: Sequence[Patch]) -> str:
    """Return the colour that covers most of the screen."""
    areas: Counter[str] = Counter()
    for patch in patches:
        areas[patch.colour] += patch.cells
    return areas.most_common(1)[0][0] if areas else "#000000"


def _joined(patches: Sequence[Patch]) -> Iterator[Patch]:
    """Make one of neighbours of one colour; they come row by row, from left to right."""
    for (row, colour), group in groupby(patches, lambda patch: (patch.row, patch.colour)):
        members = list(group)
        yield Patch(members[0].column, row, sum(patch.cells for patch in members), colour)


def _head(app: App[None], rules: dict[str, str], paper: str) -> Iterator[str]:
    columns, rows = app.size
    width = columns * WIDTH + 2 * MARGIN
    height = rows * HEIGHT + TITLE_BAR + MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
    )
    yield "<style>"
    yield f"text {{ font: {SIZE}px {_families(_LATIN)}; font-variant-ligatures: none }}"
    yield f".symbol {{ font-family: {_families(_SYMBOLS)}; text-anchor: middle }}"
    yield f".wide {{ font-family: {_families(_CHINESE)}; text-anchor: middle }}"
    yield from (f".{name} {{ {css} }}" for name, css in rules.items())
    yield "</style>"
    yield (
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" '
        f'fill="{paper}" stroke="#808080" stroke-opacity="0.5"/>'
    )
    yield (
        f'<text x="{width // 2}" y="24" font-size="16" fill="#808080" text-anchor="middle">'
        f"{escape(app.title)}</text>"
    )
    yield f'<g transform="translate({MARGIN} {TITLE_BAR})">'


def _families(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names) + ", monospace"


def _rectangle(patch: Patch) -> str:
    x, y, width = patch.column * WIDTH, patch.row * HEIGHT, patch.cells * WIDTH
    return f'<rect x="{x}" y="{y}" width="{width}" height="{HEIGHT}" fill="{patch.colour}"/>'


def _written(run: Run) -> Iterator[str]:
    """Write a run piece by piece, each on its cells."""
    column = run.column
    for match in _PIECES.finditer(run.text):
        text = match.group()
        x, y, cells = column * WIDTH, run.row * HEIGHT, cell_len(text)
        if match["plain"]:
            yield from _plain(x, y + BASELINE, run.style, text)
        elif text in _SHAPES:
            left, top, width, height = _SHAPES[text]
            yield (
                f'<rect x="{x + left}" y="{y + top}" width="{width}" height="{height}" '
                f'class="{run.style}"/>'
            )
        elif match["other"] and cells:
            kind = "wide" if cells > 1 else "symbol"
            yield _text(x + cells * WIDTH // 2, y + BASELINE, f"{kind} {run.style}", text)
        column += cells


def _plain(x: int, y: int, style: str, text: str) -> Iterator[str]:
    for piece in _LIGATURE.split(text):
        yield _text(x, y, style, piece, f' textLength="{len(piece) * WIDTH}"')
        x += len(piece) * WIDTH


def _text(x: int, y: int, style: str, text: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" class="{style}"{more}>{escape(text, quote=False)}</text>'
