"""Follow tasks and save the files of each as it ends, within a time that holds for both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from ..core.model.codes import Code, Exit
from ..core.model.outcomes import Outcome, phrase
from ..core.text.i18n import _
from .follow import Following
from .json_error import Error, error, error_of, tell
from .query_session import QuerySession
from .running_hooks import running_hooks
from .save_files import FileSaver


async def follow_and_save(
    following: Following, saver: FileSaver, limit: float | None, *, as_json: bool
) -> None:
    """Follow until all have ended; with a `limit` of 0 each is asked once, and saved."""

    async def work() -> None:
        async with asyncio.TaskGroup() as group:

            def save(outcome: Outcome) -> None:
                group.create_task(saver.settle(outcome))

            following.ended = save
            await following.run(0 if limit == 0 else None)

    if not await is_in_time(saver, work, limit):
        if following.open:
            following.time_is_over()
        tell_cut(saver, as_json=as_json)


async def is_in_time(
    saver: FileSaver, work: Callable[[], Awaitable[None]], limit: float | None
) -> bool:
    """Do the work, hooks beside it; return whether `limit` seconds were enough; 0 always are."""
    try:
        async with running_hooks(saver.session), asyncio.timeout(limit or None):
            await work()
    except TimeoutError:
        return False
    return True


def tell_cut(saver: FileSaver, *, as_json: bool) -> None:
    """Tell which files were not saved when the time was over: the next call goes on there."""
    for name in saver.cut:
        problem = saver.in_use.get(name)
        if problem:
            told = error_of(problem, f"{name}: {phrase(problem)}")
        else:
            text = _("{file}: timed out, not saved yet").format(file=name)
            told = error(Code.STILL_OPEN, Exit.STILL_OPEN, text)
        tell(told, as_json=as_json)
        saver.codes.append(problem.spec.exit if problem else Exit.STILL_OPEN)


def time_is_over(queries: QuerySession) -> Error:
    """Return the error that a time is over: that nobody has answered, or not yet with the end."""
    if queries.is_answered:
        return error(Code.STILL_OPEN, Exit.STILL_OPEN, _("timed out"))
    return error(Code.TIMEOUT, Exit.NETWORK, _("timed out, and nobody has answered"))
