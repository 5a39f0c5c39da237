"""The README says what the program does."""

import re
from pathlib import Path

import pytest

from seedance_tui.cli import monitor_parser
from seedance_tui.command_line.run import COMMANDS
from seedance_tui.core.config import VARIABLES
from seedance_tui.core.model.codes import Exit
from tests import readme_keys

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CHINESE_README = Path(__file__).parent.parent / "screenshots" / "README.zh-CN.md"
CHINESE = CHINESE_README.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", readme_keys.READMES)
def test_the_table_of_keys_is_that_of_the_registry(language: str) -> None:
    text = readme_keys.READMES[language][0].read_text(encoding="utf-8")
    assert readme_keys.written(text, language) == text, "run python tests/readme_keys.py"


def test_the_chinese_readme_has_the_same_options_and_variables() -> None:
    for option in re.findall(r"^\| `(--[^ `]+)", README, re.MULTILINE):
        assert option in CHINESE
    for variable in VARIABLES.values():
        assert variable in CHINESE


def test_each_option_variable_verb_and_exit_status_is_in_the_readme() -> None:
    options = [o for a in monitor_parser()._actions for o in a.option_strings if o.startswith("--")]
    for word in [*options, *VARIABLES.values(), *COMMANDS]:
        assert word in README or word in ("--help", "--version"), word
    for code in Exit:
        assert re.search(rf"(: |· ){code.value} ", README), code


def test_each_picture_and_file_that_it_names_is_there() -> None:
    root = Path(__file__).parent.parent
    for text, folder in ((README, root), (CHINESE, CHINESE_README.parent)):
        for name in re.findall(r"\]\(((?!http)[^)#]+)", text):
            assert (folder / name).exists(), name
