"""Save one file of a task, where it is wanted; wait while another instance is at it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from ..api.errors import InUse, NameTaken
from ..api.links import Kind
from ..core.model.file_states import FileState, NotSaved, Saved
from ..core.model.outcomes import Problem
from ..core.text.i18n import _
from ..files.placing import move_into_place
from .output import say
from .progress import Meter
from .query_session import QuerySession
from .saved_copies import copied

FileKey = tuple[str, Kind]
"""A task's ID, and which of its files."""
_IN_USE_PAUSE = 1.0
"""Seconds between two looks at a file that another instance is saving."""


def name_of(key: FileKey) -> str:
    """Return what a file is called that has no name yet."""
    return f"{key[0]} {key[1]}"


class OneFile:
    """Saves a file under `output`, or where it belongs without one; `meter` shows how far it is."""

    def __init__(self, queries: QuerySession, output: Path | None, meter: Meter) -> None:
        self.cut: dict[FileKey, Problem | None] = {}
        """What was being saved when the time was over: by another instance, if so."""
        self._queries = queries
        self._files = queries.session.files
        self._output = output
        self._meter = meter
        self._in_use: dict[FileKey, Problem] = {}
        """What another instance was saving when it was looked at last."""

    async def save(self, key: FileKey, there: Path | None) -> Saved | NotSaved:
        """Save one file, or copy it if it is `there` already."""
        problem = await self._queries.connect()
        if self._queries.session.client is None and problem:
            return NotSaved(problem)
        if self._output and there:
            return await asyncio.to_thread(copied, there, self._output)
        try:
            return await self._under_its_name(await self._save_or_wait(key), key)
        except asyncio.CancelledError:
            self._meter.clear()
            self.cut[key] = self._in_use.get(key)
            raise

    async def _under_its_name(self, state: Saved | NotSaved, key: FileKey) -> Saved | NotSaved:
        """Give a file the name that was asked for, though its format has another ending."""
        output = self._output
        if output is None or isinstance(state, NotSaved) or state.path == output:
            return state
        if not await asyncio.to_thread(move_into_place, state.path, output):
            return NotSaved(Problem(NameTaken))
        named = replace(state, path=output, remarks=())
        self._files.queue.mark_saved(key, named)
        return named

    async def _save_or_wait(self, key: FileKey) -> Saved | NotSaved:
        is_told, name = False, name_of(key)

        def show(saving: FileState) -> None:
            self._in_use.pop(key, None)
            self._meter.tell(name, saving)

        while True:
            state = await self._files.save_at_once(key, show, self._output)
            self._meter.tell(name, state)
            if isinstance(state, Saved) or not self._is_waited_for(state.problem):
                return state
            self._in_use[key] = state.problem
            if not is_told:
                self._meter.clear()
                say(_("{id}: another instance is downloading this file; waiting").format(id=name))
            is_told = True
            await self._queries.wait(_IN_USE_PAUSE)
            await self._files.look_again(key)
            found = self._queries.entry(key[0]).file(key[1])
            if isinstance(found, Saved):
                return found

    def _is_waited_for(self, problem: Problem) -> bool:
        return issubclass(problem.kind, InUse) and not self._queries.time_limit.asks_once
