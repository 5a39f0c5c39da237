"""`help`: every command, exit status, field and code is explained; the manual is valid roff."""

import shutil
import subprocess

import pytest

from seedance_tui.command_line.json_guide import exit_of_codes
from seedance_tui.command_line.json_schema import fields
from seedance_tui.command_line.output import cells
from seedance_tui.command_line.run import COMMANDS
from seedance_tui.core.explain.causes import Cause
from seedance_tui.core.model.codes import Code, Exit
from tests.commands.conftest import Shell


def test_it_names_every_command(home: None, shell: Shell) -> None:
    lines = shell("help").lines
    assert [line.split()[0] for line in lines if line[:1].strip()][:-1] == list(COMMANDS)


@pytest.mark.parametrize("verb", COMMANDS)
def test_it_explains_a_command_as_the_command_does(home: None, shell: Shell, verb: str) -> None:
    there, here = shell(verb, "--help"), shell("help", verb)
    assert (here.code, here.out) == (there.code, there.out)
    assert here.out.startswith(f"usage: seedance-tui {verb}")


def test_the_manual_breaks_no_word(home: None, shell: Shell) -> None:
    assert shell("help", "--man").lines[1:3] == [".nr HY 0", ".nh"]


def test_it_speaks_chinese(home: None, shell: Shell) -> None:
    assert "超过此时间即放弃" in shell("help", "wait", "--lang", "zh").out
    assert "成功" in shell("help", "exit", "--lang", "zh").out


def test_every_exit_status_is_told(home: None, shell: Shell) -> None:
    told = [line.split()[0] for line in shell("help", "exit").lines[:-1]]
    assert told == [str(int(code)) for code in Exit]


def test_every_field_and_every_code_of_the_json_is_told(home: None, shell: Shell) -> None:
    words = shell("help", "json").out.split()
    assert [name for name in fields() if name not in words and not name.startswith("error.")] == []
    assert set(Code) == set(exit_of_codes())
    assert [code for code in Code if code not in words] == []


def test_a_topic_that_is_none_is_2(home: None, shell: Shell) -> None:
    assert shell("help", "nonsense").code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_manual_is_roff_without_a_fault(home: None, shell: Shell, language: str) -> None:
    page = shell("help", "--man", "--lang", language)
    assert page.code == 0
    assert page.out.isascii()
    assert page.out.startswith(".TH ")
    for verb in COMMANDS:
        assert f"\n.SS {verb}" in page.out
    if groff := shutil.which("groff"):
        done = subprocess.run(
            [groff, "-man", "-Tutf8", "-ww", "-z"],
            input=page.out,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        if language == "en":  # a long word of Chinese cannot be broken, which it complains of
            assert done.stderr == ""


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("topic", [(), ("exit",), ("json",)])
def test_it_fits_its_terminal(
    home: None,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    topic: tuple[str, ...],
    language: str,
    width: int,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert max(map(cells, shell("help", *topic, "--lang", language).lines)) <= width


def test_every_cause_of_a_failure_is_told(home: None, shell: Shell) -> None:
    text = shell("help", "json").out
    words = text[text.index("failure.cause") : text.index("failure.code")].split()[1:]
    assert words[::2] == list(dict.fromkeys(cause.word for cause in Cause))
    assert "…" not in text
