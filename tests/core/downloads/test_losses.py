"""Videos that were lost unsaved are told: once each, with the time since when."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.errors import (
    ApiError,
    DiskFull,
    LinkExpired,
    LinkRefused,
    NotThere,
    StoreFault,
)
from seedance_tui.api.links import RESULTS, Ground, Kind, Link
from seedance_tui.core.downloads.losses import RECENT, Losses
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import NotSaved, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.watched import Watched

NOW = 2_000_000_000.0
Build = Callable[..., Entry]


@pytest.fixture
def entry(watched: Callable[..., Watched]) -> Build:
    """Build an entry whose link has so many seconds to live, by its signature or by a guess."""

    def build(name: str, left: float, ground: Ground = Ground.SIGNATURE) -> Entry:
        link = Link(Kind.RESULT, f"https://s.example/{name}.mp4", NOW + left, ground)
        return Entry(watched(name), links=(link,))

    return build


def refused(entry: Entry, kind: type[ApiError], ago: float = 0.0) -> Entry:
    problem = Problem(kind, "no", NOW - ago, 403)
    return entry.with_file(Kind.RESULT, NotSaved(problem))


def told(losses: Losses) -> list[tuple[str, float]]:
    return [(loss.entry.id, loss.at) for loss in losses.told]


def test_two_links_that_die_are_told_once_each_and_stay_until_saved(entry: Build) -> None:
    losses, entries = Losses(), [entry("a", 60), entry("b", 30), entry("c", 9000)]
    assert losses.check(entries, NOW) == []
    assert [loss.entry.id for loss in losses.check(entries, NOW + 100)] == ["b", "a"]
    assert losses.check(entries, NOW + 200) == []
    assert told(losses) == [("b", NOW + 30), ("a", NOW + 60)]
    assert losses.since == NOW + 30
    entries[1] = entries[1].with_file(Kind.RESULT, Saved(Path("b.mp4")))
    assert losses.check(entries, NOW + 200) == []
    assert told(losses) == [("a", NOW + 60)], "b was saved after all"
    losses.check(entries[1:], NOW + 200)
    assert losses.since is None, "nobody watches a any more"


def test_at_the_start_only_what_was_lost_of_late_is_news(entry: Build) -> None:
    losses = Losses()
    new = losses.check([entry("old", -RECENT - 1), entry("late", -RECENT + 1)], NOW)
    assert [loss.entry.id for loss in new] == ["late"]
    assert told(losses) == [("late", NOW - RECENT + 1)]


def test_what_an_earlier_run_has_told_is_not_told_again(entry: Build) -> None:
    first, entries = Losses(), [entry("a", -60), entry("b", -30)]
    first.check(entries, NOW)
    assert first.news == {"a": True, "b": True}
    second = Losses()
    second.restore(first.news)
    assert second.check([*entries, entry("c", -10)], NOW)[0].entry.id == "c"
    entries[0] = entries[0].with_file(Kind.RESULT, Saved(Path("a.mp4")))
    second.check(entries, NOW)
    assert second.news == {"c": True, "a": False}, "it is told again if it is lost again"


def test_what_is_lost_again_is_told_again(entry: Build) -> None:
    losses, one = Losses(), entry("a", -60)
    saved = one.with_file(Kind.RESULT, Saved(Path("a.mp4")))
    losses.check([one], NOW)
    losses.check([saved], NOW)
    assert [loss.entry.id for loss in losses.check([one], NOW)] == ["a"]


@pytest.mark.parametrize("kind", [LinkExpired, LinkRefused, NotThere])
def test_a_guess_loses_nothing_until_the_store_has_refused(
    entry: Build, kind: type[ApiError]
) -> None:
    losses, over = Losses(), entry("a", -9000, Ground.GUESS)
    assert losses.check([over], NOW) == []
    assert over.save_by(NOW) == float("inf")
    assert [loss.at for loss in losses.check([refused(over, kind, ago=180)], NOW)] == [NOW - 180]
    assert refused(over, kind).save_by(NOW) is None


def test_what_is_being_asked_for_is_not_lost_until_the_store_says_so(entry: Build) -> None:
    for state in (Saving(5, 10), Waiting(problem=Problem(StoreFault, "x", NOW, 503))):
        asked_for = entry("a", -60).with_file(Kind.RESULT, state)
        assert (asked_for.lost_at(NOW), asked_for.save_by(NOW)) == (None, None)


def test_what_the_disk_has_no_room_for_is_lost_when_its_link_dies(entry: Build) -> None:
    held = Waiting(problem=Problem(DiskFull, "x", NOW - 600))
    assert entry("a", -60).with_file(Kind.RESULT, held).lost_at(NOW) == NOW - 60
    assert entry("a", 60).with_file(Kind.RESULT, held).lost_at(NOW) is None


def test_trouble_that_may_pass_loses_nothing(entry: Build) -> None:
    assert refused(entry("a", -60, Ground.GUESS), StoreFault).lost_at(NOW) is None


def test_a_task_of_two_videos_is_lost_where_one_is_and_the_other_still_needs_saving(
    watched: Callable[..., Watched],
) -> None:
    links = [
        Link(kind, f"https://s.example/{n}.mp4", NOW + left)
        for n, (kind, left) in enumerate(((Kind.RESULT, -60), (RESULTS[1], 60)))
    ]
    both = Entry(watched("a"), links=tuple(links))
    assert both.lost_at(NOW) == NOW - 60
    assert both.save_by(NOW) == NOW + 60
    first = both.with_file(Kind.RESULT, Saved(Path("a.mp4")))
    assert not first.is_saved, "saved means all of them"
    assert first.lost_at(NOW) is None
    assert first.with_file(RESULTS[1], Saved(Path("a_2.mp4"))).is_saved
