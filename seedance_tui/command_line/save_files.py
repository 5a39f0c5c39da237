"""Save the files of tasks whose outcome is known; a failure of one never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
from .error_messages import failure_sentence, linkless_sentence
from .exit_status import of_status
from .json_error import Error, error, error_of, tell
from .json_record import saved_path
from .output import say
from .progress import Meter
from .query_session import QuerySession
from .record_lines import RecordLines
from .save_one_file import OneFile, name_of
from .time_limit import time_is_over
from .verify_files import difference


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
    paths, when all its files are settled. Errors go to standard error, with `as_json` as lines of
    JSON; `errors` are those of each task.
    """

    def __init__(
        self,
        queries: QuerySession,
        what: SaveOptions,
        *,
        named: bool,
        lines: RecordLines | None = None,
        as_json: bool = False,
    ) -> None:
        self.codes: list[Exit] = []
        self.missed: list[Missed] = []
        self.errors: dict[str, Error] = {}
        self.queries = queries
        self.session = queries.session
        self._unsettled: dict[str, None] = {}
        self._told: set[Path] = set()
        self._as_json = as_json
        self._what = what
        self._kinds = what.kinds
        self._named = named
        self._lines = lines
        self._meter = Meter(is_wanted=not as_json)
        self._files = OneFile(queries, what.output, self._meter)

    def _path(self, entry: Entry, kind: Kind) -> Path | None:
        """Return where the file is, if it is where it is wanted."""
        path, what = saved_path(entry, kind), self._what
        if path is None or what.output:
            return path if path == what.output else None
        return path if what.only_in in (None, path.parent) else None

    def is_whole(self, task_id: str) -> bool:
        """Whether all its files are on the disk, and nobody has to be asked."""
        entry = self.queries.entry(task_id)
        return all(self._path(entry, kind) for kind in entry.with_every_video(self._kinds))

    async def tell_saved(self, ids: Iterable[str]) -> None:
        """Print where their files are, once they are verified where that is wanted."""
        self.expect(ids := tuple(ids))
        for entry in map(self.queries.entry, ids):
            for kind in entry.with_every_video(self._kinds):
                if path := self._path(entry, kind):
                    await self._tell_there(entry, kind, path)
            self._settled(entry.id)
            self._show(entry.id)

    def expect(self, ids: Iterable[str]) -> None:
        """Take in which tasks are to be settled: those that are not when the time is over count."""
        self._unsettled |= dict.fromkeys(ids)

    def _settled(self, task_id: str) -> None:
        self._unsettled.pop(task_id, None)

    async def _tell_there(self, entry: Entry, kind: Kind, path: Path) -> None:
        problem = None
        if self._what.verified:
            await self.queries.connect()
            problem = await difference(self.session, entry, kind, path)
        if problem:
            self._refuse(entry, error_of(problem), kind)
        else:
            self._tell(path)

    async def ask_and_settle(self, task_id: str) -> None:
        """Poll a task and save its files."""
        await self.settle(await self.queries.ask_one(task_id))

    async def settle(self, outcome: Outcome) -> None:
        """Save the files of a task that is done; say why where it is not."""
        before = len(self.codes)
        self.expect([outcome.id])
        await self._settle(outcome)
        self._settled(outcome.id)
        self.session.pending_hooks.result_settled(outcome.id)
        if self._named or len(self.codes) > before:
            self._show(outcome.id)

    async def _settle(self, outcome: Outcome) -> None:
        if isinstance(outcome, Missed):
            self.missed.append(outcome)
            self.errors[outcome.id] = error_of(outcome.problem)
            if self._named or not outcome.problem.is_not_found:
                self.codes.append(outcome.problem.spec.exit)
            await self.save_known(outcome.id)
            return
        entry = self.queries.entry(outcome.id)
        code = of_status(entry.status)
        if code is Exit.WELL or self._is_offered(entry):
            await self._save_all(entry)
        elif self._named:
            why = failure_sentence(outcome.task) or (
                _("not finished yet") if entry.is_open else self._why(entry)
            )
            told = Code.STILL_OPEN if entry.is_open else Code.TASK_FAILED
            self._refuse(entry, error(told, code, why))

    async def save_known(self, task_id: str) -> None:
        """Save what an earlier response offers, where there is no other: the link may live."""
        entry = self.queries.entry(task_id)
        if self.session.client is not None and self._is_offered(entry):
            await self._save_all(entry)

    async def save_ahead(self, task_id: str) -> None:
        """Save what an earlier response offers of a task that is done, before it is settled.

        What cannot be saved now is told then.
        """
        entry = self.queries.entry(task_id)
        if of_status(entry.status) is not Exit.WELL:
            return
        for kind in entry.with_every_video(self._kinds):
            link = entry.link(kind)
            if not link or self._path(entry, kind) or has_expired(link, self.session.now()):
                continue
            state = await self._files.save((task_id, kind), saved_path(entry, kind))
            if isinstance(state, Saved):
                self._tell_end(entry, kind, state)

    def _is_offered(self, entry: Entry) -> bool:
        """Whether there is a link to what was asked for; of an open task only for who names it."""
        is_meant = self._named or of_status(entry.status) is Exit.WELL
        return is_meant and any(entry.link(kind) for kind in self._kinds)

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
                there = saved_path(entry, kind)
                self._tell_end(entry, kind, await self._files.save((entry.id, kind), there))
            else:
                why = _("the link has expired, the file was never saved")
                self._refuse(entry, error(Code.LINK_EXPIRED, Exit.EXPIRED, why), kind)

    def _without_link(self, entry: Entry, kind: Kind) -> None:
        """Only a super-resolved task has an original beside its result."""
        if self._named and kind is self._kinds[0]:
            why = linkless_sentence(entry, kind)
            self._refuse(entry, error(Code.LINK_MISSING, Exit.DISK, why))

    def _tell_end(self, entry: Entry, kind: Kind, state: Saved | NotSaved) -> None:
        if isinstance(state, Saved):
            self._tell(state.path)
            for text in remark_texts(state):
                say(f"{entry.id}: {text}")
        else:
            self._refuse(entry, error_of(state.problem), kind)

    def _tell(self, path: Path) -> None:
        self._meter.clear()
        self.codes.append(Exit.WELL)
        if self._lines is None and self._what.is_told and path not in self._told:
            print(path, flush=True)
        self._told.add(path)

    def _refuse(self, entry: Entry, told: Error, kind: Kind | None = None) -> None:
        """Tell what is wrong with a task, or with one of its files: which, where it has several."""
        kind = kind or self._kinds[0]
        name = entry.id if kind is self._kinds[0] else name_of((entry.id, kind))
        self._fail(entry.id, told, name)

    def _fail(self, task_id: str, told: Error, name: str) -> None:
        """Tell what is wrong with a task, or with a file that has that name."""
        self._meter.clear()
        self.codes.append(Exit(int(str(told["exit"]))))
        self.errors.setdefault(task_id, told)
        tell({**told, "message": f"{name}: {told['message']}"}, as_json=self._as_json)

    def tell_time_over(self) -> None:
        """Tell which files were not saved when the time was over: the next call goes on there."""
        for key, problem in self._files.cut.items():
            told = error(Code.STILL_OPEN, Exit.STILL_OPEN, _("timed out, not saved yet"))
            self._fail(key[0], error_of(problem) if problem else told, name_of(key))
        self._files.cut.clear()
        rest = [task_id for task_id in self._unsettled if task_id not in self.errors]
        self._unsettled.clear()
        if rest:
            over = time_is_over(self.queries.trouble, is_heard=self.queries.is_answered)
            self.codes.append(Exit(int(str(over["exit"]))))
            self.errors |= dict.fromkeys(rest, over)
            tell(over, as_json=self._as_json)

    def _show(self, task_id: str) -> None:
        """Print the record of a task whose files are settled."""
        if self._lines is not None:
            self._lines.show(self.queries.entry(task_id), self.errors.get(task_id))
