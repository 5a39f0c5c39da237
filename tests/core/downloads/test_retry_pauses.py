"""How long the queue waits for the next try of a file: longer each time, and never for ever."""

from seedance_tui.api.errors import Unreachable
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads.queue import Queue
from seedance_tui.core.model.file_states import NotSaved
from seedance_tui.core.model.outcomes import Problem

KEY = ("a", Kind.RESULT)


def test_the_pauses_grow_to_five_minutes_and_stay_there() -> None:
    queue, now, pauses = Queue(), 0.0, []
    queue.add([KEY])
    for _ in range(8):
        assert queue.take(now, 1)
        queue.update(KEY, NotSaved(Problem(Unreachable)), now)
        due = queue.next_due()
        assert due is not None
        pauses.append(due - now)
        now = due
    assert pauses == [15, 30, 60, 120, 300, 300, 300, 300]


def test_a_person_who_resumes_begins_the_pauses_anew() -> None:
    queue = Queue()
    queue.add([KEY])
    for _ in range(3):
        queue.take(1e6, 1)
        queue.update(KEY, NotSaved(Problem(Unreachable)), 0.0)
    queue.resume([KEY])
    queue.take(0.0, 1)
    queue.update(KEY, NotSaved(Problem(Unreachable)), 0.0)
    assert queue.next_due() == 15
