"""A contact sheet as files: a picture, and a page with the names below the pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from ....core.media.images import contact_sheet, png_bytes, write_png
from ....core.media.picture import Picture
from ....core.storage.atomic import write_whole

_CSS = """
body {{ background: #111; color: #ddd; font: 14px sans-serif; }}
main {{ display: grid; grid-template-columns: repeat({columns}, max-content); gap: 16px; }}
figure {{ margin: 0; }}
figcaption {{ max-width: 200px; overflow-wrap: anywhere; }}
"""


class Labelled(NamedTuple):
    """A picture and what is written below it."""

    picture: Picture
    name: str


def write_sheet(path: Path, title: str, pictures: Sequence[Labelled], columns: int) -> None:
    """Write `path`, a PNG file, and a page beside it; blocks, and may raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_png(path, contact_sheet([one.picture for one in pictures], columns))
    page = _page(title, pictures, columns)
    write_whole(path.with_suffix(".html"), page.encode("utf-8", "replace"), 0o644)


def _page(title: str, pictures: Sequence[Labelled], columns: int) -> str:
    """The page as HTML, in which names are text; the pictures are in it."""
    html = Element("html")
    head, body = SubElement(html, "head"), SubElement(html, "body")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = title
    SubElement(head, "style").text = _CSS.format(columns=columns)
    main = SubElement(body, "main")
    for picture, name in pictures:
        data = b64encode(png_bytes(picture)).decode("ascii")
        figure = SubElement(main, "figure")
        SubElement(figure, "img", alt="", src=f"data:image/png;base64,{data}")
        SubElement(figure, "figcaption").text = name
    return "<!DOCTYPE HTML>" + tostring(html, encoding="unicode", method="html")
