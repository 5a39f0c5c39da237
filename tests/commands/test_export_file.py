"""`export -o`: a file is replaced whole, and what is no file is never replaced."""

import os
import sys
import threading
from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import Shell


def export(shell: Shell, output: Path | str, code: int) -> str:
    seen = shell("export", "--offline", "--format", "ids", "-o", str(output))
    assert seen.code == code, seen.err
    return seen.err


def test_a_file_is_replaced_by_the_whole_of_it(watched: Demo, shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "ids.txt"
    file.write_text("of yesterday")
    export(shell, file, 0)
    assert "asyntask_done1" in file.read_text().splitlines()


@pytest.mark.parametrize("name", ["folder", "folder/", "."])
def test_a_folder_is_refused_and_stays(
    watched: Demo, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    precious = tmp_path / "folder" / "precious"
    precious.parent.mkdir()
    precious.write_text("stays")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert "directory" in export(shell, name, 6)
    assert precious.read_text() == "stays"
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_name_is_a_mistake(watched: Demo, shell: Shell) -> None:
    assert "no file is named" in export(shell, "", 2)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_a_pipe_is_written_into_and_stays(watched: Demo, shell: Shell, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    export(shell, pipe, 0)
    reader.join(timeout=20)
    assert "asyntask_done1" in read[0].splitlines()
    assert pipe.is_fifo()
