"""Completion: the words offered are those of the parsers, and the three shells insert them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.command_line.command_specs import command_specs
from seedance_tui.command_line.completion.generator._tables import filter_words
from seedance_tui.command_line.completion.generator.scripts import scripts
from seedance_tui.command_line.run import COMMANDS
from seedance_tui.core.listing.filter import parse
from tests.commands.conftest import Shell

SHELLS = ("bash", "zsh", "fish")
ID, OTHER = "asyntask_h81efT0qwtLnzyt6VENmCZ6V", "asyntask_kq2WjqqJkmm5dJszBcqPAB6U"
READY = "GO:"
NOTE = """#!/bin/sh
[ "$1" = completion ] && exec "{python}" -m seedance_tui "$@"
exec "{python}" -c 'import json, sys; print("GO" + json.dumps(sys.argv[1:]) + "ON")' "$@"
"""
STARTS = {
    "bash": ["--rcfile", ".bashrc", "-i"],
    "zsh": ["-i"],
    "fish": ["-i"],
}
INSERTED = [
    ("sho\t", ["show"]),
    ("show --off\t", ["show", "--offline"]),
    ("list --format ts\t", ["list", "--format", "tsv"]),
    ("list --format=ts\t", ["list", "--format=tsv"]),
    ("list --fields id,tokens.t\t", ["list", "--fields", "id,tokens.total"]),
    (f"show {ID[:12]}\t", ["show", ID]),
    ("watch --filter status:o\t", ["watch", "--filter", "status:open"]),
    ("watch --filter 'age<2h is:sta\t", ["watch", "--filter", "age<2h is:stale"]),
    ("schema ev\t", ["schema", "event"]),
    ("--lang z\t", ["--lang", "zh"]),
]


def test_the_scripts_that_are_shipped_are_those_of_the_commands() -> None:
    outdated = [path.name for path, text in scripts() if path.read_text(encoding="utf-8") != text]
    assert not outdated, "python -m seedance_tui.command_line.completion.generator"


@pytest.mark.parametrize("shell_name", SHELLS)
def test_a_script_is_understood_by_its_shell(shell: Shell, shell_name: str, tmp_path: Path) -> None:
    if not shutil.which(shell_name):
        pytest.skip(f"no {shell_name}")
    script = shell("completion", shell_name)
    assert script.code == 0
    (tmp_path / "script").write_text(script.out)
    done = subprocess.run(
        [shell_name, "-n", "script"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell_name", SHELLS)
def test_every_command_and_every_option_is_in_every_script(shell: Shell, shell_name: str) -> None:
    script = shell("completion", shell_name).out
    for command in command_specs(()):
        assert command.name in script
        for option in command.options:
            assert all(name.lstrip("-") in script for name in option.names)
            assert all(word in script for word in option.words)
    assert {command.name for command in command_specs(())} == set(COMMANDS)


def test_every_word_of_a_filter_is_one() -> None:
    assert {"status:failed", "is:stale", "saved:no", "tag:", "age<"} <= set(filter_words())
    for word in filter_words():
        if word[-1] != ":":
            parse(f"{word}1" if word[-1] in "<>=" else word)


def test_ids_come_with_their_labels_and_by_them(home: Path, shell: Shell) -> None:
    shell("add", ID, "--label", "fruit tea")
    shell("add", OTHER, "--label", "日出")
    assert shell("completion", "ids").lines == [f"{ID}\tfruit tea", f"{OTHER}\t日出"]
    for typed, found in ((ID[:12], ID), ("Fru", ID), ("日", OTHER)):
        assert [line.split("\t")[0] for line in shell("completion", "ids", typed).lines] == [found]
    assert shell("completion", "ids", "nothing").out == ""


def test_while_somebody_waits_neither_asyncio_nor_ssl_nor_sqlite_is_loaded(
    home: Path, shell: Shell
) -> None:
    shell("add", ID)
    code = (
        "import sys\nfrom seedance_tui import cli\n"
        "try:\n    cli.main(['completion', 'ids'])\n"
        "finally:\n    print({'asyncio', 'ssl', 'sqlite3', 'httpx'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.stdout.splitlines() == [f"{ID}\t", "set()"], done.stderr


@pytest.fixture
def bench(home: Path, shell: Shell, tmp_path: Path) -> Path:
    """A folder where shells find the program, which notes down what it is called with."""
    shell("add", ID, "--label", "fruit tea")
    shell("add", OTHER, "--label", "sunrise")
    folder = tmp_path / "home"
    fish = tmp_path / "config" / "fish"
    (fish / "completions").mkdir(parents=True)
    for name in SHELLS:
        (folder / name).write_text(shell("completion", name).out)
    shutil.copy(folder / "fish", fish / "completions" / "seedance-tui.fish")
    prompt = f"set -g fish_greeting ''; function fish_prompt; echo '{READY}'; end\n"
    (fish / "config.fish").write_text(prompt)
    # Without it fish goes through all manuals of the machine at its first start.
    (Path(os.environ["XDG_DATA_HOME"]) / "fish" / "generated_completions").mkdir(parents=True)
    (folder / ".bashrc").write_text(f". ~/bash; PS1='{READY}'\n")
    compinit = "autoload -Uz compinit; compinit -u -D"
    (folder / ".zshrc").write_text(f"{compinit}; source ~/zsh; PS1='{READY}'\n")
    program = tmp_path / "bin" / "seedance-tui"
    program.parent.mkdir()
    program.write_text(NOTE.format(python=sys.executable))
    program.chmod(0o755)
    return tmp_path


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        import pty

        environ = {
            **os.environ,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path.cwd()),
            "TERM": "dumb" if name == "zsh" else "xterm",
            "ZDOTDIR": str(folder / "home"),
        }
        self.closing = "'" if name == "zsh" else ""
        """What ends a quotation that is completed: some shells do it themselves."""
        master, slave = pty.openpty()
        self._master = master
        self.process = subprocess.Popen(
            [name, *STARTS[name]],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder / "home",
            env=environ,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)
        self.said = ""

    def until(self, pattern: str) -> str:
        """Read up to what matches; return its group."""
        while not (match := re.search(pattern, self.said)):
            self.said += os.read(self._master, 4096).decode(errors="replace")
        self.said = self.said[match.end() :]
        return match[1]

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def close(self) -> None:
        print(self.said)  # what a test that fails has not found
        self.process.kill()
        self.process.wait()
        os.close(self._master)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture(params=SHELLS)
def terminal(request: pytest.FixtureRequest, bench: Path) -> Iterator[Terminal]:
    name = str(request.param)
    if sys.platform == "win32" or not shutil.which(name):
        pytest.skip(f"no {name}")
    terminal = Terminal(name, bench)
    yield terminal
    terminal.close()


def test_a_shell_inserts_what_was_begun(terminal: Terminal) -> None:
    terminal.until(f"({READY})")
    for typed, argv in INSERTED:
        terminal.type(f"seedance-tui {typed}{terminal.closing if chr(39) in typed else ''}\r")
        assert json.loads(terminal.until(r"GO(\[.*?\])ON")) == argv, typed


def test_the_questions_of_the_scripts_are_offered_to_nobody(shell: Shell) -> None:
    assert "ids" not in shell("completion", "powershell").err
