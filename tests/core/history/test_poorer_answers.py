"""A later run never takes a poorer answer for the last word, whichever window heard it."""

from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.models import Task
from seedance_tui.core.history.history import History

LINK = "https://store.example/v.mp4"


def answer(status: str, **data: Any) -> Task:
    task = Task.from_json({"data": {"task_id": "a", "status": status, **data}})
    assert task is not None
    return task


@pytest.mark.parametrize(
    "poorer",
    [answer("IN_PROGRESS"), answer("new word"), answer("SUCCESS"), answer("FAILURE")],
    ids=lambda task: task.status.word,
)
def test_an_answer_that_says_less_than_the_last_one_is_left_out(
    tmp_path: Path, poorer: Task
) -> None:
    here, there = History(tmp_path / "history.db"), History(tmp_path / "history.db")
    here.record([("a", answer("SUCCESS", result_url=LINK), 1.0)])
    there.record([("a", poorer, 2.0)])
    (kept,) = here.latest()
    assert (kept.task.result_url, kept.seen_at) == (LINK, 1.0)


def test_an_answer_that_says_more_or_else_is_kept(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    steps = [answer("SUCCESS"), answer("SUCCESS", result_url=LINK)]
    steps += [answer("SUCCESS", result_url=LINK + "?new")]
    for second, task in enumerate(steps):
        history.record([("a", task, float(second))])
        (kept,) = history.latest()
        assert kept.task.raw == task.raw


def test_a_task_that_failed_and_runs_again_is_kept_as_it_runs(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    for second, word in enumerate(["FAILURE", "QUEUED"]):
        history.record([("a", answer(word), float(second))])
    assert [one.task.status.word for one in history.latest()] == ["QUEUED"]
