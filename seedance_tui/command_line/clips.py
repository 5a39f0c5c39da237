"""The videos of tasks to be looked at: a saved file, or what is behind a link."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..api.links import Kind
from ..api.transfer.background import CancelToken, in_thread
from ..core.media.budget import MEBIBYTE, Budget
from ..core.media.clip import Clip, open_file, open_link
from ..core.media.links import link_urls
from ..core.media.no_picture import NoPicture, Obstacle
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.outcomes import Missed
from ..core.model.urgency import has_expired
from ..core.naming.template import file_name
from ..core.text.i18n import _
from .error_messages import failure_sentence
from .exit_status import of_status
from .json_error import Error, error, error_of, tell
from .json_record import saved_path
from .query_session import QuerySession

_T = TypeVar("_T")
_PERCENT = 100.0


class Unshown(Exception):
    """A task of which there is no picture: the error, and the exit status of that."""

    def __init__(self, error: Error, exit_status: Exit) -> None:
        super().__init__(error["message"])
        self.error = error
        self.exit_status = exit_status

    @classmethod
    def of(cls, why: NoPicture) -> Unshown:
        """Take over what is in the way of a picture."""
        told = error_of(why.problem, why.sentence) if why.problem else None
        return cls(told or error(why.code, why.exit, why.sentence), why.exit)


class Clips:
    """Opens the videos of the tasks of a session; a task is asked where its file is not saved."""

    def __init__(self, queries: QuerySession) -> None:
        self._queries = queries
        self._budget = Budget(64 * MEBIBYTE, 1024 * MEBIBYTE)

    async def open(self, task_id: str, kind: Kind) -> Clip:
        """Open a video; raises Unshown where there is none to be had."""
        entry = self._queries.entry(task_id)
        if path := saved_path(entry, kind):
            return await shown(lambda cancel: open_file(path))
        await self._ask(task_id)
        entry, client = self._queries.entry(task_id), self._queries.session.client
        link = entry.link(kind)
        if link is None or client is None:
            raise _linkless(entry)
        if has_expired(link, self._queries.session.now()):
            raise Unshown.of(NoPicture(Obstacle.EXPIRED))
        urls = link_urls(entry, kind, client.base_url)
        return await shown(
            lambda cancel: open_link(client.files, urls, self._budget, task_id, cancel)
        )

    async def _ask(self, task_id: str) -> None:
        await self._queries.connect()
        outcome = await self._queries.ask_one(task_id)
        if isinstance(outcome, Missed):
            raise Unshown(error_of(outcome.problem), outcome.problem.spec.exit)


def _linkless(entry: Entry) -> Unshown:
    """Say why a task has no such link: it is not done, or has none."""
    status = of_status(entry.status)
    if status is Exit.WELL:
        words = _("the task has no such link")
        return Unshown(error(Code.LINK_MISSING, Exit.DISK, words), Exit.DISK)
    lost = failure_sentence(entry.task) if entry.task else None
    code = Code.TASK_FAILED if status is Exit.FAILED else Code.STILL_OPEN
    return Unshown(error(code, status, lost or _("not finished yet")), status)


def tell_unshown(task_id: str, why: Unshown, *, as_json: bool) -> None:
    """Say on standard error why there is no picture of a task."""
    message = f"{task_id}: {why.error['message']}"
    tell({**why.error, "message": message}, as_json=as_json)


async def shown(work: Callable[[CancelToken], _T]) -> _T:
    """Do work with pictures in a thread; raises Unshown where there is no picture."""
    try:
        return await in_thread(work)
    except NoPicture as error:
        raise Unshown.of(error) from error


def picture_path(entry: Entry, given: str | None, what: str) -> Path:
    """Return where a picture of a task goes: where it is told, else here, under the task's name."""
    name = file_name(entry.id, Kind.RESULT, f".{what}.png")
    if given is None:
        return Path(name)
    path = Path(given)
    return path / name if path.is_dir() else path


class ClipMoment:
    """A moment of a video as it is asked for: seconds, or a share of its duration."""

    def __init__(self, text: str) -> None:
        is_share, number = text.endswith("%"), text.strip().rstrip("%s")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if not 0 <= value < float("inf") or (is_share and value > _PERCENT):
            raise argparse.ArgumentTypeError(
                _("{text!r} is no moment: seconds such as 2.5s, or a share such as 50%").format(
                    text=text
                )
            )
        self._share = value / _PERCENT if is_share else None
        self._seconds = value

    def index(self, clip: Clip) -> int:
        """Return the frame that is shown then."""
        if self._share is not None:
            return round((len(clip.moments) - 1) * self._share)
        return clip.index_at(self._seconds)


def moments(text: str) -> tuple[ClipMoment, ...]:
    """Read moments from the command line, with commas between them."""
    return tuple(ClipMoment(part) for part in text.split(","))
