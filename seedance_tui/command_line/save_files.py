"""Save the files of tasks whose outcome is known; a failure of one never stops the others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from ..api.errors import InUse
from ..api.links import Kind
from ..core.downloads.refusals import phrase as phrase_of
from ..core.downloads.refusals import refusal
from ..core.downloads.remarks import remark_texts
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.file_states import NotSaved, Saved
from ..core.model.outcomes import Missed, Outcome
from ..core.model.urgency import has_expired
from ..core.text.i18n import _
from ..core.text.sanitize import safe
from .error_messages import failure_sentence
from .exit_status import of_status
from .json_error import Error, error, error_of, tell
from .json_record import saved_path
from .output import NOTHING, say
from .progress import Meter
from .query_session import QuerySession
from .record_lines import RecordLines

_IN_USE_PAUSE = 1.0
"""Seconds between two looks at a file that another instance is saving."""


class FileSaver:
    """Saves the files of some kinds; `codes` are what came of it.

    With `named`, the tasks were named one by one, and one that has no file to save is an error;
    otherwise whatever can be saved is. With `lines`, a record of each task is printed in place of
    paths, when all its files are settled. A file in another folder than `only_in` does not count.
    `limit` are the seconds to wait where another instance is saving a file.
    """

    def __init__(
        self,
        queries: QuerySession,
        kinds: Sequence[Kind],
        *,
        named: bool,
        lines: RecordLines | None = None,
        only_in: Path | None = None,
        limit: float | None = None,
    ) -> None:
        self.codes: list[Exit] = []
        self.missed: list[Missed] = []
        self._queries = queries
        self._kinds = kinds
        self._named = named
        self._lines = lines
        self._errors: dict[str, Error] = {}
        self._only_in = only_in
        self._meter = Meter()
        self._until = None if limit is None else time.monotonic() + limit

    def _path(self, entry: Entry, kind: Kind) -> Path | None:
        """Return where the file is, if it is where it is wanted."""
        path = saved_path(entry, kind)
        return path if path and self._only_in in (None, path.parent) else None

    def is_whole(self, task_id: str) -> bool:
        """Whether all its files are on the disk, so that nobody has to be asked."""
        entry = self._queries.entry(task_id)
        return all(self._path(entry, kind) for kind in entry.with_every_video(self._kinds))

    def tell_saved(self, task_id: str) -> None:
        """Print where its files are."""
        entry = self._queries.entry(task_id)
        for kind in entry.with_every_video(self._kinds):
            if path := self._path(entry, kind):
                self._tell(path)
        self._show(task_id)

    async def ask_and_settle(self, task_id: str) -> None:
        """Poll a task and save its files."""
        await self.settle(await self._queries.ask_one(task_id))

    async def settle(self, outcome: Outcome) -> None:
        """Save the files of a task that is done; say why where it is not."""
        before = len(self.codes)
        await self._settle(outcome)
        if self._named or len(self.codes) > before:
            self._show(outcome.id)

    async def _settle(self, outcome: Outcome) -> None:
        if isinstance(outcome, Missed):
            self.missed.append(outcome)
            if self._named or not outcome.problem.is_not_found:
                self.codes.append(outcome.problem.spec.exit)
            return
        entry = self._queries.entry(outcome.id)
        code = of_status(entry.status)
        is_offered = self._named and any(entry.link(kind) for kind in self._kinds)
        if code is Exit.WELL or is_offered:
            await self._save_all(entry)
        elif self._named:
            why = failure_sentence(outcome.task) or (
                _("not finished yet") if entry.is_open else self._why(entry)
            )
            told = Code.STILL_OPEN if entry.is_open else Code.TASK_FAILED
            self._refuse(entry, error(told, code, f"{entry.status.word or NOTHING}: {why}"))

    def _why(self, entry: Entry) -> str:
        """Say why a task that has ended has no file."""
        refused = refusal(entry, self._kinds[0], None, can_ask=True)
        return phrase_of(refused.why) if refused else ""

    async def _save_all(self, entry: Entry) -> None:
        for kind in entry.with_every_video(self._kinds):
            link = entry.link(kind)
            if path := self._path(entry, kind):
                self._tell(path)
            elif link is None:
                self._without_link(entry, kind)
            elif self._named or not has_expired(link, self._queries.session.now()):
                self._tell_end(entry, await self._save(entry, kind))
            else:
                why = _("the link has expired, the file was never saved")
                self._refuse(entry, error(Code.LINK_EXPIRED, Exit.EXPIRED, why))

    def _without_link(self, entry: Entry, kind: Kind) -> None:
        """Only a super-resolved task has an original beside its result."""
        if self._named and kind is self._kinds[0]:
            why = _why_linkless(entry, kind)
            self._refuse(entry, error(Code.LINK_MISSING, Exit.DISK, why))

    async def _save(self, entry: Entry, kind: Kind) -> Saved | NotSaved:
        """Save one file; while another instance is at it, wait for that one."""
        name, files, key = f"{entry.id} {kind}", self._queries.session.files, (entry.id, kind)
        is_told = False
        while True:
            state = await files.save_at_once(key, lambda saving: self._meter.tell(name, saving))
            self._meter.tell(name, state)
            if not self._is_in_use(state):
                return state
            if not is_told:
                self._meter.clear()
                say(_("{id}: another instance is downloading this file; waiting").format(id=name))
            is_told = True
            await self._queries.wait(_IN_USE_PAUSE)
            await files.look_again(key)
            found = self._queries.entry(entry.id).file(kind)
            if isinstance(found, Saved):
                return found

    def _is_in_use(self, state: Saved | NotSaved) -> bool:
        """Whether another instance saves the file, and there is time to wait for it."""
        is_over = self._until is not None and time.monotonic() >= self._until
        return isinstance(state, NotSaved) and issubclass(state.problem.kind, InUse) and not is_over

    def _tell_end(self, entry: Entry, state: Saved | NotSaved) -> None:
        if isinstance(state, Saved):
            self._tell(state.path)
            for text in remark_texts(state):
                say(f"{entry.id}: {text}")
        else:
            self._refuse(entry, error_of(state.problem))

    def _tell(self, path: Path) -> None:
        self._meter.clear()
        self.codes.append(Exit.WELL)
        if self._lines is None:
            print(path, flush=True)

    def _refuse(self, entry: Entry, told: Error) -> None:
        self._meter.clear()
        self.codes.append(Exit(int(str(told["exit"]))))
        self._errors.setdefault(entry.id, told)
        whose = {**told, "message": f"{entry.id}: {told['message']}"}
        tell(whose, as_json=self._lines is not None)

    def _show(self, task_id: str) -> None:
        """Print the record of a task whose files are settled."""
        if self._lines is not None:
            self._lines.show(self._queries.entry(task_id), self._errors.get(task_id))


def _why_linkless(entry: Entry, kind: Kind) -> str:
    """Say why there is nothing to save, in the server's words where it gives a reason."""
    if kind is not Kind.RESULT:
        return _("the task has no such link")
    reason = entry.task.reason if entry.task else None
    words = _("done, but there is no link yet") if entry.awaits_link else _("done, no link came")
    return f"{words}: {safe(reason)}" if reason else words
