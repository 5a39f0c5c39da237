"""The sums over the queue, which the status line and the downloads pane both say."""

from pathlib import Path

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads.queue import Queue
from seedance_tui.core.downloads.summary import QueueSummary
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem


def queue_with(*states: FileState) -> Queue:
    queue = Queue()
    keys = [(f"task{number}", Kind.RESULT) for number in range(len(states))]
    queue.add(keys)
    queue.take(0.0, len(keys))
    for key, state in zip(keys, states, strict=True):
        queue.update(key, state, 0.0)
    return queue


def test_an_empty_queue_has_nothing_to_say() -> None:
    assert QueueSummary.of(Queue()) == QueueSummary()
    assert QueueSummary().fraction is None
    assert QueueSummary().left is None


def test_bytes_and_speeds_of_all_files_are_summed() -> None:
    summary = QueueSummary.of(queue_with(Saving(10, 40, 5.0), Saving(20, 60, 5.0), Paused(0, 100)))
    assert (summary.count, summary.unfinished, summary.under_way) == (3, 3, 2)
    assert summary.fraction == pytest.approx(30 / 200)
    assert summary.left == pytest.approx(17.0)


def test_a_file_of_unknown_length_leaves_the_time_open_and_out_of_the_share() -> None:
    summary = QueueSummary.of(queue_with(Saving(10, 40, 5.0), Waiting()))
    assert summary.fraction == pytest.approx(0.25)
    assert summary.left is None


def test_what_the_disk_has_no_room_for_is_counted_while_others_go_on() -> None:
    full = NotSaved(Problem(DiskFull, needed=9))
    summary = QueueSummary.of(queue_with(full, full, Saving(1, 2)))
    assert (summary.unfinished, summary.no_room, summary.held) == (3, 2, None)


def test_what_is_at_its_end_is_counted_and_no_longer_to_be_saved() -> None:
    given_up = NotSaved(Problem(LinkExpired))
    summary = QueueSummary.of(queue_with(given_up, Saved(Path("x")), Saving(1, 2)))
    assert (summary.count, summary.saved, summary.unfinished) == (3, 1, 1)
