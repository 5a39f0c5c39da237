"""Without box drawing: whatever screen is shown, no sign of the program is outside ASCII."""

import ast
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

import seedance_tui
from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.core.text.i18n import _
from seedance_tui.ui.drawing import glyphs
from seedance_tui.ui.drawing.glyphs import ASCII, PLAIN, UNICODE, Glyphs
from tests.textual_insides import drawn
from tests.ui.conftest import Monitor, Start

ROOMS = Path(seedance_tui.__file__).parent
WORDED = {"_", "N_", "pgettext", "plural", "Action"}
"""Calls whose texts are sentences, or labels that become some."""
OUTSIDE = {"terminal", "glyphs.py"}
"""What is not drawn on the screen, and where the signs stand."""
TYPED = {"，", "、", "；", "？"}
"""What is only read."""
WALK = (
    ("tab", "j"),
    ("m",),
    ("slash", "a", "enter"),
    ("escape", "escape", "tab", "m"),
    ("escape", "slash", "x"),
    ("escape", "space", "n", "g"),
    ("escape", "escape", "d", "a", "x"),
    ("escape", "e"),
    ("escape", "Y"),
    ("l",),
    ("escape", "D"),
    ("escape", "s"),
    ("escape", "w"),
    ("escape", "g", "v"),
    ("escape", "question_mark"),
    ("escape", "colon", "o"),
    ("escape", "z"),
)
"""Keys by which one comes to every screen."""
DIALOGS = {
    *("AddScreen", "EditScreen", "CopyScreen", "LinkScreen", "DownloadScreen", "SortScreen"),
    *("DownloadsScreen", "CompareScreen", "HelpScreen", "Palette"),
}


@pytest.fixture(autouse=True)
def _the_usual_signs_afterwards() -> Iterator[None]:
    yield
    glyphs.choose(ScreenSettings())


def on_screen(monitor: Monitor) -> str:
    return "\n".join(strip.text for strip in drawn(monitor.app))


def from_outside(monitor: Monitor) -> set[str]:
    entries = monitor.session.store.entries
    answers = [json.dumps(e.task.raw, ensure_ascii=False) for e in entries if e.task]
    return set("".join([*answers, *(entry.watched.label for entry in entries)]))


@pytest.mark.parametrize(("size", "plain"), [((120, 40), False), ((40, 12), True)])
async def test_no_screen_has_a_sign_outside_ascii(
    start: Start, config: Config, size: tuple[int, int], plain: bool
) -> None:
    screen = ScreenSettings(ascii=not plain, plain=plain)
    async with start(size, settings=replace(config, screen=screen)) as monitor:
        seen = set()
        for keys in ((), *WALK):
            await monitor.press(*keys)
            seen.add(type(monitor.app.screen).__name__)
            odd = {c for c in on_screen(monitor) if not c.isascii()} - from_outside(monitor)
            assert not odd, (keys, on_screen(monitor))
        assert seen > DIALOGS


@pytest.mark.parametrize("signs", [ASCII, PLAIN])
def test_the_signs_themselves_are_ascii(signs: Glyphs) -> None:
    for field in fields(Glyphs):
        value = getattr(signs, field.name)
        texts = value.values() if isinstance(value, dict) else [value]
        assert all(str(text).isascii() for text in texts), field.name


def test_a_cut_text_fills_its_width_whatever_stands_for_the_rest() -> None:
    from seedance_tui.ui.drawing import format as fmt

    for signs in (UNICODE, ASCII, PLAIN):
        glyphs.choose(ScreenSettings(ascii=signs is ASCII, plain=signs is PLAIN))
        for width in range(30):
            assert len(fmt.cut_end("a" * 40, width)) == width
            assert len(fmt.cut_middle("asyntask_0123456789abcdefghij", width)) <= width


def test_sentences_are_spelt_without_signs_and_what_they_quote_is_not() -> None:
    glyphs.choose(ScreenSettings(ascii=True))
    assert _("{what} · u: undo").format(what="a · b…") == "a · b… | u: undo"
    glyphs.choose(ScreenSettings())
    assert _("Refreshing…") == "Refreshing…"


def odd_texts(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Texts that are not ASCII: their line, what they say, whether they are worded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    worded = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in WORDED
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if not node.value.isascii() and node not in explained:
            yield node.lineno, node.value, node in worded


def test_every_sign_comes_from_the_one_place_for_signs() -> None:
    glyphs.choose(ScreenSettings(ascii=True))
    for path in sorted((ROOMS / "ui").rglob("*.py")):
        if OUTSIDE & set(path.relative_to(ROOMS / "ui").parts):
            continue
        for line, text, is_worded in odd_texts(path):
            is_spelt = is_worded and _(text).isascii()
            assert is_spelt or text in TYPED, f"{path.name}:{line}: {text!r}"
