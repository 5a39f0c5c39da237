"""What an editor takes away unawares is put back for ten seconds, and not for longer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.core.watchlist._journal import Journal
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from tests.core.conftest import MakeWatched

MOMENT = 1_784_600_000.0
WITHOUT_B = '[[tasks]]\nid = "a"\nadded_at = 2026-01-01T00:00:00Z\n'


SetTime = Callable[[float], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Sets the time of the machine, in seconds after the change."""

    def set_time(seconds: float) -> None:
        monkeypatch.setattr("time.time", lambda: MOMENT + seconds)

    return set_time


@pytest.mark.parametrize(("later", "ids"), [(9.9, {"a", "b"}), (10.1, {"a"})])
def test_an_entry_is_put_back_for_ten_seconds(
    tmp_path: Path, watched: MakeWatched, at: SetTime, later: float, ids: set[str]
) -> None:
    path = tmp_path / "watchlist.toml"
    at(0.0)
    WatchListFile(path).apply(Change((Step(0, None, watched("a")), Step(1, None, watched("b")))))
    path.write_text(WITHOUT_B)
    at(later)
    assert {one.id for one in WatchListFile(path).apply().watched} == ids


@pytest.mark.parametrize(("age", "known"), [(-1, 0), (0, 1), (9.9, 1), (10, 0)])
def test_a_change_is_remembered_for_ten_seconds(
    watched: MakeWatched, age: float, known: int
) -> None:
    change = Change((Step(0, None, watched("a")),))
    journal = Journal().after(None, [change], MOMENT)
    assert len(journal.unsettled(MOMENT + age)) == known
    assert len(journal.after(None, [], MOMENT + age).recent) == known
