"""Gives the parts of the comparison the room that the plan has for them."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen

from ...widgets.film_strip import FilmStrip
from ...widgets.versus_view import VersusView
from ._plan import Facts, StagePlan, plan
from ._side_view import SideView

_AROUND = 3
"""Lines of the head, the notice and the keys."""


class PlanLayout:
    """Changes styles where the plan has changed."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._made: tuple[StagePlan, int, Size] | None = None

    def make(
        self, size: Size, shape: tuple[int, int], count: int, *, has_facts: bool = True
    ) -> StagePlan:
        """Plan a screen of that size for `count` pictures of a shape, and lay it out."""
        planned = plan(size.width, size.height - _AROUND, shape, count, has_facts=has_facts)
        if (planned, count, size) != self._made:
            self._made = planned, count, size
            self._apply(planned, count)
        return planned

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
        taken = across * planned.columns + across - 1
        is_beside = planned.facts is Facts.BESIDE
        sides = screen.query_one("#sides").styles
        sides.height, sides.width = lines, taken if is_beside else "100%"
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
