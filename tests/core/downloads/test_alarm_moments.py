"""The moments at which an unsaved video is spoken of, to the second."""

from dataclasses import replace

import pytest

from seedance_tui.api.links import Kind, Link
from seedance_tui.core.downloads.deadlines import Alarm
from seedance_tui.core.listing.views import Summary, shows
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.settings.choices import View
from tests.core.conftest import MakeFetched, MakeWatched

DIES = 2_000_000_000.0


@pytest.fixture
def unsaved(watched: MakeWatched, fetched: MakeFetched) -> Entry:
    entry = Entry(watched("a")).after(fetched("a", "SUCCESS"))
    return replace(entry, links=(Link(Kind.RESULT, "https://x", DIES),))


@pytest.mark.parametrize(
    ("left", "threshold"),
    [
        (21_601, None),
        (21_600, 21_600),
        (3_601, 21_600),
        (3_600, 3_600),
        (601, 3_600),
        (600, 600),
        (1, 600),
        (0, None),
    ],
)
def test_it_is_spoken_of_at_six_hours_at_one_and_at_ten_minutes(
    unsaved: Entry, left: int, threshold: int | None
) -> None:
    said = [crossing.threshold for crossing in Alarm().check([unsaved], DIES - left)]
    assert said == ([threshold] if threshold else [])


@pytest.mark.parametrize(("left", "expires"), [(21_600, False), (21_599, True), (0, False)])
def test_it_is_among_those_that_expire_for_its_last_six_hours(
    unsaved: Entry, left: int, expires: bool
) -> None:
    now = DIES - left
    assert shows(View.EXPIRING, unsaved, now) is expires
    assert Summary.of([unsaved], now).views[-1] == expires
