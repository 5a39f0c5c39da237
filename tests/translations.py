"""Keep the Chinese catalogue in step with the sources; run by hand after texts have changed.

`python tests/translations.py` collects the texts of the program, brings the `.po` file up to
date (translations are kept, those of a text that was reworded are marked fuzzy), compiles the
`.mo` file and names every entry that is left to translate.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "seedance_tui"
PO = SOURCES / "locale" / "zh" / "LC_MESSAGES" / "seedance_tui.po"
MO = PO.with_suffix(".mo")

CALLS: dict[str, tuple[int | str, ...]] = {
    "_": (0,),
    "N_": (0,),
    "Action": (3, 4, "help", "label_in_archive"),
    "ok": (0,),
    "warn": (0,),
    "fail": (0,),
}
"""Which arguments of a call are texts: each is a message of its own."""
LABEL, API = "field", "api"
"""The contexts of the catalogue: labels of an answer's fields, and the words of `api` itself."""
_FIELD = re.compile(r"\{[^{}]*\}|%(?:\(\w+\))?[a-z]")


class Text(NamedTuple):
    """A text of the sources, `many` for counts, and where it stands."""

    one: str
    many: str
    context: str | None
    file: str


def sources() -> Iterator[Text]:
    """Every text that the program says, from all its modules."""
    errors = api_errors()
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("seedance_tui/demo/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _texts(ast.unparse(node.func), node, name, errors)


def _texts(of: str, call: ast.Call, file: str, errors: set[str]) -> Iterator[Text]:
    if of == "plural":
        one, many = (_literal(argument) for argument in call.args[:2])
        yield Text(one, many, None, file)
    elif of == "pgettext" and isinstance(call.args[1], ast.Constant):
        yield Text(_literal(call.args[1]), "", _literal(call.args[0]), file)
    elif of == "FieldSpec":
        yield Text(_literal(call.args[1]), "", LABEL, file)
    elif of in errors or (of == "super().__init__" and file.endswith("api/errors.py")):
        yield from (Text(text, "", API, file) for text in _literals(call, (0,)))
    else:
        yield from (Text(text, "", None, file) for text in _literals(call, CALLS.get(of, ())))


def _literals(call: ast.Call, places: tuple[int | str, ...]) -> Iterator[str]:
    arguments: dict[int | str | None, ast.expr] = dict(enumerate(call.args))
    arguments |= {keyword.arg: keyword.value for keyword in call.keywords}
    for place in places:
        if place in arguments:
            yield from filter(None, _constants(arguments[place]))


def _constants(node: ast.expr) -> Iterator[str]:
    """The text that an argument is, or each of those that it may be."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*_constants(one), *_constants(other))
        case ast.BoolOp(values=several):
            for one in several:
                yield from _constants(one)


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError(f"write the text where it is marked: {ast.unparse(node)}")


def api_errors() -> set[str]:
    """What is called with the words of `api`."""
    tree = ast.parse((SOURCES / "api" / "errors.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def template() -> Catalog:
    """Every text, without translations."""
    catalog = Catalog(locale="zh")
    for text in sources():
        message = (text.one, text.many) if text.many else text.one
        catalog.add(message, locations=[(text.file, 0)], context=text.context)
    return catalog


def read() -> Catalog:
    """The catalogue as it is written."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def fields(text: str) -> Counter[str]:
    """What is put into a text, `{name}` and `%(name)s`, and how often."""
    return Counter(_FIELD.findall(text))


def left(catalog: Catalog) -> list[Message]:
    """Entries that have no translation, or one that is only guessed."""
    return [m for m in catalog if m.id and (m.fuzzy or not all(_strings(m)))]


def _strings(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def update() -> int:
    """Bring both files up to date; return how many entries are left to translate."""
    catalog = read() if PO.exists() else Catalog(locale="zh", fuzzy=False)
    born = catalog.creation_date
    catalog.update(template())
    catalog.header_comment = "# Simplified Chinese for seedance-tui: see tests/translations.py."
    catalog.project, catalog.creation_date = "seedance-tui", born
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = ""
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _line in message.locations})
    with PO.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    with MO.open("wb") as file:
        write_mo(file, catalog)
    missing = left(catalog)
    for message in missing:
        print("fuzzy:" if message.fuzzy else "to translate:", repr(message.id))
    return len(missing)


if __name__ == "__main__":
    sys.exit(1 if update() else 0)
