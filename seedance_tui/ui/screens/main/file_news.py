"""What is told of files: those that came to their end together in one sentence, with its sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....core.model.file_states import NotSaved, Saved, Waiting
from ....core.model.outcomes import Problem, sentence
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from ...widgets.notice_line import Notice
from .board import Board
from .gather import Gather

if TYPE_CHECKING:
    from ....core.downloads.queue import Job

_NAMES, _LONGEST_NAME = 3, 24


class FileNews:
    """A batch is what came to its end since the queue was last empty: its sum grows in place."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._queue = board.session.files.queue
        self._ended = Gather(board, self._tell_ended)
        self._retried = Gather(board, self._tell_retried)
        self._batch: list[Job] = []
        self._sum: Notice | None = None
        """What was said last of the batch."""
        self._hold: Problem | None = None

    def add(self, job: Job) -> None:
        """Tell what became of a file, with what becomes of others meanwhile."""
        if isinstance(job.state, Saved | NotSaved):
            self._ended.add(job)
        elif isinstance(job.state, Waiting) and job.state.problem and job.tries == 1:
            self._retried.add(job)
        held = self._queue.held
        if held and self._hold != held:
            text = _("Downloads paused. {why}").format(why=sentence(held))
            self._board.notify_line(text, "bad", until_seen=True, is_news=True)
        self._hold = held

    def _tell_ended(self, ended: Sequence[Job]) -> None:
        self._batch += ended
        saved = [job.state for job in self._batch if isinstance(job.state, Saved)]
        failed = [job for job in self._batch if isinstance(job.state, NotSaved)]
        if len(self._batch) == 1 and saved:
            path = fmt.home(saved[0].path)
            self._sum = self._board.notify_line(_("Saved: {path}"), "good", path, is_news=True)
        elif len(self._batch) == 1:
            self._sum = self._tell_one_failure(failed[0])
        else:
            self._tell_reasons([job for job in ended if isinstance(job.state, NotSaved)])
            self._sum = self._tell_sum(saved, len(failed))
        if not self._queue.unfinished:
            self._batch, self._sum = [], None

    def _tell_sum(self, saved: Sequence[Saved], failed: int) -> Notice:
        """Say how many are saved and where, or how many are not."""
        n = len(saved)
        if not failed:
            text = _("{name}: {what}").format(
                name=plural("{n} file saved", "{n} files saved", n), what="{path}"
            )
            path = fmt.home(saved[-1].path.parent)
            return self._board.notify_line(text, "good", path, is_news=True, instead_of=self._sum)
        parts = [plural("{n} file saved", "{n} files saved", n)] if n else []
        parts.append(plural("{n} failed", "{n} failed", failed))
        text = _("{what} · press M to view").format(what=_(", ").join(parts))
        return self._board.notify_line(
            text, "bad", until_seen=True, is_news=True, instead_of=self._sum
        )

    def _tell_reasons(self, failed: Sequence[Job]) -> None:
        """Keep each reason once for the messages, with the names of its files."""
        names: dict[str, list[str]] = {}
        for job in failed:
            names.setdefault(_why(job), []).append(self._name_of(job))
        for why, called in names.items():
            more = len(called) - _NAMES
            shown = [*called[:_NAMES], *([_("{n} more").format(n=more)] if more > 0 else [])]
            count = plural("{n} download failed", "{n} downloads failed", len(called))
            text = _("{what} ({names}). {why}")
            self._board.note(text.format(what=count, names=_(", ").join(shown), why=why), "bad")

    def _tell_one_failure(self, job: Job) -> Notice:
        text = _("Could not download {name}. {why}").format(name=self._name_of(job), why=_why(job))
        return self._board.notify_line(text, "bad", until_seen=True, is_news=True)

    def _tell_retried(self, retried: Sequence[Job]) -> None:
        why = _why(retried[0])
        if len(retried) == 1:
            text = _("{name}: retrying soon. {why}").format(name=self._name_of(retried[0]), why=why)
        else:
            n = len(retried)
            text = plural("{n} download: retrying soon.", "{n} downloads: retrying soon.", n)
            text = f"{text} {why}"
        self._board.notify_line(text, "warn", is_news=True)

    def _name_of(self, job: Job) -> str:
        entry = self._board.session.store.known(job.key[0])
        return fmt.cut_middle(entry.name if entry else job.key[0], _LONGEST_NAME)


def _why(job: Job) -> str:
    """The reason of a failure in full, with what the server said."""
    state = job.state
    problem = state.problem if isinstance(state, NotSaved | Waiting) else None
    return sentence(problem) if problem else ""
