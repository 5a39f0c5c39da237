"""Where a file goes, and where if its name is another's; nobody is asked."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import LinkExpired
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.config import Config
from seedance_tui.core.downloads._saver import Places
from seedance_tui.core.downloads.files import Files
from seedance_tui.core.downloads.ledger import Decision, Key, Ledger, Record
from seedance_tui.core.downloads.queue import Job
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import NotSaved, Saved, Saving
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.store import Store
from seedance_tui.core.naming.template import NameTemplate
from seedance_tui.core.settings.auto_save import AutoSave, GuardSettings
from seedance_tui.demo.clips import clip
from tests.core.conftest import MakeFetched, MakeWatched

NOW = 2_000_000_000.0
A, B, C = (("a", Kind.RESULT), ("b", Kind.RESULT), ("c", Kind.RESULT))
VIDEO = clip("original.mp4")


@dataclass
class Bench:
    """The files of three tasks that are done, and what was told of them."""

    files: Files
    store: Store
    told: list[Job]
    folder: Path

    def entry(self, key: Key = A) -> Entry:
        entry = self.store.get(key[0])
        assert entry is not None
        return entry


class Gateway:
    """A client that nothing is asked of."""

    base_url = "https://gate.example"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Every task has the same name."""
    return Config(
        base_url="https://gate.example",
        config=tmp_path / "config.toml",
        watchlist=tmp_path / "watchlist.toml",
        history=tmp_path / "history.db",
        download_dir=tmp_path / "videos",
        name=NameTemplate.parse("{label}"),
    )


Build = Callable[..., Bench]


@pytest.fixture
def bench(config: Config, watched: MakeWatched, fetched: MakeFetched) -> Build:
    def build(ending: str = ".mp4", left: float | None = 60.0, **changes: Any) -> Bench:
        chosen, store, told = replace(config, **changes), Store(), list[Job]()
        store.watch(watched(one, label="tea") for one in "abc")
        for one in "abc":
            url = f"https://store.example/{one}{ending}"
            store.record(fetched(one, "SUCCESS", result_url=url))
            if (entry := store.get(one)) and (link := entry.link()):
                deadline = None if left is None else NOW + left
                store._replace(replace(entry, links=(replace(link, deadline=deadline),)))
        files = Files(
            chosen,
            store,
            lambda: cast("Client", Gateway()),
            now=lambda: NOW,
            learn=lambda fetched: None,
            report=told.append,
        )
        return Bench(files, store, told, chosen.download_dir)

    return build


async def test_a_file_goes_to_the_folder_under_its_name_with_the_ending_of_its_link(
    bench: Build,
) -> None:
    made = bench(".MOV")
    assert await made.files.place(A) == made.folder / "tea.mov"
    assert made.files.preview(made.entry(), Kind.RESULT) == "tea.mov"
    assert made.files.preview(made.entry(), Kind.ORIGINAL) == "tea_original.mp4", "as usual"
    assert made.files.folder == made.folder


async def test_where_another_file_of_the_queue_has_the_name_it_gets_one_of_its_own(
    bench: Build,
) -> None:
    made = bench()
    made.files.queue.add([A, B])
    made.files.queue.set_path(A, made.folder / "tea.mp4")
    assert await made.files.place(A) == made.folder / "tea.mp4", "it is its own"
    other = await made.files.place(B)
    assert other.parent == made.folder
    assert other.name.startswith("tea-") and other.suffix == ".mp4"
    made.files.queue.mark_saved(A, Saved(made.folder / "tea.mp4"))
    assert await made.files.place(B) == other


