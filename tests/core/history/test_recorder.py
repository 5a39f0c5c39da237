"""What the disk did not take is written when it takes it again."""

import asyncio
import errno
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.history import recorder as module
from seedance_tui.core.history.history import History
from seedance_tui.core.history.recorder import Recorder
from seedance_tui.core.storage.sqlite import (
    Database,
    DatabaseBusy,
    DatabaseUnavailable,
    DatabaseUnusable,
)

NOW = 1_784_600_000.0


def answer(progress: int) -> Task:
    data: JSON = {"task_id": "a", "status": "IN_PROGRESS", "progress": f"{progress}%"}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    return task


class Moody(History):
    """A history whose disk refuses some times."""

    def __init__(self, path: Path, refusals: list[DatabaseUnusable]) -> None:
        super().__init__(path)
        self.refusals = refusals
        self.tries = 0
        self.has_refused = threading.Event()

    def record(
        self,
        answers: Sequence[tuple[str, Task, float]],
        clock_skew: float | None = None,
        *,
        is_sure: bool = True,
    ) -> None:
        self.tries += 1
        if self.refusals:
            self.has_refused.set()
            raise self.refusals.pop(0)
        super().record(answers, clock_skew, is_sure=is_sure)


async def test_after_the_disk_was_full_all_is_written_without_another_answer(
    tmp_path: Path,
) -> None:
    history = Moody(tmp_path / "h.db", [DatabaseUnavailable("disk is full")] * 3)
    recorder = Recorder(history)
    recorder.pause = 0.001
    for number in range(3):
        recorder.add("a", answer(number), NOW + number)
        recorder.note_clock_skew(float(number))
    assert recorder._writing
    await recorder._writing
    assert recorder.problem == ""
    assert [seen.at - NOW for seen in history.timeline("a")] == [0, 1, 2]
    assert history.clock_skew() == 2.0
    assert history.tries >= 4


async def test_the_end_of_the_run_does_not_wait_for_the_next_try(tmp_path: Path) -> None:
    history = Moody(tmp_path / "h.db", [DatabaseUnavailable("disk is full")])
    recorder = Recorder(history)
    recorder.pause = 3600
    recorder.add("a", answer(1), NOW)
    await asyncio.to_thread(history.has_refused.wait)
    await recorder.close()
    assert recorder.problem == ""
    assert len(history.latest()) == 1


async def test_who_waits_for_what_is_written_and_goes_away_does_not_end_the_writing(
    tmp_path: Path,
) -> None:
    history = Moody(tmp_path / "h.db", [])
    recorder = Recorder(history)
    recorder.add("a", answer(10), NOW)
    timeline = asyncio.create_task(recorder.timeline("a"))
    await asyncio.sleep(0)
    timeline.cancel()
    await asyncio.wait([timeline])
    await recorder.close()
    assert [one.id for one in history.latest(["a"])] == ["a"]


async def test_a_disk_that_stays_full_does_not_hold_the_end_up(tmp_path: Path) -> None:
    history = Moody(tmp_path / "h.db", [DatabaseUnavailable("disk is full")] * 99)
    recorder = Recorder(history)
    recorder.add("a", answer(1), NOW)
    await recorder.close()
    assert "full" in recorder.problem
    history.refusals.clear()
    await recorder.written()
    recorder.add("b", answer(1), NOW)
    await recorder.close()
    assert {known.id for known in history.latest()} == {"a", "b"}


async def test_while_the_disk_refuses_no_more_is_kept_than_the_last_of_each_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 10)
    history = Moody(tmp_path / "h.db", [DatabaseUnavailable("disk is full")] * 40)
    recorder = Recorder(history)
    for number in range(40):
        recorder.add("ab"[number % 2], answer(number), NOW + number)
        await recorder.close()
    assert len(recorder._waiting) <= 10
    history.refusals.clear()
    recorder.add("c", answer(0), NOW)
    await recorder.close()
    assert {known.id: known.seen_at - NOW for known in history.latest()} == {
        "a": 38,
        "b": 39,
        "c": 0,
    }


async def test_a_file_that_is_broken_is_given_up(tmp_path: Path) -> None:
    history = Moody(tmp_path / "h.db", [DatabaseUnusable("not a database")])
    recorder = Recorder(history)
    for number in range(3):
        recorder.add("a", answer(number), NOW)
        await recorder.close()
    assert (history.tries, recorder._waiting) == (1, [])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DatabaseUnavailable),
        (sqlite3.SQLITE_IOERR_WRITE, DatabaseUnavailable),
        (sqlite3.SQLITE_CANTOPEN, DatabaseUnavailable),
        (sqlite3.SQLITE_READONLY_DBMOVED, DatabaseUnavailable),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy),
        (sqlite3.SQLITE_LOCKED, DatabaseBusy),
        (sqlite3.SQLITE_CORRUPT, DatabaseUnusable),
        (sqlite3.SQLITE_NOTADB, DatabaseUnusable),
    ],
)
def test_what_may_pass_is_told_from_what_is_broken(
    tmp_path: Path, code: int, kind: type[DatabaseUnusable]
) -> None:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    with pytest.raises(DatabaseUnusable) as caught, Database(tmp_path / "h.db", ()).opened():
        raise error
    assert caught.type is kind


def test_a_disk_without_room_may_pass(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable), Database(tmp_path / "h.db", ()).opened():
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_database_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """By SQLite itself: no more pages than there are."""
    history = History(tmp_path / "h.db")
    history.record([("a", answer(1), NOW)])
    with pytest.raises(DatabaseUnavailable, match="full"), history._database.opened() as database:
        database.execute("PRAGMA max_page_count = 1")
        with database:
            database.execute(
                "INSERT INTO answers (task_id, seen_at, answer) VALUES ('b', 1, ?)",
                ("x" * 1_000_000,),
            )
    history.record([("c", answer(1), NOW)])
    assert {known.id for known in history.latest()} == {"a", "c"}


async def test_what_could_not_be_recalled_is_asked_for_again_and_then_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path / "h.db")
    history.record([("a", answer(1), NOW)])
    recorder = Recorder(history)
    with monkeypatch.context() as patch:
        patch.setattr(history, "latest", refuse(DatabaseUnavailable("disk error")))
        assert await recorder.recall(["a"]) == ()
    assert "disk error" in recorder.problem
    assert [known.id for known in await recorder.recall(["a", "b"])] == ["a"]
    assert await recorder.recall(["a", "b"]) == ()
    assert [known.id for known in await recorder.latest(["a"])] == ["a"]


async def test_of_a_broken_file_nothing_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "h.db"
    path.write_bytes(b"no database at all" * 100)
    recorder = Recorder(History(path))
    past = await recorder.look_back(NOW)
    assert (past.clock_skew, past.unseen, past.responses) == (0.0, (), ())
    assert recorder.problem
    monkeypatch.setattr(History, "latest", refuse(AssertionError("the file is read")))
    assert await recorder.recall(["a"]) == ()
    assert await recorder.latest(["a"]) == ()


def refuse(error: Exception) -> Callable[..., object]:
    def raising(*_: object) -> object:
        raise error

    return raising
