"""What Textual does not promise stands in one file of the tests, and is as it is thought to be."""

import re
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests import textual_insides

HERE = Path(__file__).parent
KNOWN = Path(textual_insides.__file__)
NAMES = set(re.findall(r"\b_[a-z]\w+", KNOWN.read_text(encoding="utf-8")))
"""The private names that the file uses."""


def test_no_other_test_uses_them() -> None:
    others = (path for path in HERE.rglob("*.py") if path not in (KNOWN, Path(__file__)))
    used = {
        (path.name, name)
        for path in others
        for name in re.findall(r"\.(_[a-z]\w+)", path.read_text(encoding="utf-8"))
        if name in NAMES
    }
    assert not used


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("hello", id="text")


async def test_what_is_drawn_can_be_read() -> None:
    async with Hello().run_test(size=(20, 3)) as pilot:
        lines = [strip.text for strip in textual_insides.drawn(pilot.app)]
    assert [line.strip() for line in lines] == ["hello", "", ""]
    assert {len(line) for line in lines} == {20}


async def test_a_screen_that_is_to_be_laid_out_is_not_drawn_until_it_is() -> None:
    async with Hello().run_test() as pilot:
        textual_insides.draw(pilot.app)
        assert textual_insides.is_drawn(pilot.app)
        pilot.app.screen.refresh(layout=True)
        assert not textual_insides.is_drawn(pilot.app)
        textual_insides.draw(pilot.app)
        assert textual_insides.is_drawn(pilot.app)


async def test_a_screen_that_is_left_unpainted_can_still_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    painted: list[object] = []
    monkeypatch.setattr(App, "_display", lambda app, screen, what: painted.append(what))
    with monkeypatch.context() as patch:
        textual_insides.leave_unpainted(patch)
        assert await what_is_drawn_after_a_change() == "bye"
        unpainted = len(painted)
    assert await what_is_drawn_after_a_change() == "bye"
    assert len(painted) - unpainted > unpainted


async def what_is_drawn_after_a_change() -> str:
    async with Hello().run_test(size=(20, 3)) as pilot:
        pilot.app.query_one("#text", Static).update("bye")
        await pilot.pause()
        textual_insides.draw(pilot.app)
        return textual_insides.drawn(pilot.app)[0].text.strip()
