"""What the tests know of Textual that it does not promise: all of it is here.

A newer Textual may change it; then the tests fail that draw a screen, and this file is the one
to mend.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.drivers._writer_thread import WriterThread
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from seedance_tui.ui.textual_private import QuietApp


def drawn(app: App[Any]) -> list[Strip]:
    """The lines of the screen on top, each at its full width, as the terminal gets them.

    The public way is a picture in SVG: its text is in pieces, and it takes seven times as long.
    """
    return app.screen._compositor.render_strips()


def layout_update(lines: Sequence[Strip], region: Region) -> LayoutUpdate:
    """A screen that is drawn anew, as Textual sends it to the terminal."""
    return LayoutUpdate([[line] for line in lines], region)


def part_update(x: int, strip: Strip, span: tuple[int, int] | None = None) -> ChopsUpdate:
    """A widget in the first line that is painted anew, or a span of it, as Textual sends it."""
    end = x + strip.cell_length
    return ChopsUpdate([{x: strip}], [(0, *(span or (x, end)))], [[end]])


def is_drawn(app: App[Any]) -> bool:
    """Whether nothing of the screen on top waits to be laid out or painted."""
    top = app.screen
    return bool(top.size) and not (top._layout_required or top._dirty_widgets)


def draw(app: App[Any]) -> None:
    """Lay out and paint the screen on top at once, as its timer would up to 1/60 s later."""
    app.screen._on_timer_update()


@contextmanager
def writes(app: QuietApp) -> Iterator[list[str]]:
    """Note what is sent to the terminal, frame by frame, as the driver would get it."""
    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:

        def send(screen: Screen[object], update: Any) -> None:
            if update is not None:
                sent.append(app.changes(update).render_segments(app.console))

        patch.setattr(app, "_display", send)
        yield sent


@contextmanager
def frames(app: QuietApp, note: Callable[[], object]) -> Iterator[None]:
    """Call `note` with each frame, once what it shows is laid out."""
    with pytest.MonkeyPatch.context() as patch:

        def show(screen: Screen[object], update: Any) -> None:
            if update is not None and not app._batch_count:
                note()

        patch.setattr(app, "_display", show)
        yield


def begin_to_write(driver: Any) -> None:
    """Start the thread that writes to the terminal."""
    driver._writer_thread = WriterThread(driver._file)
    driver._writer_thread.start()


@contextmanager
def slow_line(app: App[Any]) -> Iterator[None]:
    """Have a terminal that does not take what it was given."""
    assert app._driver
    vars(app._driver)["is_behind"] = True
    yield
    vars(app._driver)["is_behind"] = False


def is_all_drawn(app: App[Any]) -> bool:
    """Whether no screen, covered or not, has a layout or a widget left to draw."""
    return not any(one._dirty_widgets or one._layout_required for one in app.screen_stack)


def draws_again(screen: Screen[Any]) -> bool:
    """Whether a screen, once a change of it is drawn, wants to be drawn once more."""
    screen._repaint_required = False
    screen._compositor._dirty_regions.add(Region(0, 0, 5, 1))
    screen._compositor_refresh()
    return screen._repaint_required or bool(screen._compositor._dirty_regions)


def leave_unpainted(patch: pytest.MonkeyPatch) -> None:
    """Have no screen painted, which is a third of what a test does that reads the lines."""

    def forget_what_is_dirty(screen: Screen[object]) -> None:
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()

    patch.setattr(Screen, "_compositor_refresh", forget_what_is_dirty)


@contextmanager
def style_sheets_parsed_once() -> Iterator[None]:
    """Every program parses the same style sheets, in 25 ms: each is parsed once for each theme."""
    parse = Stylesheet._parse_rules
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}
    themes: dict[tuple[object, ...], int] = {}
    known: dict[int, tuple[dict[str, str], int]] = {}

    def theme_of(variables: dict[str, str]) -> int:
        """The same number for equal variables; they are compared once for each program."""
        if id(variables) not in known:
            known[id(variables)] = variables, themes.setdefault((*variables.items(),), len(themes))
        return known[id(variables)][1]

    def parse_once(sheet: Stylesheet, css: str, **how: Any) -> list[RuleSet]:
        key = (css, *how.values(), theme_of(sheet._variables))
        if key not in parsed:
            parsed[key] = parse(sheet, css, **how)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield
