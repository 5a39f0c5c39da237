"""Save the files of tasks whose outcome is known; a failure of one never stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..api.errors import InUse, NameTaken
from ..api.links import Kind
from ..core.downloads.refusals import phrase as phrase_of
from ..core.downloads.refusals import refusal
from ..core.downloads.remarks import remark_texts
from ..core.model.codes import Code, Exit
from ..core.model.entry import Entry
from ..core.model.file_states import FileState, NotSaved, Saved
from ..core.model.outcomes import Missed, Outcome, Problem
from ..core.model.urgency import has_expired
from ..core.text.i18n import _
from ..files.placing import move_into_place
from .error_messages import failure_sentence, linkless_sentence
from .exit_status import of_status
from .json_error import Error, error, error_of, tell
from .json_record import saved_path
from .output import say
from .progress import Meter
from .query_session import QuerySession
from .record_lines import RecordLines
from .saved_copies import copied
from .verify_files import difference

_IN_USE_PAUSE = 1.0
"""Seconds between two looks at a file that another instance is saving."""


@dataclass(frozen=True, slots=True)
class SaveOptions:
    """Which files are saved, where, and what counts as saved.

    A file in another folder than `only_in` does not count, nor one at another path than `output`,
    which is never told. With `verified`, a file that is there is compared with its store's.
    """

    kinds: Sequence[Kind] = (Kind.RESULT,)
    only_in: Path | None = None
    output: Path | None = None
    is_told: bool = True
    verified: bool = False


class FileSaver:
    """Saves files; `codes` are what came of it.

    With `named`, the tasks were named one by one, and one that has no file to save is an error;
    otherwise whatever can be saved is. With `lines`, a record of each task is printed in place of
    paths, when all its files are settled.
    """

    def __init__(
        self,
        queries: QuerySession,
        what: SaveOptions,
        *,
        named: bool,
        lines: RecordLines | None = None,
    ) -> None:
        self.codes: list[Exit] = []
        self.missed: list[Missed] = []
        self.cut: list[str] = []
        """What was being saved when the time was over, by task and kind."""
        self.in_use: dict[str, Problem] = {}
        """What another instance was saving when it was looked at last."""
        self.session = queries.session
        self._queries = queries
        self._what = what
        self._kinds = what.kinds
        self._named = named
        self._lines = lines
        self._errors: dict[str, Error] = {}
        self._meter = Meter()

    def _path(self, entry: Entry, kind: Kind) -> Path | None:
        """Return where the file is, if it is where it is wanted."""
        path, what = saved_path(entry, kind), self._what
        if path is None or what.output:
            return path if path == what.output else None
        return path if what.only_in in (None, path.parent) else None

    def is_whole(self, task_id: str) -> bool:
        """Whether all its files are on the disk, and nobody has to be asked."""
        entry = self._queries.entry(task_id)
        return all(self._path(entry, kind) for kind in entry.with_every_video(self._kinds))

    async def tell_saved(self, task_id: str) -> None:
        """Print where its files are, once they are verified where that is wanted."""
        entry = self._queries.entry(task_id)
        for kind in entry.with_every_video(self._kinds):
            if path := self._path(entry, kind):
                await self._tell_there(entry, kind, path)
        self._show(task_id)

    async def _tell_there(self, entry: Entry, kind: Kind, path: Path) -> None:
        problem = None
        if self._what.verified:
            await self._queries.connect()
            problem = await difference(self.session, entry, kind, path)
        if problem:
            self._refuse(entry, error_of(problem))
        else:
            self._tell(path)

    async def ask_and_settle(self, task_id: str) -> None:
        """Poll a task and save its files."""
        await self.settle(await self._queries.ask_one(task_id))

    async def settle(self, outcome: Outcome) -> None:
        """Save the files of a task that is done; say why where it is not."""
        before = len(self.codes)
        await self._settle(outcome)
        self.session.pending_hooks.result_settled(outcome.id)
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
            self._refuse(entry, error(told, code, why))

    def _why(self, entry: Entry) -> str:
        """Say why a task that has ended has no file."""
        refused = refusal(entry, self._kinds[0], None, can_ask=True)
        return phrase_of(refused.why) if refused else ""

    async def _save_all(self, entry: Entry) -> None:
        for kind in entry.with_every_video(self._kinds):
            link = entry.link(kind)
            if path := self._path(entry, kind):
                await self._tell_there(entry, kind, path)
            elif link is None:
                self._without_link(entry, kind)
            elif self._named or not has_expired(link, self.session.now()):
                self._tell_end(entry, await self._save(entry, kind))
            else:
                why = _("the link has expired, the file was never saved")
                self._refuse(entry, error(Code.LINK_EXPIRED, Exit.EXPIRED, why))

    def _without_link(self, entry: Entry, kind: Kind) -> None:
        """Only a super-resolved task has an original beside its result."""
        if self._named and kind is self._kinds[0]:
            why = linkless_sentence(entry, kind)
            self._refuse(entry, error(Code.LINK_MISSING, Exit.DISK, why))

    async def _save(self, entry: Entry, kind: Kind) -> Saved | NotSaved:
        """Save one file; while another instance is at it, wait for that one."""
        problem = await self._queries.connect()
        if self.session.client is None and problem:
            return NotSaved(problem)
        output, there = self._what.output, saved_path(entry, kind)
        if output and there:
            return await asyncio.to_thread(copied, there, output)
        name = f"{entry.id} {kind}"
        try:
            state = await self._save_or_wait(name, (entry.id, kind))
            return await self._under_its_name(state, (entry.id, kind))
        except asyncio.CancelledError:
            self._meter.clear()
            self.cut.append(name)
            raise

    async def _under_its_name(
        self, state: Saved | NotSaved, key: tuple[str, Kind]
    ) -> Saved | NotSaved:
        """Give a file the name that was asked for, though its format has another ending."""
        output = self._what.output
        if output is None or isinstance(state, NotSaved) or state.path == output:
            return state
        if not await asyncio.to_thread(move_into_place, state.path, output):
            return NotSaved(Problem(NameTaken))
        named = replace(state, path=output, remarks=())
        self.session.files.queue.mark_saved(key, named)
        return named

    async def _save_or_wait(self, name: str, key: tuple[str, Kind]) -> Saved | NotSaved:
        files, is_told = self.session.files, False

        def show(saving: FileState) -> None:
            self.in_use.pop(name, None)
            self._meter.tell(name, saving)

        while True:
            state = await files.save_at_once(key, show, self._what.output)
            self._meter.tell(name, state)
            if not (isinstance(state, NotSaved) and issubclass(state.problem.kind, InUse)):
                return state
            self.in_use[name] = state.problem
            if not is_told:
                self._meter.clear()
                say(_("{id}: another instance is downloading this file; waiting").format(id=name))
            is_told = True
            await self._queries.wait(_IN_USE_PAUSE)
            await files.look_again(key)
            found = self._queries.entry(key[0]).file(key[1])
            if isinstance(found, Saved):
                return found

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
        if self._lines is None and self._what.is_told:
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
