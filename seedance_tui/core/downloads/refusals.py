"""Which files can be put into the queue, and why the others cannot: pure.

The screen, the commands and auto-save ask here; the words for a row or a notice are theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ...api.errors import KeyMissing
from ...api.links import Kind
from ...api.models import Phase
from ..model.entry import Entry
from ..model.file_states import Saved, Unfinished
from ..model.outcomes import Problem
from ..text.i18n import _
from .ledger import Key


class Why(StrEnum):
    """Why a file cannot be put into the queue, in the order in which several are told."""

    SAVED = "saved"
    UNDER_WAY = "under_way"
    NOT_DONE = "not_done"
    """The gateway said so when it was asked last, and can be asked again."""
    NOT_ASKED = "not_asked"
    """Nobody has polled the task yet."""
    NO_ANSWER = "no_answer"
    """The task was polled, and no response has ever come: the problem says why."""
    NOT_FOUND = "not_found"
    FAILED = "failed"
    ENDED = "ended"
    """Cancelled, expired, deleted: there is no video."""
    NO_LINK = "no_link"
    """The task is done, and offers no such file."""
    NO_KEY = "no_key"
    NO_CLIENT = "no_client"
    """No connection can be set up: the problem says why."""


@dataclass(frozen=True, slots=True)
class FileRefusal:
    """A file that cannot be put into the queue; `path` is where it is if it is saved."""

    why: Why
    problem: Problem | None = None
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class SortedFiles:
    """Files that were asked for: those to be saved, and why the others are not."""

    wanted: tuple[Key, ...]
    refusals: tuple[FileRefusal, ...]

    @property
    def counts(self) -> Mapping[Why, int]:
        """How many files are refused for which reason, in the order of the telling."""
        counted = Counter(refusal.why for refusal in self.refusals)
        return {why: counted[why] for why in Why if counted[why]}


def sort_out(
    files: Iterable[tuple[Entry, Kind]], trouble: Problem | None, *, can_ask: bool
) -> SortedFiles:
    """Tell which of these files can be put into the queue; see `refusal`."""
    told = [
        ((entry.id, kind), refusal(entry, kind, trouble, can_ask=can_ask)) for entry, kind in files
    ]
    return SortedFiles(
        tuple(key for key, refused in told if refused is None),
        tuple(refused for key, refused in told if refused is not None),
    )


def refusal(
    entry: Entry, kind: Kind, trouble: Problem | None, *, can_ask: bool
) -> FileRefusal | None:
    """Say why a file cannot be put into the queue; None if it can.

    `trouble` is what is wrong with the key, the address or the way there; `can_ask` whether there
    is a client at all.
    """
    state = entry.file(kind)
    if isinstance(state, Saved):
        return FileRefusal(Why.SAVED, path=state.path)
    if isinstance(state, Unfinished):
        return FileRefusal(Why.UNDER_WAY)
    cannot_ask = None if can_ask else _no_client(trouble)
    if entry.link(kind) is not None:
        return cannot_ask
    return _without_link(entry, trouble, cannot_ask)


def _no_client(trouble: Problem | None) -> FileRefusal:
    is_keyless = trouble is not None and issubclass(trouble.kind, KeyMissing)
    return FileRefusal(Why.NO_KEY if is_keyless else Why.NO_CLIENT, trouble)


def _without_link(
    entry: Entry, trouble: Problem | None, cannot_ask: FileRefusal | None
) -> FileRefusal:
    if entry.problem and entry.problem.concerns_task:
        return FileRefusal(Why.NOT_FOUND, entry.problem)
    if entry.is_open and cannot_ask is not None:
        return cannot_ask
    if entry.task is None:
        problem = entry.problem or trouble
        return FileRefusal(Why.NO_ANSWER if problem else Why.NOT_ASKED, problem)
    if entry.is_open:
        return FileRefusal(Why.NOT_DONE)
    phases = {Phase.DONE: Why.NO_LINK, Phase.FAILED: Why.FAILED}
    return FileRefusal(phases.get(entry.status.phase, Why.ENDED))


def phrase(why: Why) -> str:
    """Say a reason where it follows a task's ID and a colon."""
    return {
        Why.SAVED: _("already saved"),
        Why.UNDER_WAY: _("already being downloaded"),
        Why.NOT_DONE: _("the task is not finished yet"),
        Why.NOT_ASKED: _("the task has not been polled yet"),
        Why.NO_ANSWER: _("no response about the task so far"),
        Why.NOT_FOUND: _("task not found"),
        Why.FAILED: _("the task failed"),
        Why.ENDED: _("the task ended without a video"),
        Why.NO_LINK: _("the task is finished and has no link"),
        Why.NO_KEY: _("no API key"),
        Why.NO_CLIENT: _("no connection"),
    }[why]
