"""Whose turn it is among many tasks that are due."""

import pytest

from seedance_tui.core.polling._queue import TaskQueue


def taken(queue: TaskQueue, now: float) -> list[str]:
    """Take all that are due."""
    found = []
    while (task_id := queue.pop(now)) is not None:
        found.append(task_id)
    return found


def asked(queue: TaskQueue, task_id: str, at: float, *, urgent: bool = False) -> None:
    queue.note(task_id, at, urgent=urgent)


def test_nothing_is_due_before_its_moment() -> None:
    queue = TaskQueue()
    assert (queue.next_at(), queue.pop(9.0), queue.has_due(9.0)) == (None, None, False)
    queue.put("a", 10.0)
    assert "a" in queue
    assert (queue.next_at(), queue.pop(9.9), queue.has_due(9.9)) == (10.0, None, False)
    assert queue.has_due(10.0)
    assert queue.pop(10.0) == "a"
    assert "a" not in queue
    assert (queue.next_at(), queue.pop(99.0)) == (None, None)


def test_of_those_never_asked_about_the_one_that_was_due_first_comes_first() -> None:
    queue = TaskQueue()
    for task_id, at in (("c", 3.0), ("a", 1.0), ("b", 2.0)):
        queue.put(task_id, at)
    assert taken(queue, 3.0) == ["a", "b", "c"]


def test_what_was_asked_about_longest_ago_comes_first_and_the_new_before_all() -> None:
    queue = TaskQueue()
    for task_id, at in (("young", 80.0), ("old", 20.0), ("middle", 50.0)):
        asked(queue, task_id, at)
        queue.put(task_id, 90.0)
    queue.put("new", 99.0)
    assert taken(queue, 100.0) == ["new", "old", "middle", "young"]


@pytest.mark.parametrize(("waited", "first"), [(65.0, "other"), (68.0, "urgent")])
def test_an_urgent_task_comes_first_once_it_has_waited_for_two_thirds_of_the_time(
    waited: float, first: str
) -> None:
    queue = TaskQueue()
    asked(queue, "other", 0.0)
    asked(queue, "urgent", 100.0 - waited, urgent=True)
    queue.put("other", 100.0)
    queue.put("urgent", 100.0)
    assert queue.pop(100.0) == first


def test_a_task_is_urgent_only_for_as_long_as_it_was_said_to_be() -> None:
    queue = TaskQueue()
    for urgent in (True, False):
        asked(queue, "a", 30.0, urgent=urgent)
    asked(queue, "b", 20.0)
    queue.put("a", 100.0)
    queue.put("b", 100.0)
    assert queue.pop(100.0) == "b"


def test_who_lets_others_pass_loses_half_of_its_waiting() -> None:
    queue = TaskQueue()
    for task_id, at in (("patient", 0.0), ("a", 40.0), ("b", 60.0)):
        asked(queue, task_id, at)
    queue.let_pass("patient", 100.0)
    for task_id in ("patient", "a", "b"):
        queue.put(task_id, 100.0)
    assert taken(queue, 101.0) == ["a", "patient", "b"]


def test_who_was_never_asked_about_and_lets_others_pass_counts_as_asked_just_now() -> None:
    queue = TaskQueue()
    asked(queue, "a", 90.0)
    queue.let_pass("patient", 100.0)
    queue.put("patient", 100.0)
    queue.put("a", 100.0)
    assert taken(queue, 101.0) == ["a", "patient"]


def test_another_turn_takes_the_place_of_the_first() -> None:
    queue = TaskQueue()
    queue.put("a", 10.0)
    queue.put("a", 30.0)
    assert (queue.next_at(), queue.pop(29.0)) == (30.0, None)
    queue.put("a", 5.0)
    assert queue.next_at() == 5.0
    assert taken(queue, 99.0) == ["a"]


def test_a_turn_that_has_come_can_still_be_taken_away_or_put_off() -> None:
    queue = TaskQueue()
    for task_id in "abc":
        queue.put(task_id, 1.0)
    assert queue.pop(2.0) == "a"
    queue.remove("b")
    queue.put("c", 9.0)
    assert (queue.next_at(), queue.pop(8.0)) == (9.0, None)
    assert queue.pop(9.0) == "c"
    queue.remove("unknown")


def test_what_is_forgotten_is_new_when_it_comes_again() -> None:
    queue = TaskQueue()
    asked(queue, "a", 90.0, urgent=True)
    asked(queue, "b", 10.0)
    queue.put("a", 100.0)
    queue.forget("a")
    queue.put("a", 100.0)
    queue.put("b", 100.0)
    assert taken(queue, 100.0) == ["a", "b"]
    asked(queue, "a", 90.0)
    asked(queue, "b", 89.0)
    queue.put("a", 100.0)
    queue.put("b", 100.0)
    assert queue.pop(100.0) == "b", "nor is it urgent any more"


def test_all_that_is_due_is_put_off_and_nothing_else() -> None:
    queue = TaskQueue()
    for task_id, at in (("a", 1.0), ("b", 2.0), ("later", 50.0)):
        queue.put(task_id, at)
    moments = iter((20.0, 10.0))
    queue.put_off_due(5.0, lambda: next(moments))
    assert queue.pop(9.9) is None
    assert (queue.pop(10.0), queue.pop(20.0), queue.pop(49.0), queue.pop(50.0)) == (
        *("b", "a", None, "later"),
    )


def test_the_first_moment_is_that_of_a_turn_that_has_come_or_of_one_to_come() -> None:
    queue = TaskQueue()
    queue.put("a", 3.0)
    queue.put("b", 1.0)
    queue.put("c", 7.0)
    assert queue.pop(4.0) == "b"
    assert queue.next_at() == 3.0
    assert queue.pop(4.0) == "a"
    assert queue.next_at() == 7.0
