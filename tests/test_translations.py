"""The Chinese catalogue says everything that the program says, and nothing else."""

import ast
import gettext
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOL = runpy.run_path(str(ROOT / "tests" / "translations.py"))
CATALOGUE = TOOL["read"]()
MESSAGES = [message for message in CATALOGUE if message.id]
LEFT = {message.id for message in TOOL["left"](CATALOGUE)}
TRANSLATED = [message for message in MESSAGES if message.id not in LEFT]
HOW = "run: python tests/translations.py"

SENTENCE = re.compile(r"[A-Za-z]{2,}[a-z],? [a-z]{2,}")
SQL = re.compile(r"\s*[A-Z]{4,} ")
CODE = re.compile(r"[<(][a-z!]")
"""Markup, or a command in a shell's parentheses."""
MARKED = {*TOOL["CALLS"], *TOOL["api_errors"](), "plural", "pgettext", "FieldSpec", "Binding"}
"""Calls whose texts are translated, or, as the label of a key without a place, never shown."""
MARKED |= {"any_of", "alternatives", "re.compile"}
"""Calls whose texts are patterns of what services say."""
UNSAID = {
    *("not started", "not found", "to be saved", "not saved", "last frame", "when saved"),
    *("real person", "rate limit", "internal error", "sensitive content detected"),
    *("input text", "input image", "input video", "input audio", "output video", "output audio"),
    *(
        'false, true, "result", "both"',
        "watch list",
        "not bold",
        "no key: ",
        " is no choice",
        "pip install 'seedance-tui[preview]'",
        "img-src data:",
    ),
}
"""Names of values, which are translated where they are shown, if they are shown at all."""


def test_every_text_of_the_sources_is_in_the_catalogue_and_no_other() -> None:
    said = {(m.context, m.id) for m in TOOL["template"]() if m.id}
    known = {(m.context, m.id) for m in MESSAGES}
    assert said == known, HOW


def test_every_text_is_translated_and_none_is_only_guessed() -> None:
    assert not LEFT, HOW


def test_the_compiled_catalogue_is_the_one_that_is_written() -> None:
    with TOOL["MO"].open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in TRANSLATED:
        one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
        if many:
            assert compiled.ngettext(one, many, 1) == compiled.ngettext(one, many, 2)
            assert compiled.ngettext(one, many, 2) == message.string[0], HOW
        elif message.context:
            assert compiled.pgettext(message.context, one) == message.string, HOW
        else:
            assert compiled.gettext(one) == message.string, HOW
    assert len(vars(compiled)["_catalog"]) == len(TRANSLATED) + 1, HOW


def test_a_space_stands_between_chinese_and_latin() -> None:
    for message in TRANSLATED:
        said = message.string if isinstance(message.string, str) else message.string[0]
        assert not re.search(r"[A-Za-z0-9][一-鿿]|[一-鿿][A-Za-z0-9]", said), said


def test_a_translation_has_the_fields_and_the_lines_of_its_text() -> None:
    for message in TRANSLATED:
        said, translated = message.id, message.string
        if isinstance(said, tuple):
            said, translated = said[1], translated[0]
        assert TOOL["fields"](said) == TOOL["fields"](translated), said
        assert said.count("\n") == translated.count("\n"), said


STYLE = re.compile("CSS|SCRIPT")
"""In the names of what a browser or a shell reads."""


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    """Texts that read like sentences and are marked by nobody, each with its place."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    marked = {inner for node in nodes if is_marked(node) for inner in ast.walk(node)}
    explained = {node.value for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        text = node.value
        if CODE.match(text):
            continue
        if SENTENCE.search(text) and node not in marked | explained and not SQL.match(text):
            yield text, f"{path.name}:{node.lineno}"


def is_marked(node: ast.AST) -> bool:
    """Whether its texts are translated, or are no sentences: logs, asserts, styles, examples."""
    if isinstance(node, ast.FunctionDef) and node.name == "examples":
        return True  # command lines are the same in every language
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        return called in MARKED or called.startswith("_log.")
    is_style = isinstance(node, ast.Assign) and STYLE.search(ast.unparse(node.targets[0]))
    return bool(is_style) or isinstance(node, ast.Assert)


def test_no_sentence_is_left_unmarked() -> None:
    rooms = [
        ROOT / "seedance_tui" / room
        for room in ("core", "ui", "commands", "command_line", "cli.py", "monitor.py")
    ]
    paths = [path for room in rooms for path in sorted(room.rglob("*.py")) or [room]]
    found = dict(sentence for path in paths for sentence in sentences(path))
    assert not {text: place for text, place in found.items() if text not in UNSAID}
