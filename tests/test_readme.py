"""The README says what the program does."""

import re
from pathlib import Path

from textual.binding import Binding

from seedance_tui.cli import monitor_parser
from seedance_tui.command_line.run import VERBS
from seedance_tui.core.config import VARIABLES
from seedance_tui.core.model.codes import Exit
from seedance_tui.ui.screens.main import MainScreen
from seedance_tui.ui.widgets.task_detail import TaskDetail
from seedance_tui.ui.widgets.task_list import TaskList

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CHINESE_README = Path(__file__).parent.parent / "screenshots" / "README.zh-CN.md"
CHINESE = CHINESE_README.read_text(encoding="utf-8")
NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "asterisk": "*",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
UNSAID = {"up", "down", "left", "right", "2", "3", "4", "7", "8"}
"""Arrows, and what stands between the first and the last of a row of digits."""


def keys_of_the_readme() -> set[str]:
    return {key for row in key_rows(README, "## Keys") for key in row}


def key_rows(text: str, head: str) -> list[list[str]]:
    """The keys of each row of the table below a heading."""
    table = text.split(head)[1].split("##")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return [re.findall(r"`([^`]+)`", row) for row in rows]


def test_each_key_of_the_program_is_in_the_readme_and_no_other() -> None:
    bound = {
        NAMES.get(key, key)
        for screen in (MainScreen, TaskList, TaskDetail)
        for base in screen.__mro__
        for binding in vars(base).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
        for key in binding.key.split(",")
    }
    assert keys_of_the_readme() == bound - UNSAID


def test_the_chinese_readme_has_the_same_keys_options_and_variables() -> None:
    assert key_rows(CHINESE, "## 按键") == key_rows(README, "## Keys")
    for option in re.findall(r"^\| `(--[^ `]+)", README, re.MULTILINE):
        assert option in CHINESE
    for variable in VARIABLES.values():
        assert variable in CHINESE


def test_each_option_variable_verb_and_exit_status_is_in_the_readme() -> None:
    options = [o for a in monitor_parser()._actions for o in a.option_strings if o.startswith("--")]
    for word in [*options, *VARIABLES.values(), *VERBS]:
        assert word in README or word in ("--help", "--version"), word
    for code in Exit:
        assert re.search(rf"(: |· ){code.value} ", README), code


def test_each_picture_and_file_that_it_names_is_there() -> None:
    root = Path(__file__).parent.parent
    for text, folder in ((README, root), (CHINESE, CHINESE_README.parent)):
        for name in re.findall(r"\]\(((?!http)[^)#]+)", text):
            assert (folder / name).exists(), name
