"""Gives the parts of the comparison the room that the plan has for them."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen

from ...widgets.film_strip import FilmStrip
from ...widgets.versus_view import VersusView
from ._plan import Facts, StagePlan
from ._side_view import SideView


class PlanLayout:
    """Changes styles where the plan has changed."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._made: tuple[StagePlan, int, Size] | None = None

    def make(self, planned: StagePlan, count: int) -> None:
        """Lay the screen out for `count` pictures."""
        size = self._screen.size
        if (planned, count, size) != self._made:
            self._made = planned, count, size
            self._apply(planned, count)

    def forget(self) -> None:
        """Leave the facts to the style sheet until the next plan is made."""
        self._made = None
        facts = self._screen.query_one(VersusView).styles
        for rule in ("position", "offset", "width", "height"):
            facts.clear_rule(rule)

    def _apply(self, planned: StagePlan, count: int) -> None:
        screen = self._screen
        screen.set_class(planned.is_stacked, "-stacked")
        down = count if planned.is_stacked else 1
        across = 1 if planned.is_stacked else count
        lines = down * (planned.lines + 1)
        taken = planned.left + across * planned.columns + across - 1
        is_beside = planned.facts is Facts.BESIDE
        sides = screen.query_one("#sides").styles
        sides.height, sides.width = lines, taken if is_beside else "100%"
        sides.padding = (0, 0, 0, planned.left)
        screen.query_one("#seen").styles.height = lines + 1 + planned.strip
        facts = screen.query_one(VersusView).styles
        facts.position = "absolute" if is_beside else "relative"
        facts.offset = (taken + 1, 0) if is_beside else (0, 0)
        facts.width = screen.size.width - taken - 1 if is_beside else "1fr"
        facts.height = lines if is_beside else "1fr"
        for index, side in enumerate(screen.query(SideView)):
            side.display = index < count
        screen.query_one(FilmStrip).display = planned.strip > 0
        screen.query_one(VersusView).set_class(planned.facts is Facts.NOWHERE, "-nowhere")
