"""Every action is declared once, and what is declared can be done."""

import pkgutil
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import signature
from typing import Any

import pytest
from textual.actions import parse

from seedance_tui.api.links import Kind
from seedance_tui.core.settings.choices import View
from seedance_tui.ui import keys
from seedance_tui.ui.keys.action import GROUPS, Action, footer
from seedance_tui.ui.keys.compare import SHEET, VERSUS
from seedance_tui.ui.keys.monitor import MONITOR
from seedance_tui.ui.keys.panes import DOWNLOADS, MESSAGES, OUTPUT
from seedance_tui.ui.keys.widgets import DETAIL, FILTER, MARKS, ROWS
from seedance_tui.ui.screens.compare._stage import Mode
from seedance_tui.ui.screens.compare.screen import CompareScreen
from seedance_tui.ui.screens.compare.sheet import SheetScreen
from seedance_tui.ui.screens.main import MainScreen, updates
from seedance_tui.ui.screens.main import auto_save_actions as auto_save
from seedance_tui.ui.screens.main import copy_actions as copies
from seedance_tui.ui.screens.main import file_actions as files
from seedance_tui.ui.screens.main import filter_actions as filters
from seedance_tui.ui.screens.main import list_actions as lists
from seedance_tui.ui.screens.main import listing_actions as listing
from seedance_tui.ui.screens.main import pane_actions as panes
from seedance_tui.ui.screens.main import picture_actions as pictures
from seedance_tui.ui.screens.main import polling_actions as polling
from seedance_tui.ui.screens.panes.downloads import DownloadsScreen
from seedance_tui.ui.screens.panes.messages import MessagesScreen
from seedance_tui.ui.screens.panes.tool_output import ToolOutputScreen
from seedance_tui.ui.widgets.filter_line import FilterInput
from seedance_tui.ui.widgets.page_view import PageView
from seedance_tui.ui.widgets.rows import Rows
from seedance_tui.ui.widgets.task_list import TaskList

PARTS = (
    MainScreen,
    auto_save.AutoSaveActions,
    copies.CopyActions,
    files.FileActions,
    lists.ListActions,
    filters.FilterActions,
    listing.ListingActions,
    panes.PaneActions,
    polling.PollingActions,
    updates.Updates,
    pictures.PictureActions,
)
PLACES: tuple[tuple[tuple[Action, ...], tuple[type, ...]], ...] = (
    (MONITOR, PARTS),
    (ROWS, (Rows,)),
    (MARKS, (TaskList,)),
    (DETAIL, (PageView,)),
    (FILTER, (FilterInput,)),
    (DOWNLOADS, (DownloadsScreen,)),
    (VERSUS, (CompareScreen,)),
    (SHEET, (SheetScreen,)),
    (MESSAGES, (MessagesScreen,)),
    (OUTPUT, (ToolOutputScreen,)),
)
SHARED_IDS = ("app.help", "app.messages", "app.palette", "app.suspend")
CASES = [(action, owners) for actions, owners in PLACES for action in actions]


@pytest.mark.parametrize(("action", "owners"), CASES, ids=[case[0].id for case in CASES])
def test_exactly_one_part_does_an_action(action: Action, owners: tuple[type, ...]) -> None:
    name = f"action_{action.name}"
    assert [owner for owner in owners if hasattr(owner, name)][:1], f"nobody has {name}"
    assert sum(name in vars(owner) for owner in owners) <= 1, f"two have {name}"


def test_every_action_that_is_declared_is_looked_at() -> None:
    modules = [
        import_module(f"{keys.__name__}.{m.name}") for m in pkgutil.iter_modules(keys.__path__)
    ]
    values = [value for module in modules for value in vars(module).values()]
    tuples = [*(value for value in values if isinstance(value, tuple)), values]
    declared = {one for items in tuples for one in items if isinstance(one, Action)}
    assert declared == {action for action, _owners in CASES}


WORDS: Mapping[str, Callable[[str], object]] = {
    "view.": View,
    "versus.slider": lambda word: Mode[word.upper()],
    "versus.difference": lambda word: Mode[word.upper()],
    "versus.alone": lambda word: Mode[word.upper()],
    "versus.": Kind,
    "downloads.": ("file", "folder").index,
}
"""What knows the words that actions have in brackets, by how their IDs begin; else ValueError."""


@pytest.mark.parametrize(("action", "owners"), CASES, ids=[case[0].id for case in CASES])
def test_what_stands_in_brackets_is_what_the_method_takes(
    action: Action, owners: tuple[type, ...]
) -> None:
    _namespace, name, given = parse(action.method)
    method: Any = next(m for owner in owners if (m := getattr(owner, f"action_{name}", None)))
    signature(method).bind(None, *given)
    for word in (one for one in given if isinstance(one, str)):
        next(known for begin, known in WORDS.items() if action.id.startswith(begin))(word)


def test_no_id_is_declared_twice() -> None:
    shared = [action.id for action in MONITOR if action.id in SHARED_IDS]
    ids = Counter(action.id for actions, _owners in PLACES for action in actions)
    assert {name for name, count in ids.items() if count > 1} == set(shared)


def test_each_action_but_those_of_the_filter_has_a_group_in_the_help() -> None:
    groups = {action.group for actions, _owners in PLACES for action in actions}
    assert groups | {"tool"} == {*GROUPS, "filter"}, "tools are the user's own"


def test_no_two_actions_have_the_same_place_in_a_footer() -> None:
    for actions in (MONITOR, FILTER, DOWNLOADS, VERSUS, SHEET, MESSAGES, OUTPUT):
        places = [action.footer for action in footer(actions)]
        assert len(set(places)) == len(places)