async def test_where_a_file_is_on_its_way_past_the_queue_the_name_is_taken_until_its_end(
    bench: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, may = bench(), asyncio.Event()

    async def save(*_: object, **options: object) -> Saved | NotSaved:
        await may.wait()
        return NotSaved(Problem(LinkExpired))

    monkeypatch.setattr(made.files._saver, "save", save)
    saving = asyncio.create_task(made.files.save(A, made.folder / "tea.mp4", lambda _: None))
    await asyncio.sleep(0)
    assert (await made.files.place(B)).name != "tea.mp4"
    assert (await made.files.place(A)).name == "tea.mp4"
    may.set()
    await saving
    assert (await made.files.place(B)).name == "tea.mp4"


async def test_a_store_that_sends_nothing_is_looked_at_right_after_its_trial_and_not_after_its_end(
    bench: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, loop, looks = bench(), asyncio.get_running_loop(), list[tuple[float, Any]]()
    later = loop.call_later

    def note(delay: float, *rest: Any, **options: Any) -> asyncio.TimerHandle:
        handle = later(delay, *rest, **options)
        looks.append((delay, handle))
        return handle

    async def save(*_: object, **options: object) -> Saved | NotSaved:
        return NotSaved(Problem(LinkExpired))

    monkeypatch.setattr(loop, "call_later", note)
    monkeypatch.setattr(made.files._saver, "save", save)
    await made.files.save_at_once(A, lambda saving: None)
    ((delay, handle),) = looks
    assert 20.0 < delay < 20.5
    assert handle.cancelled()


async def test_past_the_queue_as_many_files_are_saved_at_once_as_by_it(
    bench: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, may, begun = bench(downloads_at_once=2), asyncio.Event(), list[Path]()

    async def save(*given: Any, **options: object) -> Saved | NotSaved:
        begun.append(given[3])
        await may.wait()
        return Saved(given[3])

    monkeypatch.setattr(made.files._saver, "save", save)
    saving = [
        asyncio.create_task(made.files.save_at_once(key, lambda saving: None)) for key in (A, B, C)
    ]
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(begun) == 2
    may.set()
    await asyncio.gather(*saving)
    assert len(set(begun)) == 3
    assert set(made.files.queue.saved) == {A, B, C}


def test_the_further_names_of_a_file_are_numbered_to_nine_and_its_own_is_none_of_them(
    bench: Build,
) -> None:
    made = bench()
    places, entry = Places(made.folder, NameTemplate.parse("{label}"), False), made.entry()
    usual = places.of(entry, Kind.RESULT, ".mp4")
    other = places.of(entry, Kind.RESULT, ".mp4", distinct=True)
    numbered = tuple(other.with_stem(f"{other.stem}-{n}") for n in range(2, 10))
    assert places.beside(entry, Kind.RESULT, usual) == (other, *numbered)
    assert places.beside(entry, Kind.RESULT, other) == numbered
    assert Places(made.folder, None, False).of(entry, Kind.RESULT, ".mp4") == made.folder / "a.mp4"


@pytest.mark.parametrize(("left", "told"), [(60.0, 60.0), (-5.0, -5.0), (None, None)])
def test_the_time_that_a_link_has_left_is_told(
    bench: Build, left: float | None, told: float | None
) -> None:
    assert bench(left=left).files.left(A) == told


def test_of_a_task_that_nobody_knows_no_time_is_told(bench: Build) -> None:
    assert bench().files.left(("unknown", Kind.RESULT)) is None


async def test_before_what_was_saved_is_known_nothing_is_queued_unasked(bench: Build) -> None:
    made = bench(guard=GuardSettings((Kind.RESULT,)))
    await asyncio.to_thread(
        Ledger(made.folder.parent / "history.downloads.db").write,
        [
            Record(B, Decision.DECLINED),
        ],
    )
    assert made.files.enqueue_due() == 0
    await made.files.load()
    assert made.files.enqueue_due([made.entry(C)]) == 1
    assert made.files.enqueue_due() == 1
    assert [job.key for job in made.files.queue.jobs] == [C, A], "the user did not want the other"
    assert made.files.enqueue_due() == 0
    await made.files.runner.close()


def test_what_is_saved_unasked_can_be_chosen(bench: Build) -> None:
    files = bench().files
    assert files.auto_saves is AutoSave.OFF
    for choice in AutoSave:
        files.auto_save(choice)
        assert files.auto_saves is choice
        assert files.guard.auto_save == choice.kinds


async def test_each_change_is_told_once_the_store_has_it_and_an_old_failure_is_no_news(
    bench: Build,
) -> None:
    made = bench()
    failed = Record(A, Decision.FAILED, problem=Problem(LinkExpired))
    ledger = Ledger(made.folder.parent / "history.downloads.db")
    await asyncio.to_thread(ledger.write, [failed, Record(B, Decision.WANTED)])
    await made.files.load()
    assert [job.key for job in made.told] == [B]
    assert made.entry(A).file() == NotSaved(Problem(LinkExpired))
    made.files.queue.take(0.0, 1)
    made.files.queue.update(B, NotSaved(Problem(LinkExpired)), 0.0)
    assert isinstance(made.told[-1].state, NotSaved)
    assert made.entry(B).file() == made.told[-1].state
    made.files.queue.mark_saved(C, Saved(made.folder / "c.mp4"))
    assert made.files.saved_in_this_run == {made.folder / "c.mp4"}
    await made.files.runner.close()


async def test_a_failure_is_said_again_of_a_task_that_comes_onto_the_list_later(
    bench: Build, watched: MakeWatched
) -> None:
    made = bench()
    late = ("late", Kind.RESULT)
    ledger = Ledger(made.folder.parent / "history.downloads.db")
    problem = Problem(LinkExpired)
    await asyncio.to_thread(ledger.write, [Record(late, Decision.FAILED, problem=problem)])
    await made.files.load()
    made.store.watch([watched("late")])
    await made.files.look()
    assert made.entry(late).file() == NotSaved(problem)
    made.store.set_file(*late, Saving(5, 10))
    await made.files.look()
    assert made.entry(late).file() == Saving(5, 10), "it is being tried again"


async def test_what_another_instance_has_saved_is_found_when_it_is_looked_for(
    bench: Build,
) -> None:
    made = bench()
    await made.files.load()
    path = made.folder / "elsewhere.mp4"
    made.folder.mkdir()
    path.write_bytes(VIDEO)
    ledger = Ledger(made.folder.parent / "history.downloads.db")
    records = [Record(A, Decision.SAVED, path), Record(B, Decision.SAVED, path)]
    await asyncio.to_thread(ledger.write, records)
    await made.files.look_again(A)
    assert made.entry(A).file() == Saved(path)
    assert made.entry(B).file() is None, "that one was not asked for"


async def test_where_the_record_cannot_be_read_the_disk_is_looked_at_all_the_same(
    bench: Build,
) -> None:
    made = bench(name=None)
    made.folder.mkdir()
    (made.folder / "a.mp4").write_bytes(VIDEO)
    (made.folder.parent / "history.downloads.db").write_bytes(b"no database" * 100)
    await made.files.look_again(A)
    assert made.entry(A).file() == Saved(made.folder / "a.mp4")


async def test_tasks_that_are_not_watched_have_their_files_too(
    bench: Build, watched: MakeWatched
) -> None:
    made = bench(name=None)
    made.folder.mkdir()
    (made.folder / "old.mp4").write_bytes(VIDEO)
    other, old = await made.files.with_saved([Entry(watched("other")), Entry(watched("old"))])
    assert (other.file(), old.file()) == (None, Saved(made.folder / "old.mp4"))
    assert isinstance(made.entry().link(), Link)
