"""The gateway's clock: a skew beyond a minute counts, the last answer's before an earlier run's."""

from collections.abc import Callable

import pytest

from seedance_tui.core.model.entry import Entry
from seedance_tui.core.polling.gateway_clock import GatewayClock
from tests.core.conftest import MakeFetched, MakeWatched

HERE = 1000.0


def clock(heard: float | None, remembered: float = 0.0) -> GatewayClock:
    made = GatewayClock(lambda: HERE, lambda: heard)
    made.remembered = remembered
    return made


@pytest.mark.parametrize(
    ("heard", "remembered", "shows"),
    [
        (None, 0.0, HERE),
        (60.0, 0.0, HERE),
        (60.1, 0.0, HERE + 60.1),
        (-3600.0, 0.0, HERE - 3600),
        (None, 7200.0, HERE + 7200),
        (0.0, 7200.0, HERE),
    ],
)
def test_only_a_skew_of_more_than_a_minute_counts(
    heard: float | None, remembered: float, shows: float
) -> None:
    assert clock(heard, remembered).now() == shows


@pytest.mark.parametrize(
    ("heard", "remembered", "is_certain"),
    [(None, 0.0, True), (None, 60.0, True), (None, -60.1, False), (1.0, -60.1, True)],
)
def test_what_an_earlier_run_found_wrong_is_uncertain_until_an_answer(
    heard: float | None, remembered: float, is_certain: bool
) -> None:
    assert clock(heard, remembered).is_certain is is_certain


@pytest.mark.parametrize(
    ("heard", "remembered", "learnt", "then"),
    [
        (None, 0.0, None, 0.0),
        (None, 7200.0, None, 7200.0),
        (60.0, 0.0, None, 0.0),
        (60.1, 0.0, 60.1, 60.1),
        (0.0, 7200.0, 0.0, 0.0),
    ],
)
def test_a_skew_is_learnt_where_it_differs_from_what_was_known(
    heard: float | None, remembered: float, learnt: float | None, then: float
) -> None:
    made = clock(heard, remembered)
    assert made.learn() == learnt
    assert made.remembered == then
    assert made.learn() is None


@pytest.mark.parametrize(("heard", "is_confirmed"), [(None, False), (0.0, True), (-90.0, True)])
def test_the_clock_is_confirmed_once_the_gateway_has_told_its_time(
    heard: float | None, is_confirmed: bool
) -> None:
    assert clock(heard, remembered=7200.0).is_confirmed is is_confirmed


Build = Callable[..., Entry]


@pytest.fixture
def entry(watched: MakeWatched, fetched: MakeFetched) -> Build:
    """Build a task with a status, and with a link if it is done with one."""

    def build(name: str, status: str, url: str = "") -> Entry:
        return Entry(watched(name)).after(fetched(name, status, result_url=url))

    return build


def test_an_uncertain_clock_is_checked_by_asking_about_the_first_task_that_has_a_link(
    entry: Build,
) -> None:
    failed, first = entry("a", "FAILURE"), entry("b", "SUCCESS", "https://s.example/b.mp4")
    other = entry("c", "SUCCESS", "https://s.example/c.mp4")
    uncertain = clock(None, remembered=7200.0)
    assert uncertain.witness([failed, first, other]) == "b"
    assert uncertain.witness([failed]) is None
    assert uncertain.witness([]) is None


def test_nobody_is_asked_for_the_time_where_it_is_certain_or_an_answer_is_to_come(
    entry: Build,
) -> None:
    done, running = entry("a", "SUCCESS", "https://s.example/a.mp4"), entry("b", "IN_PROGRESS")
    assert clock(None).witness([done]) is None
    assert clock(0.0, remembered=7200.0).witness([done]) is None
    assert clock(None, remembered=7200.0).witness([done, running]) is None
