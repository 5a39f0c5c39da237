"""Turn a running screen into an SVG that looks right everywhere, and into a PNG."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import resvg_py
from rich.cells import cell_len
from textual.app import App

_TEXT = re.compile(r'(<text [^>]*?)textLength="([\d.]+)"([^>]*>)([^<]*)(</text>)')
_FONTS = [
    "/usr/share/fonts/truetype/firacode/FiraCode-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
]


def draw(app: App[None], path: Path) -> None:
    """Write the screen as it is now to `path`.svg and `path`.png."""
    svg = _mended(app.export_screenshot())
    path.with_suffix(".svg").write_text(svg, encoding="utf-8")
    fonts = [font for font in _FONTS if Path(font).exists()]
    png = resvg_py.svg_to_bytes(svg_string=svg, font_files=fonts, zoom=1)
    path.with_suffix(".png").write_bytes(bytes(png))


def _mended(svg: str) -> str:
    """Give wide characters the room of two cells: Rich counts characters (rich/console.py)."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace(
        "font-family: Fira Code, monospace",
        'font-family: "Fira Code", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
    )
    return _TEXT.sub(_by_cells, svg)


def _by_cells(match: re.Match[str]) -> str:
    before, length, after, text, end = match.groups()
    characters = unescape(text)
    if not characters or cell_len(characters) == len(characters):
        return match.group()
    cell = float(length) / len(characters)
    return f'{before}textLength="{cell * cell_len(characters):.1f}"{after}{text}{end}'
