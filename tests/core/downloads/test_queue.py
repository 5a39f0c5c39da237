"""Which file is saved next, and what becomes of one that was not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.errors import (
    ApiError,
    ChecksumWrong,
    DiskFull,
    KeyRefused,
    LinkExpired,
    NotAVideo,
    TimedOut,
    WrongLength,
)
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._records import record_of
from seedance_tui.core.downloads.ledger import Decision, Key, Record
from seedance_tui.core.downloads.queue import Job, Queue
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem

A, B, C = (("a", Kind.RESULT), ("b", Kind.RESULT), ("c", Kind.ORIGINAL))


@pytest.fixture
def queue() -> Queue:
    queue = Queue()
    queue.add([A, B, C])
    return queue


def keys(jobs: list[Job] | tuple[Job, ...]) -> list[Key]:
    return [job.key for job in jobs]


def state(queue: Queue, key: Key) -> FileState | None:
    job = queue.get(key)
    assert job is not None
    return job.state


def failed(
    queue: Queue, key: Key, kind: type[ApiError] = TimedOut, now: float = 0.0, **details: Any
) -> None:
    queue.update(key, NotSaved(Problem.of(kind(**details), at=1000.0)), now)


def test_files_are_saved_in_order_and_no_more_than_asked_for(queue: Queue) -> None:
    assert keys(queue.take(0.0, 2)) == [A, B]
    assert keys(queue.take(0.0, 2)) == [C]
    assert queue.take(0.0, 2) == []


def test_a_file_is_in_the_queue_once(queue: Queue) -> None:
    assert queue.add([A, ("d", Kind.RESULT)]) == 1
    assert keys(queue.jobs) == [A, B, C, ("d", Kind.RESULT)]


def test_a_moved_file_changes_places(queue: Queue) -> None:
    queue.move(C, -1)
    assert keys(queue.take(0.0, 3)) == [A, C, B]
    queue.move(A, -5)
    assert keys(queue.jobs) == [A, C, B]


def test_a_paused_file_waits_for_the_person_and_keeps_what_came(queue: Queue) -> None:
    queue.take(0.0, 1)
    queue.update(A, Saving(5, 10), 1.0)
    queue.pause([A])
    assert state(queue, A) == Paused(5, 10)
    queue.update(A, Saving(6, 10), 1.1)
    assert state(queue, A) == Paused(5, 10), "a late word of the old try"
    queue.resume([A])
    assert keys(queue.take(2.0, 1)) == [A]
    assert state(queue, A) == Saving(5, 10)


@pytest.mark.parametrize("kind", [TimedOut, WrongLength, NotAVideo])
def test_what_may_pass_is_tried_again_later_and_others_go_first(
    queue: Queue, kind: type[ApiError]
) -> None:
    queue.take(0.0, 1)
    failed(queue, A, kind, now=0.0)
    assert keys(queue.take(1.0, 1)) == [B]
    waiting = state(queue, A)
    assert isinstance(waiting, Waiting)
    assert waiting.retry_at == 1015.0
    assert keys(queue.take(15.0, 2)) == [A, C]
    failed(queue, A, kind, now=15.0)
    assert queue.take(44.0, 1) == []
    assert keys(queue.take(45.0, 1)) == [A], "twice as long the second time"


def test_a_server_that_says_when_is_taken_at_its_word(queue: Queue) -> None:
    queue.take(0.0, 1)
    failed(queue, A, retry_after=90.0)
    assert A not in keys(queue.take(89.0, 9))
    assert A in keys(queue.take(90.0, 9))


@pytest.mark.parametrize("kind", [LinkExpired, ChecksumWrong, KeyRefused])
def test_what_does_not_pass_is_given_up_until_a_person_wants_it(
    queue: Queue, kind: type[ApiError]
) -> None:
    queue.take(0.0, 1)
    failed(queue, A, kind)
    assert isinstance(state(queue, A), NotSaved)
    assert queue.next_due() == 0.0, "the others are not held up"
    queue.resume([A])
    assert A in keys(queue.take(0.0, 9))


def test_a_full_disk_holds_the_file_that_has_no_room_and_no_other(queue: Queue) -> None:
    queue.take(0.0, 1)
    queue.update(A, NotSaved(Problem.of(DiskFull(100, 1), 0.0)), 0.0)
    assert keys(queue.held_jobs) == [A]
    assert queue.held is None, "the others go on"
    assert keys(queue.take(1e9, 9)) == [B, C]
    for key in (B, C):
        queue.update(key, NotSaved(Problem.of(DiskFull(200, 1), 0.0)), 0.0)
    assert queue.held is not None
    assert queue.held.needed == 100
    assert queue.next_due() is None
    queue.release(A)
    assert keys(queue.take(0.0, 9)) == [A], "it has lost neither its turn nor its bytes"


def test_a_cancelled_file_is_decided_about() -> None:
    told: list[Job] = []
    queue = Queue(changed=told.append)
    queue.add([A, B, C])
    told.clear()
    queue.cancel([B])
    assert keys(queue.jobs) == [A, C]
    assert told == [Job(B, None, place=1)]
    assert not queue.is_undecided(B)
    queue.add([B])
    assert keys(queue.jobs) == [A, C, B]


def test_a_saved_file_stays_until_it_is_cleared_and_is_never_saved_unasked_again(
    queue: Queue, tmp_path: Path
) -> None:
    queue.take(0.0, 1)
    queue.update(A, Saved(tmp_path / "a.mp4"), 0.0)
    assert queue.saved == {A: tmp_path / "a.mp4"}
    queue.clear_finished()
    assert keys(queue.jobs) == [B, C]
    assert not queue.is_undecided(A)


def test_a_file_whose_saving_was_interrupted_waits_again(queue: Queue) -> None:
    queue.take(0.0, 1)
    queue.update(A, Saving(5, 10), 0.0)
    queue.put_off(A)
    assert state(queue, A) == Waiting(5, 10)


def test_a_busy_file_is_not_begun_twice(queue: Queue) -> None:
    assert keys(queue.take(0.0, 1, busy={A})) == [B]


def test_a_later_run_goes_on_where_this_one_ended(queue: Queue, tmp_path: Path) -> None:
    queue.take(0.0, 1)
    queue.set_path(A, tmp_path / "a.mp4")
    queue.pause([C])
    records = tuple(record_of(job) for job in queue.unfinished)
    assert records == (
        Record(A, Decision.WANTED, tmp_path / "a.mp4", 0),
        Record(B, Decision.WANTED, None, 1),
        Record(C, Decision.HELD, None, 2),
    )
    later = Queue()
    done = replace(records[0], key=("s", Kind.RESULT), decision=Decision.SAVED)
    later.restore((*records, done, Record(("d", Kind.RESULT), Decision.DECLINED)))
    assert keys(later.jobs) == [A, B, C]
    assert isinstance(state(later, C), Paused)
    assert later.saved == {done.key: tmp_path / "a.mp4"}
    assert not later.is_undecided(("d", Kind.RESULT))


def test_a_cancelled_file_that_was_too_large_lets_the_others_go_on(queue: Queue) -> None:
    queue.take(0.0, 1)
    queue.update(A, NotSaved(Problem.of(DiskFull(100, 1), 0.0)), 0.0)
    queue.cancel([A])
    assert keys(queue.take(0.0, 9)) == [B, C]


def test_nothing_is_due_of_a_file_that_is_still_busy(queue: Queue) -> None:
    assert queue.next_due({A, B}) == 0.0
    assert queue.next_due({A, B, C}) is None


def test_what_is_restored_late_takes_nothing_from_a_job_that_runs(queue: Queue) -> None:
    queue.take(0.0, 1)
    queue.restore([Record(A, Decision.HELD)])
    assert isinstance(state(queue, A), Saving)


def test_the_paths_of_other_files_are_known(queue: Queue, tmp_path: Path) -> None:
    queue.set_path(A, tmp_path / "tea.mp4")
    assert queue.paths_but_of(B) == {tmp_path / "tea.mp4"}
    assert queue.paths_but_of(A) == set()
