"""One question shows whether the gateway takes a key."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext

import pytest

from seedance_tui.api.errors import ApiError, Forbidden, KeyRefused, TaskNotFound, Unreachable
from seedance_tui.api.models import Task
from seedance_tui.core.polling.key_check import NOBODY, check_key
from seedance_tui.core.polling.poller import TaskSource
from tests.core.conftest import MakeTask


class Gateway:
    """Answers with a task, or with an error."""

    def __init__(self, answer: Task | ApiError) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def __call__(self) -> AbstractAsyncContextManager[TaskSource]:
        return nullcontext(self)

    async def task(self, task_id: str) -> Task:
        self.asked.append(task_id)
        if isinstance(self.answer, ApiError):
            raise self.answer
        return self.answer


async def test_a_task_that_is_watched_is_asked_about_and_its_answer_shows_the_key(
    task: MakeTask,
) -> None:
    gateway = Gateway(task())
    found = await check_key(gateway, ["asyntask_a1", "asyntask_b2"])
    assert (found.is_accepted, found.problem, gateway.asked) == (True, None, ["asyntask_a1"])


async def test_without_any_task_one_is_asked_about_that_nobody_has() -> None:
    gateway = Gateway(TaskNotFound("no such task"))
    found = await check_key(gateway, [])
    assert found.is_accepted
    assert gateway.asked == [NOBODY]


@pytest.mark.parametrize("kind", [KeyRefused, Forbidden, Unreachable])
async def test_a_refusal_or_trouble_on_the_way_shows_no_key(kind: type[ApiError]) -> None:
    found = await check_key(Gateway(kind("no")), ["asyntask_a1"])
    assert not found.is_accepted
    assert found.problem is not None and found.problem.kind is kind


async def test_a_client_that_cannot_be_built_is_a_problem_too() -> None:
    def connect() -> AbstractAsyncContextManager[TaskSource]:
        raise Unreachable("no way")

    found = await check_key(connect, [])
    assert found.problem is not None and found.problem.kind is Unreachable
