"""What an action is: its keys, its words, its place in the footer, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from ...core.model.entry import Entry
from ...core.model.judgement import answer_apart
from ...core.text.i18n import N_

GROUPS = {
    "downloads": N_("Downloads"),
    "versus": N_("Compare"),
    "sheet": N_("Contact sheet"),
    "messages": N_("Messages"),
    "output": N_("Output"),
    "task": N_("Task"),
    "tool": N_("Tools"),
    "list": N_("List"),
    "view": N_("Views"),
    "pane": N_("Panes"),
    "detail": N_("Detail pane"),
    "app": N_("Program"),
}
"""The titles of the groups, in the order of help and palette; an ID begins with its group."""

NO_KEY = "no key: "
"""What the key of an action begins with that the user left without one."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether an action can be done now."""

    entry: Entry | None = None
    """The task under the cursor."""
    marked: int = 0
    """How many tasks are marked."""
    is_list_shown: bool = True
    is_detail_shown: bool = True
    is_in_detail: bool = False
    """Whether the focus is in the detail pane."""
    has_jobs: bool = False
    """Whether there is a file in the queue."""
    has_unsaved: bool = False
    """Whether one of the files that are shown is neither saved nor on its way."""
    has_pictures: bool = False
    """Whether pictures are seen, and not the facts alone."""
    has_two: bool = False
    """Whether there are two videos to look at."""
    has_messages: bool = False
    """Whether there are messages: in the monitor, such as wait to be seen."""
    can_undo: bool = False
    is_archive: bool = False
    """Whether the list shows the archive, of which nothing is polled or downloaded."""


def always(situation: Situation) -> bool:
    """Whether an action can be done that needs nothing: it can."""
    return True


def has_jobs(now: Situation) -> bool:
    """Whether there is a file in the queue."""
    return now.has_jobs


def has_messages(now: Situation) -> bool:
    """Whether there are messages to look at."""
    return now.has_messages


def can_download(now: Situation) -> bool:
    """Whether there is a link, or a response kept apart that the user may take for the task's."""
    entry = now.entry
    return entry is not None and bool(entry.link() or answer_apart(entry))


def can_undo(now: Situation) -> bool:
    """Whether there is a change to take back."""
    return now.can_undo


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user can do by a key; footer, help, palette and keymap follow from it.

    `when` says whether it can be done to this task: the footer dims it where it cannot. `where`
    says whether there is anything to do it with at all: the footer leaves it out. `keys` and
    `vim`, the keys of that preset, are names with commas between them. `method` is what Textual
    calls: `view('all')` is `action_view("all")`. Without `help` it is no command of the palette.
    `footer` is the place there, the lowest first, 0 for none.
    """

    id: str
    keys: str
    method: str
    label: str
    help: str = ""
    footer: int = 0
    when: Callable[[Situation], bool] = always
    where: Callable[[Situation], bool] = always
    vim: str = ""
    label_in_archive: str = ""
    """What the footer says where the action does something else in the archive."""
    has_priority: bool = True
    """Whether keys typed ahead act in the order of typing.

    Without it a key waits in the queue of the focused widget, and the next one, typed before the
    first has opened its dialog, goes to the widget too.
    """

    @property
    def group(self) -> str:
        """The key of `GROUPS` that the action belongs to."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The name of the method, without its arguments."""
        return self.method.partition("(")[0]

    @property
    def binding(self) -> Binding:
        """What Textual knows of it."""
        return Binding(
            self.keys,
            self.method,
            self.label,
            show=False,
            id=self.id,
            priority=self.has_priority,
            tooltip=self.help,
        )


SHARED = (
    Action("app.help", "question_mark,f1", "help", "Help", "What each key does", footer=1000),
    Action("app.palette", "colon,ctrl+p", "palette", "Palette", "Search all commands"),
    Action("app.suspend", "ctrl+z", "suspend", "Suspend", "Suspend the program"),
    Action(
        "app.messages",
        "M",
        "messages",
        "Messages",
        "Everything that was said, newest first",
        footer=990,
        where=has_messages,
    ),
)
"""What works in every pane as well."""


def bindings(*groups: Iterable[Action]) -> list[BindingType]:
    """Return what a node declares as its BINDINGS."""
    return [action.binding for group in groups for action in group]


def footer(*groups: Iterable[Action]) -> list[Action]:
    """Return the actions of the footer, most used first."""
    shown = (action for group in groups for action in group if action.footer)
    return sorted(shown, key=lambda action: action.footer)


def has_key(binding: Binding) -> bool:
    """Whether the action can be had by a key, and has not been left without one."""
    return not binding.key.startswith(NO_KEY)
