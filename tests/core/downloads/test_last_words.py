"""Line by line, what is said at the end of videos that are not saved."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from seedance_tui.api.links import Ground, Kind, Link
from seedance_tui.core.downloads.deadlines import Alarm, Crossing, summary_lines
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.text import i18n
from tests.core.conftest import MakeFetched, MakeWatched

NOW = 2_000_000_000.0
Build = Callable[..., Entry]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield


@pytest.fixture
def done(watched: MakeWatched, fetched: MakeFetched) -> Build:
    def build(
        name: str, left: float = 3600.0, label: str = "", ground: Ground = Ground.SIGNATURE
    ) -> Entry:
        links = (Link(Kind.RESULT, "https://x", NOW + left, ground),)
        entry = Entry(watched(name, label=label)).after(fetched(name, "SUCCESS"))
        return replace(entry, links=links)

    return build


@pytest.mark.parametrize(
    ("count", "last"),
    [(1, "task00"), (10, "task09"), (11, "and 1 more"), (12, "and 2 more")],
)
def test_ten_are_named_and_the_others_counted(done: Build, count: int, last: str) -> None:
    lines = summary_lines([done(f"task{n:02}", 3600.0 + n) for n in range(count)], NOW)
    assert len(lines) == 1 + min(count, 11)
    assert lines[-1].strip().startswith(last)


@pytest.mark.parametrize(
    ("label", "shown"), [("x" * 60, "x" * 60), ("x" * 61, "x" * 59 + "…")], ids=["60", "61"]
)
def test_a_label_of_more_than_sixty_characters_is_cut(done: Build, label: str, shown: str) -> None:
    _head, line = summary_lines([done("asyntask_a1b2c3", label=label)], NOW)
    assert line == f"  {shown}: link expires in 1h00m (…a1b2c3)"


def test_a_time_that_is_a_guess_is_said_to_be_about_that(done: Build) -> None:
    _head, line = summary_lines([done("asyntask_a1b2c3", ground=Ground.GUESS)], NOW)
    assert line == "  asyntask_a1b2c3: link expires in ~1h00m"


@pytest.mark.parametrize(("left", "is_urgent"), [(7200, False), (3600, True), (600, True)])
@pytest.mark.parametrize("ground", [Ground.SIGNATURE, Ground.GUESS])
def test_what_comes_near_is_told_with_its_moment_and_whether_that_is_a_guess(
    done: Build, left: int, is_urgent: bool, ground: Ground
) -> None:
    entry = done("a", left, ground=ground)
    (crossing,) = Alarm().check([entry], NOW)
    threshold = {7200: 21_600}.get(left, left)
    assert crossing == Crossing(entry, NOW + left, threshold, ground is Ground.GUESS)
    assert crossing.is_urgent is is_urgent
