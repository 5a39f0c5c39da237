"""Colours: every one of them can be read, and the theme that was chosen comes back."""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

import pytest
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.filter import Monochrome, NoColor
from textual.theme import Theme
from textual.widgets import Input, OptionList

from seedance_tui.core.config import Config
from seedance_tui.core.settings.choices import Choices
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.ui.appearance import Appearance
from seedance_tui.ui.drawing.themes import (
    OF_A_LIGHT_TERMINAL,
    OF_EITHER_TERMINAL,
    OF_THE_TERMINAL,
    OWN,
    FoundTheme,
    find_theme,
)
from seedance_tui.ui.messages import BackgroundTold
from seedance_tui.ui.widgets.lines import Lines
from seedance_tui.ui.widgets.task_detail import TaskDetail
from tests.textual_insides import drawn, is_all_drawn
from tests.ui.conftest import Monitor, Start

NAMES_OF_OWN = [theme.name for theme in OWN]
NAMES = ("nord", "dracula", *NAMES_OF_OWN)
ROLES = {*re.findall(r"\.lines--([a-z-]+)", Lines.DEFAULT_CSS)} - {"cursor"}
XTERM = ("green", "red", "yellow", "blue", "magenta", "cyan", "bright_cyan", "bright_red")
XTERM_RGB = ("#00cd00", "#cd0000", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#0ff", "#f00")
TEXT, DECORATION = 4.5, 3.0
"""The least contrast that WCAG 2.2 asks for, of text and of what is no text."""


def asked_for(theme: str) -> ScreenSettings:
    return ScreenSettings(theme=theme, places={"theme": "config.toml line 3: theme"})


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    shares = (part / 255 for part in color.rgb)
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(style: Style) -> float:
    assert style.color
    assert style.bgcolor
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#fff")) == pytest.approx(4.48, abs=0.01)


async def in_each(monitor: Monitor, themes: Iterable[str]) -> AsyncIterator[str]:
    """Give the monitor one theme after the other."""
    for theme in themes:
        monitor.app.theme = theme
        await monitor.settled()
        yield theme


async def test_every_role_can_be_read_under_the_cursor_too(start: Start) -> None:
    async with start() as monitor:
        detail = monitor.screen.query_one(TaskDetail)
        async for theme in in_each(monitor, NAMES_OF_OWN):
            for role in ROLES:
                least = DECORATION if role == "rule" else TEXT
                for lit in (False, True):
                    assert ratio(detail._span_style(role, lit=lit)) >= least, (theme, role, lit)
            for found in ("found", "found-here"):
                assert ratio(detail._style(found)) >= TEXT, (theme, found)
            above, below = (detail._span_style("normal", lit=lit).bgcolor for lit in (True, False))
            assert above != below, theme


async def test_the_menus_and_the_fields_of_a_dialog_can_be_read_and_stand_out_from_it(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("Y", "down")
        menu = monitor.app.screen.query_one(OptionList)
        async for theme in in_each(monitor, NAMES_OF_OWN):
            highlighted = menu.get_visual_style("option-list--option-highlighted").rich_style
            for style in (menu.rich_style, highlighted):
                assert ratio(style) >= TEXT, theme
        for key in ("a", "e"):
            await monitor.press("escape", key)
            fields = [*monitor.app.screen.query(Input)]
            async for theme in in_each(monitor, NAMES_OF_OWN):
                for hint in monitor.app.screen.query("#hint, #counts"):
                    assert ratio(hint.rich_style) >= TEXT, (theme, key)
                for field in fields:
                    field.focus()
                    await monitor.settled()
                    assert_stands_out(field, fields)


def assert_stands_out(field: Input, fields: list[Input]) -> None:
    """Whether a field that is typed into is seen as one, like those beside it."""
    dialog = field.parent
    assert dialog
    theme = field.app.theme
    assert field.background_colors[1] != dialog.background_colors[1], theme
    assert {one.background_colors[1] for one in fields} == {field.background_colors[1]}, theme
    assert ratio(field.get_component_rich_style("input--placeholder")) >= TEXT, theme


async def test_without_shades_of_its_own_the_cursor_is_reversed(start: Start) -> None:
    async with start() as monitor:
        tasks, detail = monitor.list, monitor.screen.query_one(TaskDetail)
        async for theme in in_each(monitor, ("ansi-dark", "ansi-light")):
            for role in ROLES:
                assert tasks._span_style(role, lit=True).reverse, (theme, role)
                assert not tasks._span_style(role, lit=False).reverse, (theme, role)
            assert tasks._span_style("dim", lit=False).dim, theme
            assert detail._style("found").underline, theme
            assert detail._style("found-here").reverse, theme


async def test_without_shades_a_dialog_leaves_the_list_in_sight_and_shows_where_one_types(
    start: Start, config: Config
) -> None:
    screen = ScreenSettings(theme="ansi-light")
    async with start(painted=True, settings=replace(config, screen=screen)) as monitor:
        async for theme in in_each(monitor, ("ansi-light", "ansi-dark")):
            for key in ("Y", "a", "e", "w", "colon"):
                await monitor.press(key, *(["down"] if key in ("Y", "colon") else ()))
                await monitor.until(lambda: is_all_drawn(monitor.app))
                assert any("3 tasks" in line.text for line in drawn(monitor.app)), (theme, key)
                for field in monitor.app.screen.query(Input) if key == "e" else ():
                    assert field.styles.border_left[0] == "solid", theme
                for menu in monitor.app.screen.query(OptionList):
                    assert_is_chosen_in_white(menu)
                await monitor.press("escape")


def assert_is_chosen_in_white(menu: OptionList) -> None:
    """Whether the choice of a menu has a ground of its own, and is not grey on grey."""
    chosen = menu.get_visual_style("option-list--option-highlighted")
    assert chosen.background not in (None, menu.background_colors[1]), menu.app.theme
    assert chosen.foreground == Color.parse("ansi_bright_white"), menu.app.theme


async def test_no_color_leaves_no_colour_and_no_grey(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with start(settings=replace(config, screen=ScreenSettings(theme="nord"))) as monitor:
        (no_color,) = monitor.app.get_line_filters()
        assert isinstance(no_color, NoColor)
        assert monitor.list._span_style("good", lit=True).reverse
        strip = monitor.list.render_line(0).apply_filter(no_color, Color(0, 0, 0))
        colours = [c for s in strip if s.style for c in (s.style.color, s.style.bgcolor)]
        assert colours
        assert all(c and c.is_default for c in colours)


async def test_an_empty_no_color_is_none(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with start() as monitor:
        assert monitor.app.theme == "seedance-dark"
        assert not any(
            isinstance(one, Monochrome | NoColor) for one in monitor.app.get_line_filters()
        )


def test_the_theme_of_the_settings_comes_before_the_chosen_one() -> None:
    assert find_theme(asked_for("nord"), "dracula", NAMES).name == "nord"
    assert find_theme(ScreenSettings(), "dracula", NAMES).name == "dracula"
    assert find_theme(ScreenSettings(), "gone", NAMES).name == "seedance-dark"
    assert find_theme(ScreenSettings(), "", NAMES).name == "seedance-dark"


def test_a_theme_that_is_none_is_named_with_its_line_and_the_nearest() -> None:
    found = find_theme(asked_for("seedance-lite"), "", NAMES)
    said = (
        "config.toml line 3: theme is not a known theme; did you mean seedance-light?"
        " Using seedance-dark."
    )
    assert (found.name, found.warnings) == ("seedance-dark", (said,))


async def test_a_theme_chosen_in_the_palette_is_there_at_the_next_start(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("colon", *"Change the theme")
        await monitor.until(lambda: len(monitor.app.screen.query_one(OptionList).options) == 1)
        await monitor.press("enter")
        await monitor.press(*"seedance-light")
        await monitor.until(lambda: len(monitor.app.screen.query_one(OptionList).options) == 1)
        await monitor.press("enter")
        assert monitor.app.theme == "seedance-light"
    chosen = Choices.beside(config.watchlist)
    chosen.load()
    assert chosen.theme == "seedance-light"
    async with start() as monitor:
        assert monitor.app.theme == "seedance-light"


async def test_a_theme_that_nobody_chose_is_not_kept(start: Start, config: Config) -> None:
    async with start(settings=replace(config, screen=ScreenSettings(theme="nord"))) as monitor:
        assert monitor.app.theme == "nord"
    chosen = Choices.beside(config.watchlist)
    chosen.load()
    assert chosen.theme == ""


@pytest.mark.parametrize(
    ("asked", "chosen", "name"),
    [
        ("", "", "ansi-dark"),
        ("", "seedance-light", "ansi-dark"),
        ("", "ansi-light", "ansi-light"),
        ("seedance-contrast", "", "ansi-dark"),
        ("seedance-light", "", "ansi-light"),
        ("nord", "", "nord"),
    ],
)
def test_a_terminal_of_16_colours_gets_its_own_colours(asked: str, chosen: str, name: str) -> None:
    found = find_theme(asked_for(asked), chosen, NAMES, few_colours=True)
    assert found.name == name
    assert not found.warnings


@pytest.mark.parametrize("asked", ["", "seedance-dark", "seedance-light"])
@pytest.mark.parametrize(("is_light", "name"), [(True, "ansi-light"), (False, "ansi-dark")])
def test_there_it_goes_by_the_background(asked: str, is_light: bool, name: str) -> None:
    found = find_theme(asked_for(asked), "", NAMES, few_colours=True, is_light=is_light)
    assert found.name == name
    chosen = find_theme(asked_for(asked), "ansi-dark", NAMES, few_colours=True, is_light=is_light)
    assert chosen.name == "ansi-dark"
    assert find_theme(asked_for("nord"), "", NAMES, few_colours=True, is_light=is_light) == (
        FoundTheme("nord")
    )


async def test_the_answer_of_the_terminal_changes_the_theme_and_is_not_kept(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Appearance, "has_few_colours", True)
    async with start() as monitor:
        assert monitor.app.theme == "ansi-dark", "it has few colours"
        monitor.app.post_message(BackgroundTold(is_light=True))
        await monitor.settled()
        assert monitor.app.theme == "ansi-light"
        monitor.app.theme = "nord"
        monitor.app.post_message(BackgroundTold(is_light=False))
        await monitor.settled()
        assert monitor.app.theme == "nord", "the user has chosen meanwhile"
    chosen = Choices.beside(config.watchlist)
    chosen.load()
    assert chosen.theme == "nord"


async def test_what_the_environment_says_is_taken_at_once(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Appearance, "has_few_colours", True)
    monkeypatch.setenv("COLORFGBG", "0;15")
    async with start() as monitor:
        assert monitor.app.theme == "ansi-light"
    chosen = Choices.beside(config.watchlist)
    chosen.load()
    assert chosen.theme == ""


def test_where_tmux_does_not_tell_the_colours_are_for_either() -> None:
    for is_light, name in ((None, "ansi-either"), (True, "ansi-light"), (False, "ansi-dark")):
        found = find_theme(
            asked_for(""), "", NAMES, few_colours=True, is_light=is_light, may_be_either=True
        )
        assert found.name == name


@pytest.mark.parametrize(
    ("theme", "background", "least"),
    [
        (OF_THE_TERMINAL, "#000", TEXT),
        (OF_A_LIGHT_TERMINAL, "#fff", TEXT),
        (OF_EITHER_TERMINAL, "#000", 4.4),
        (OF_EITHER_TERMINAL, "#fff", TEXT),
    ],
)
def test_the_terminals_own_colours_can_be_read_in_the_palette_of_xterm(
    theme: Theme, background: str, least: float
) -> None:
    for name in (theme.primary, theme.secondary, theme.success, theme.warning, theme.error):
        assert name
        if name == "ansi_default":
            continue
        number = XTERM.index(name.removeprefix("ansi_"))
        assert contrast(Color.parse(XTERM_RGB[number]), Color.parse(background)) > least, name


async def test_of_256_colours_backgrounds_are_greys_that_can_be_told_apart(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Appearance, "has_256_colours", True)
    async with start() as monitor:
        tasks = monitor.list
        await monitor.press("Y")
        menu = monitor.app.screen.query_one(OptionList)
        async for theme in in_each(monitor, NAMES_OF_OWN):
            highlighted = menu.get_visual_style("option-list--option-highlighted").rich_style
            styles = [tasks._span_style("normal", lit=lit) for lit in (False, True)]
            below, row, dialog, choice = map(_shown_in_256, (*styles, menu.rich_style, highlighted))
            assert below != row, theme
            assert len({below, dialog, choice}) == 3, theme
            for shown in (below, row, dialog, choice):
                assert len(set(shown)) == 1, f"{theme}: no navy, no yellow"
            for role in ROLES:
                least = DECORATION if role == "rule" else TEXT
                assert ratio(tasks._span_style(role, lit=True)) >= least, (theme, role)


def _shown_in_256(style: Style) -> tuple[int, int, int]:
    """The background in red, green and blue, as a terminal of 256 colours shows it."""
    assert style.bgcolor
    return style.bgcolor.downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
