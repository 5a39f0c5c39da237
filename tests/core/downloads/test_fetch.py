"""One download from one address: what its task is told of it, and how patient it is."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from seedance_tui.api.errors import ApiError, StoreUnreachable
from seedance_tui.api.file_types import Remark
from seedance_tui.api.links import Kind
from seedance_tui.api.transfer._progress import Progress
from seedance_tui.api.transfer.download import Placed
from seedance_tui.api.transfer.file_client import FileClient
from seedance_tui.api.transfer.retries import Retries
from seedance_tui.core.downloads._fetch import Fetch
from seedance_tui.core.downloads._sources import Source
from seedance_tui.core.model.file_states import Saved, Saving, Stamp

SOURCE = Source("https://store.example/v.mp4", "data.result_url")


@dataclass
class Store:
    """Stands in for the download: reports what was received, and then ends as told."""

    path: Path
    progress: list[Progress] = field(default_factory=list)
    error: ApiError | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, *given: Any, **options: Any) -> Placed:
        self.asked.append(options | {"url": given[1], "target": given[2]})
        for progress in self.progress:
            options["on_progress"](progress)
        if self.error:
            raise self.error
        return Placed(self.path, 9, 7, (Remark.BESIDE,))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store(tmp_path / "a.mp4")
    monkeypatch.setattr("seedance_tui.core.downloads._fetch.download", store)
    return store


def fetching(
    folder: Path,
    told: list[Saving] | None = None,
    retries: Retries | None = None,
    left: float | None = None,
) -> Fetch:
    return Fetch(
        cast("FileClient", None),
        ("a", Kind.RESULT),
        [folder / "a.mp4", folder / "a-2.mp4"],
        is_taken=lambda path: False,
        on_progress=(told if told is not None else []).append,
        retries=retries,
        left=left,
    )


@pytest.mark.parametrize(("received", "has_begun"), [(0, False), (1, True)])
async def test_a_source_has_begun_once_a_byte_is_there(
    tmp_path: Path, store: Store, received: int, has_begun: bool
) -> None:
    told: list[Saving] = []
    fetch = fetching(tmp_path, told)
    store.progress, store.error = [Progress(received, 9)], StoreUnreachable("x")
    with pytest.raises(StoreUnreachable):
        await fetch(SOURCE, once=True)
    assert fetch.has_begun is has_begun
    assert told == [Saving(received, 9)]


async def test_what_one_source_has_sent_says_nothing_of_the_next(
    tmp_path: Path, store: Store
) -> None:
    fetch = fetching(tmp_path)
    store.progress, store.error = [Progress(5, 9)], StoreUnreachable("x")
    with pytest.raises(StoreUnreachable):
        await fetch(SOURCE, once=True)
    store.progress = []
    with pytest.raises(StoreUnreachable):
        await fetch(SOURCE, once=True)
    assert not fetch.has_begun


async def test_how_it_ended_is_told_with_what_the_file_is_known_by(
    tmp_path: Path, store: Store
) -> None:
    store.path.write_bytes(b"123456789")
    fetch = fetching(tmp_path)
    await fetch(SOURCE, once=False)
    saved = fetch.saved(SOURCE)
    assert saved == Saved(store.path, (Remark.BESIDE,))
    assert saved.stamp == Stamp(9, 7, store.path.stat().st_mtime_ns)
    assert saved.source == "data.result_url (store.example)"
    (asked,) = store.asked
    assert (asked["target"], asked["beside"]) == (tmp_path / "a.mp4", [tmp_path / "a-2.mp4"])
    assert asked["video"] is True


async def test_a_file_that_is_gone_again_is_known_by_its_length_alone(
    tmp_path: Path, store: Store
) -> None:
    fetch = fetching(tmp_path)
    await fetch(SOURCE, once=False)
    assert fetch.saved(SOURCE).stamp == Stamp(9, 7, None)


@pytest.mark.parametrize(("once", "most"), [(True, 1), (False, 6)])
async def test_one_of_several_sources_is_tried_once_and_one_alone_with_patience(
    tmp_path: Path, store: Store, once: bool, most: int
) -> None:
    await fetching(tmp_path)(SOURCE, once=once)
    assert store.asked[0]["retries"].most == most


@pytest.mark.parametrize(
    ("left", "asked", "longest"),
    [(None, 120.0, 15.0), (2400.0, 120.0, 15.0), (600.0, 30.0, 15.0), (100.0, 5.0, 5.0)],
)
async def test_no_wait_takes_more_than_a_twentieth_of_what_the_link_has_left(
    tmp_path: Path, store: Store, left: float | None, asked: float, longest: float
) -> None:
    await fetching(tmp_path, left=left)(SOURCE, once=False)
    retries = store.asked[0]["retries"]
    assert (retries.longest_asked, retries.longest) == (asked, longest)


async def test_who_is_more_impatient_than_that_stays_so(tmp_path: Path, store: Store) -> None:
    own = Retries(most=2, first=0, longest=1.0, longest_asked=2.0)
    await fetching(tmp_path, retries=own, left=600.0)(SOURCE, once=False)
    assert store.asked[0]["retries"] == own
