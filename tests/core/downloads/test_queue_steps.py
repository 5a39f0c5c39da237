"""What each step of the queue does to a file in each of its states, and to its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.api.errors import (
    ApiError,
    DiskError,
    DiskFull,
    KeyRefused,
    LinkExpired,
    NameTaken,
    NoLink,
    TimedOut,
    Unreachable,
)
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._records import job_of, record_of
from seedance_tui.core.downloads._retry import concerns_file
from seedance_tui.core.downloads.ledger import Decision, Key, Record
from seedance_tui.core.downloads.queue import NEVER, Job, Queue
from seedance_tui.core.model.file_states import (
    FileState,
    NotSaved,
    Paused,
    Saved,
    Saving,
    Stamp,
    Waiting,
)
from seedance_tui.core.model.outcomes import Problem

KEYS = [(name, Kind.RESULT) for name in "abcd"]
A, B, C, D = KEYS
LATE, GONE = Problem(TimedOut, at=1000.0), Problem(LinkExpired)
FULL = Problem(DiskFull, needed=100)
STATES = (Waiting(5, 10), Saving(5, 10), Paused(5, 10), Saved(Path("a.mp4")), NotSaved(GONE))


def queue_of(*keys: Key) -> Queue:
    queue = Queue()
    queue.add(keys)
    return queue


def queue_with(state: FileState) -> Queue:
    """A queue whose one file is in that state."""
    queue = queue_of(A)
    queue._put(Job(A, state, state.path if isinstance(state, Saved) else None, tries=3, due=50.0))
    return queue


def job(queue: Queue, key: Key = A) -> Job:
    job = queue.get(key)
    assert job is not None
    return job


def names(queue: Queue) -> str:
    return "".join(key[0] for key in (job.key for job in queue.jobs))


def name(state: object) -> str:
    return type(state).__name__


@pytest.mark.parametrize(
    ("state", "then"),
    list(zip(STATES, [Paused(5, 10), Paused(5, 10), *STATES[2:]], strict=True)),
    ids=[name(state) for state in STATES],
)
def test_only_what_waits_or_is_under_way_is_paused(state: FileState, then: FileState) -> None:
    queue = queue_with(state)
    queue.pause([A])
    assert job(queue).state == then


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (Waiting(5, 10, LATE, 1015.0), Waiting(5, 10, LATE)),
        (Saving(5, 10), None),
        (Paused(5, 10), Waiting(5, 10)),
        (Saved(Path("a.mp4")), None),
        (NotSaved(GONE), Waiting()),
    ],
    ids=[name(state) for state in STATES],
)
def test_what_is_resumed_is_tried_at_once_as_for_the_first_time(
    state: FileState, then: FileState | None
) -> None:
    queue = queue_with(state)
    queue.resume([A])
    if then is None:
        assert (job(queue).state, job(queue).tries, job(queue).due) == (state, 3, 50.0)
    else:
        assert (job(queue).state, job(queue).tries, job(queue).due) == (then, 0, 0.0)


@pytest.mark.parametrize("state", STATES, ids=name)
def test_only_what_is_under_way_is_put_off_until_the_moment_that_is_told(state: FileState) -> None:
    queue = queue_with(state)
    queue.put_off(A, 70.0)
    is_put_off = isinstance(state, Saving)
    assert job(queue).state == (Waiting(5, 10) if is_put_off else state)
    assert job(queue).due == (70.0 if is_put_off else 50.0)


@pytest.mark.parametrize("state", STATES, ids=name)
def test_only_what_is_under_way_takes_in_how_it_is(state: FileState) -> None:
    queue = queue_with(state)
    queue.update(A, Saving(6, 10), 0.0)
    assert job(queue).state == (Saving(6, 10) if isinstance(state, Saving) else state)


@pytest.mark.parametrize("state", STATES, ids=name)
def test_what_is_at_its_end_is_put_away_and_a_failure_is_not_wanted_any_more(
    state: FileState,
) -> None:
    queue = queue_with(state)
    queue.clear_finished()
    assert (queue.get(A) is None) is isinstance(state, Saved | NotSaved)
    assert queue.is_undecided(A) is isinstance(state, Saved), "of that the record tells"


def test_of_a_file_that_is_tried_again_it_is_still_told_what_was_wrong() -> None:
    queue = queue_of(A)
    queue.take(0.0, 1)
    queue.update(A, NotSaved(LATE), 0.0)
    (again,) = queue.take(15.0, 1)
    assert again.key == A
    assert job(queue).state == Saving(problem=LATE)


def test_only_what_the_disk_has_no_room_for_is_released() -> None:
    queue = queue_of(A, B)
    queue.take(0.0, 2)
    queue.update(A, NotSaved(FULL), 0.0)
    queue.update(B, NotSaved(LATE), 0.0)
    assert (job(queue, A).due, job(queue, B).due) == (NEVER, 15.0)
    for key in (A, B, C):
        queue.release(key)
    assert (job(queue, A).due, job(queue, B).due) == (0.0, 15.0)


def test_a_file_that_is_only_paused_does_not_keep_the_queue_from_being_held() -> None:
    queue = queue_of(A, B)
    queue.take(0.0, 1)
    queue.update(A, NotSaved(FULL), 0.0)
    assert queue.held is None
    queue.pause([B])
    assert queue.held == FULL
    queue.pause([A])
    assert queue.held is None, "nobody wants anything"


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        (A, 1, "bacd"),
        (A, 2, "bcad"),
        (A, 9, "bcda"),
        (D, -1, "abdc"),
        (D, -3, "dabc"),
        (D, -9, "dabc"),
        (B, 0, "abcd"),
    ],
)
def test_a_moved_file_goes_so_many_places_and_the_places_stay_in_order(
    key: Key, by: int, order: str
) -> None:
    told: list[str] = []
    queue = Queue(reordered=lambda: told.append("reordered"))
    queue.add(KEYS)
    queue.move(key, by)
    assert names(queue) == order
    assert [job.place for job in queue.jobs] == [0, 1, 2, 3]
    assert told == ["reordered"]


def test_what_is_added_comes_behind_all_also_where_places_are_missing() -> None:
    queue = queue_of(*KEYS[:3])
    queue.cancel([B])
    queue.add([D, B])
    assert names(queue) == "acdb"
    assert [job.place for job in queue.jobs] == [0, 2, 3, 4]
    queue.mark_saved(("e", Kind.RESULT), Saved(Path("e.mp4")))
    assert queue.jobs[-1].place == 5


def test_what_is_added_again_after_a_failure_goes_to_the_end_and_keeps_its_path() -> None:
    queue = queue_of(A, B)
    queue.set_path(A, Path("a.mp4"))
    queue.take(0.0, 1)
    queue.update(A, NotSaved(GONE), 0.0)
    assert queue.add([A, A]) == 1
    assert queue.jobs[-1] == Job(A, Waiting(), Path("a.mp4"), place=2)
    assert queue.add([A]) == 0


def test_the_next_try_is_the_soonest_of_those_that_wait_for_a_moment() -> None:
    queue = queue_of(A, B, C)
    queue.take(0.0, 3)
    queue.update(A, NotSaved(replace(LATE, retry_after=90.0)), 0.0)
    queue.update(B, NotSaved(replace(LATE, retry_after=40.0)), 0.0)
    queue.update(C, NotSaved(FULL), 0.0)
    assert queue.next_due() == 40.0
    assert queue.next_due({B}) == 90.0
    queue.pause([A])
    assert queue.next_due({B}) is None


@pytest.mark.parametrize(
    ("kind", "concerns"),
    [
        (LinkExpired, True),
        (NoLink, True),
        (TimedOut, False),
        (Unreachable, False),
        (KeyRefused, False),
        (DiskError, False),
        (DiskFull, False),
        (NameTaken, False),
    ],
)
def test_what_another_try_would_meet_too_is_remembered_of_a_file_saved_past_the_queue(
    kind: type[ApiError], concerns: bool
) -> None:
    problem = Problem(kind)
    assert concerns_file(problem) is concerns
    queue = Queue()
    queue.mark_failed(A, NotSaved(problem))
    assert (queue.get(A) is not None) is concerns


@pytest.mark.parametrize("state", STATES, ids=name)
def test_a_failure_past_the_queue_takes_no_file_out_of_it(state: FileState) -> None:
    queue = queue_with(state)
    queue.mark_failed(A, NotSaved(Problem(NoLink)))
    is_kept = isinstance(state, Waiting | Saving | Paused)
    assert job(queue).state == (state if is_kept else NotSaved(Problem(NoLink)))


def test_what_is_spoiled_counts_as_never_saved_and_a_job_for_it_stays() -> None:
    queue = queue_of(B)
    queue.mark_saved(A, Saved(Path("a.mp4")))
    spoiled = queue.recorded[A]
    queue.forget([replace(spoiled, path=Path("other.mp4"))])
    assert not queue.is_undecided(A), "of that one nothing was said"
    queue.forget([spoiled])
    assert queue.is_undecided(A)
    assert names(queue) == "b"
    queue.mark_saved(A, Saved(Path("a.mp4")))
    spoiled = queue.recorded[A]
    queue._put(Job(A, Waiting()))
    queue.forget([spoiled])
    assert queue.get(A) is not None, "it is about to be saved again"
    assert queue.recorded == {}


def test_the_paths_of_others_are_those_saved_and_those_to_be_saved() -> None:
    queue = queue_of(A, B)
    queue.set_path(A, Path("a.mp4"))
    queue.mark_saved(C, Saved(Path("c.mp4")))
    queue.clear_finished()
    assert queue.paths_but_of(B) == {Path("a.mp4"), Path("c.mp4")}
    assert queue.paths_but_of(C) == {Path("a.mp4")}
    assert queue.paths_but_of(A) == {Path("c.mp4")}


STAMP = Stamp(9, 7, 5)


@pytest.mark.parametrize(
    ("state", "record"),
    [
        (None, Record(A, Decision.DECLINED)),
        (
            Saved(Path("a.mp4"), (), STAMP, "data.url"),
            Record(A, Decision.SAVED, Path("a.mp4"), stamp=STAMP, source="data.url"),
        ),
        (NotSaved(GONE), Record(A, Decision.FAILED, Path("p"), 4, problem=GONE)),
        (Paused(5, 10), Record(A, Decision.HELD, Path("p"), 4)),
        (Waiting(5, 10), Record(A, Decision.WANTED, Path("p"), 4)),
        (Saving(5, 10), Record(A, Decision.WANTED, Path("p"), 4)),
    ],
)
def test_a_later_run_knows_what_was_decided_and_goes_on_from_that(
    state: FileState | None, record: Record
) -> None:
    assert record_of(Job(A, state, Path("p"), place=4)) == record
    restored = job_of(record)
    if record.decision in (Decision.SAVED, Decision.DECLINED):
        assert restored is None
    else:
        assert restored is not None
        assert (restored.path, restored.place, restored.due) == (Path("p"), 4, 0.0)
        assert isinstance(restored.state, Waiting | Paused | NotSaved)
        assert restored.is_unfinished is not isinstance(state, NotSaved)


def test_a_failure_whose_reason_is_not_known_any_more_is_one_all_the_same() -> None:
    restored = job_of(Record(A, Decision.FAILED))
    assert restored is not None
    assert restored.state == NotSaved(Problem(ApiError))
