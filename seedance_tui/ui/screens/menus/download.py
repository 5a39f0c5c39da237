"""The download menu: which files of the tasks to save, and what they will be called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ....api.links import Kind
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from .menu import Choice, MenuScreen

_BOTH = (Kind.RESULT, Kind.ORIGINAL)


class DownloadScreen(MenuScreen[tuple[Kind, ...]]):
    """Comes back with the kinds of files to save; `preview` tells the name of one."""

    def __init__(self, entries: Sequence[Entry], preview: Callable[[Entry, Kind], str]) -> None:
        self._entries = entries
        self._preview = preview
        all_of = [entry for entry in entries if entry.is_super_resolved]
        choices: list[Choice[tuple[Kind, ...]]] = [
            self._choice("r", _("Result"), Kind.RESULT),
            self._choice("o", _("Original"), Kind.ORIGINAL),
            Choice("b", _("Both"), "", _BOTH if all_of else None),
            self._choice("f", _("Last frame"), Kind.LAST_FRAME),
        ]
        name = entries[0].name if len(entries) == 1 else _tasks(len(entries))
        super().__init__(_("Download from {name}").format(name=name), choices)

    def _choice(self, key: str, label: str, kind: Kind) -> Choice[tuple[Kind, ...]]:
        offering = [entry for entry in self._entries if entry.link(kind)]
        detail, value = self._detail(offering, kind), (kind,) if offering else None
        return Choice(key, label, detail, value, is_name=len(self._entries) == 1)

    def _detail(self, offering: Sequence[Entry], kind: Kind) -> str:
        if not offering:
            return fmt.nothing()
        if len(self._entries) > 1:
            return _("of {tasks}").format(tasks=_tasks(len(offering)))
        state = offering[0].file(kind)
        if isinstance(state, Saved):
            return _("saved as {path}").format(path=fmt.home(state.path))
        return self._preview(offering[0], kind)


def _tasks(count: int) -> str:
    return plural("{n} task", "{n} tasks", count)
