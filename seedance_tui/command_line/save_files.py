"""Save the files of tasks whose outcome is known; a failure of one never stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from ..api.links import Kind
from ..core.model.entry import Entry
from ..core.model.file_states import NotSaved, Saved
from ..core.model.outcomes import Missed, Outcome, phrase
from ..core.model.problems import Exit
from ..core.model.urgency import is_dead
from ..core.text.i18n import _
from .error_messages import failure
from .exit_status import of_status
from .json_record import saved_path
from .output import NOTHING, say, show_json_line
from .progress import Meter
from .query_session import Inquiry


class Saver:
    """Saves the files of some kinds; `codes` are what came of it.

    With `named`, the tasks were named one by one, and one that has no file to save is an error;
    otherwise whatever can be saved is. A file in another folder than `only_in` does not count.
    """

    def __init__(
        self,
        inquiry: Inquiry,
        kinds: Sequence[Kind],
        *,
        named: bool,
        json: bool,
        only_in: Path | None = None,
    ) -> None:
        self.codes: list[Exit] = []
        self.missed: list[Missed] = []
        self._inquiry = inquiry
        self._kinds = kinds
        self._named = named
        self._json = json
        self._only_in = only_in
        self._meter = Meter()
        self._places = asyncio.Semaphore(inquiry.session.config.downloads_at_once)

    def _path(self, entry: Entry, kind: Kind) -> Path | None:
        """Return where the file is, if it is where it is wanted."""
        path = saved_path(entry, kind)
        return path if path and self._only_in in (None, path.parent) else None

    def is_whole(self, task_id: str) -> bool:
        """Whether all its files are on the disk, so that nobody has to be asked."""
        entry = self._inquiry.entry(task_id)
        return all(self._path(entry, kind) for kind in self._kinds)

    def tell_saved(self, task_id: str) -> None:
        """Print where its files are."""
        entry = self._inquiry.entry(task_id)
        for kind in self._kinds:
            if path := self._path(entry, kind):
                self._tell(entry, kind, path)

    async def ask_and_settle(self, task_id: str) -> None:
        """Poll a task and save its files."""
        await self.settle(await self._inquiry.ask_one(task_id))

    async def settle(self, outcome: Outcome) -> None:
        """Save the files of a task that is done; say why where it is not."""
        if isinstance(outcome, Missed):
            self.missed.append(outcome)
            if self._named or not outcome.problem.concerns_task:
                self.codes.append(outcome.problem.spec.exit)
            return
        entry = self._inquiry.entry(outcome.id)
        code = of_status(entry.status)
        if code is Exit.WELL:
            await self._save_all(entry)
        elif self._named:
            why = failure(outcome.task) or _("not finished yet")
            self._refuse(entry, f"{entry.status.word or NOTHING}: {why}", code)

    async def _save_all(self, entry: Entry) -> None:
        for kind in self._kinds:
            link = entry.link(kind)
            if path := self._path(entry, kind):
                self._tell(entry, kind, path)
            elif link is None:
                self._without_link(entry, kind)
            elif self._named or not is_dead(link, self._inquiry.session.now()):
                self._tell_end(entry, kind, await self._save(entry, kind))
            else:
                self._meter.clear()
                say(_("{id}: link expired before the file was saved").format(id=entry.id))

    def _without_link(self, entry: Entry, kind: Kind) -> None:
        """Only a super-resolved task has an original beside its result."""
        if self._named and kind is self._kinds[0]:
            self._refuse(entry, _("the task has no such link"), Exit.DISK, kind)

    async def _save(self, entry: Entry, kind: Kind) -> Saved | NotSaved:
        """Save one file; a way that is cut is tried again on the way."""
        files, name = self._inquiry.session.files, f"{entry.id} {kind}"
        async with self._places:
            state = await files.save_at_once(
                (entry.id, kind), lambda saving: self._meter.tell(name, saving)
            )
        self._meter.tell(name, state)
        return state

    def _tell_end(self, entry: Entry, kind: Kind, state: Saved | NotSaved) -> None:
        if isinstance(state, Saved):
            self._tell(entry, kind, state.path)
        else:
            self._refuse(entry, phrase(state.problem), state.problem.spec.exit, kind)

    def _tell(self, entry: Entry, kind: Kind, path: Path) -> None:
        self._meter.clear()
        self.codes.append(Exit.WELL)
        if self._json:
            show_json_line({"id": entry.id, "kind": kind, "path": str(path), "error": None})
        else:
            print(path, flush=True)

    def _refuse(self, entry: Entry, why: str, code: Exit, kind: Kind | None = None) -> None:
        self._meter.clear()
        self.codes.append(code)
        say(f"{entry.id}: {why}")
        if self._json:
            show_json_line({"id": entry.id, "kind": kind, "path": None, "error": why})
