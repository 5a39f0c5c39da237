"""What `--help` of each command prints."""

import shlex

import pytest

from seedance_tui.command_line.output import cells
from seedance_tui.command_line.run import COMMANDS
from tests.commands.conftest import Result, Shell


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_it_fits_80_columns_and_has_examples_and_exit_statuses(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = shell(command, "--help", "--lang", lang)
    assert result.code == 0
    assert max(map(cells, result.lines)) <= 80
    assert f"  seedance-tui {command}" in result.out or f"(seedance-tui {command}" in result.out
    assert [line for line in result.lines if line.startswith("  141 ")]


@pytest.mark.parametrize(
    ("command", "option"),
    [("add", "--interval"), ("remove", "--api-key-file"), ("paths", "--base-url")],
)
def test_what_is_meaningless_for_a_command_is_not_in_its_help(
    shell: Shell, command: str, option: str
) -> None:
    assert option not in shell(command, "--help").out
    assert option in shell("wait", "--help").out


def _examples(result: Result) -> list[str]:
    begin, end = result.lines.index("examples:"), result.lines.index("exit status:")
    return [line.strip() for line in result.lines[begin + 1 : end] if line]


@pytest.mark.parametrize("command", COMMANDS)
def test_its_examples_can_be_read(shell: Shell, command: str) -> None:
    """What alone is wrong with each is an option that was added to it."""
    for example in _examples(shell(command, "--help")):
        words = shlex.split(example)
        if words[0] != "seedance-tui":
            continue
        words = [word.replace("asyntask_…", "asyntask_none1") for word in words[1:]]
        words = words[: words.index("|")] if "|" in words else words
        assert "--nonsense" in shell(*words[:1], "--nonsense", *words[1:]).err
