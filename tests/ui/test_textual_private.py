"""What Textual does not promise stands in three modules, and does what it is there for."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver
from textual.filter import NoColor
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Input, TextArea
from textual.widgets.option_list import Option

import seedance_tui.ui
from seedance_tui.ui import textual_private
from seedance_tui.ui.textual_private import CalmPalette, QuietApp

UI = Path(seedance_tui.ui.__file__).parent
OURS = ("textual_private.py", "textual_driver.py", "textual_updates.py")
BASES = (App, Screen, ScrollView, CommandPalette, Input, TextArea, Driver)


def private_names() -> set[str]:
    """The private attributes and methods of what the program builds on."""
    names: set[str] = set()
    for base in {base for one in BASES for base in one.__mro__ if base is not object}:
        names |= {name for name in vars(base) if re.match("_[a-z]", name)}
        names |= set(re.findall(r"self\.(_[a-z]\w+)", inspect.getsource(base)))
    return names


def used(path: Path) -> set[str]:
    """The private names that a module reads, defines or imports, but those it has itself set."""
    found: set[str] = set()
    own: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) != "os":
            (own if isinstance(node.ctx, ast.Store) else found).add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            own.add(node.name)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            found |= {alias.name for alias in node.names}
    return {name for name in found - own if re.match("_[a-z]", name)}


def test_no_other_module_uses_a_private_name_of_textual() -> None:
    names = private_names()
    others = (path for path in UI.rglob("*.py") if path.name not in OURS)
    assert {(path.name, name) for path in others for name in used(path) & names} == set()


class Broken(QuietApp):
    told = False

    def on_mount(self) -> None:
        raise ZeroDivisionError("of ours")

    def on_crash(self) -> None:
        self.told = True


async def test_the_first_error_ends_the_program_and_is_kept() -> None:
    app = Broken()
    with pytest.raises(ZeroDivisionError):
        async with app.run_test():
            pass
    assert app.told
    assert isinstance(app.crash, ZeroDivisionError)
    assert app.return_code == 1


class Page(QuietApp):
    CSS = "ScrollView > .part--loud { text-style: bold; }"
    BINDINGS = [Binding("a", "one", "One", id="one"), Binding("b", "two", "Two", id="two")]

    def compose(self) -> ComposeResult:
        yield ScrollView()

    def action_one(self) -> None:
        """Do nothing."""


async def test_the_keys_of_the_keymap_are_those_in_force() -> None:
    app = Page()
    async with app.run_test():
        app.set_keymap({"one": "x"})
        bound = [(binding.id, binding.key) for binding in textual_private.bindings_of(app)]
    assert [one for one in bound if one[0] in ("one", "two")] == [("one", "x"), ("two", "b")]


async def test_a_style_of_a_part_is_that_of_the_style_sheet() -> None:
    app = Page()
    async with app.run_test():
        style = textual_private.style_of(app.query_one(ScrollView), "part--loud")
        assert isinstance(style, Style)
        assert style.bold
        assert not textual_private.style_of(app.query_one(ScrollView), "part--calm").bold


async def test_the_size_of_the_content_is_that_of_the_scroll_bars() -> None:
    app = Page()
    async with app.run_test(size=(20, 5)):
        view = app.query_one(ScrollView)
        textual_private.set_virtual_size(view, Size(10, 50))
        assert view.max_scroll_y == 45


async def test_the_filters_of_the_colours_can_be_others() -> None:
    app = Page()
    async with app.run_test():
        app.filters = [NoColor()]
        assert [type(one) for one in app.filters] == [NoColor]


def test_a_character_has_the_name_that_textual_gives_its_key() -> None:
    assert textual_private.key_of("/") == "slash"
    assert textual_private.key_of("a") == "a"


async def test_the_palette_says_in_our_words_that_nothing_was_found() -> None:
    app = Page()
    async with app.run_test() as pilot:
        palette = CalmPalette(providers=[])
        app.push_screen(palette)
        await pilot.pause()
        palette._action_command_list("page_down")
        palette._say_no_matches("nowhere")
        options = palette.query_one("CommandList")
        assert isinstance(options.get_option_at_index(0), Option)  # type: ignore[attr-defined]
