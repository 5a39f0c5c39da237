"""Where `download` saves a file, and how it proves that what is saved is what the store has."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Expired, Stall
from tests.commands.conftest import Shell

DONE, ULTRA = "asyntask_done1", "asyntask_ultra1"


def saved(home: Path) -> Path:
    return home / "videos" / f"{DONE}.mp4"


def test_a_file_gets_the_name_that_is_asked_for(demo: Demo, shell: Shell, home: Path) -> None:
    name = home / "here.mp4"
    assert shell("download", DONE, "-o", str(name)).out == f"{name}\n"
    assert not saved(home).exists()
    asked = len(demo.gateway.requests)
    assert shell("download", DONE, "-o", str(name)).out == f"{name}\n", "it is there"
    assert len(demo.gateway.requests) == asked


@pytest.mark.usefixtures("alone")
def test_a_name_that_is_taken_is_6_and_the_file_stays(demo: Demo, shell: Shell, home: Path) -> None:
    name = home / "mine.mp4"
    name.write_bytes(b"mine")
    assert shell("download", DONE, "-o", str(name)).code == 6
    shell("download", DONE)
    assert shell("download", DONE, "-o", str(name)).code == 6, "nor is a copy put there"
    assert name.read_bytes() == b"mine"
    assert [path.name for path in home.glob("mine*")] == ["mine.mp4"]


def test_what_is_saved_is_copied_though_its_link_is_gone(
    demo: Demo, shell: Shell, home: Path
) -> None:
    shell("download", DONE)
    demo.store.faults.push(EVERY, Expired(), times=None)
    name = home / "copy.mp4"
    for _again in range(2):
        assert shell("download", DONE, "-o", str(name)).code == 0
        assert name.read_bytes() == saved(home).read_bytes()


def test_a_file_goes_to_standard_output(
    demo: Demo, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEEDANCE_TUI_INTERVAL")
    command = [sys.executable, "-m", "seedance_tui", "download", DONE, "-o", "-"]
    done = subprocess.run(command, capture_output=True, timeout=30, check=True)
    blob = demo.store.get(demo.gateway.tasks[DONE].video_key)
    assert blob
    assert (len(done.stdout), done.stderr) == (blob.size, b"")
    assert not saved(home).exists()


@pytest.mark.parametrize(
    "argv", [(DONE, ULTRA, "-o", "x"), ("-o", "x"), (DONE, "--both", "-o", "x"), (DONE, "-o", "")]
)
def test_one_name_is_for_one_file(demo: Demo, shell: Shell, argv: tuple[str, ...]) -> None:
    assert shell("download", *argv).code == 2


@pytest.mark.parametrize(
    "shape", [("--json",), ("--format", "ids"), ("--format", "tsv"), ("--fields", "id")]
)
def test_no_record_is_printed_beside_a_file(
    demo: Demo, shell: Shell, shape: tuple[str, ...]
) -> None:
    result = shell("download", DONE, "-o", "-", *shape)
    assert (result.code, result.out) == (2, "")


def test_a_folder_can_be_chosen(demo: Demo, shell: Shell, home: Path) -> None:
    assert shell("download", DONE, "--dir", str(home / "x")).lines == [f"{home}/x/{DONE}.mp4"]


def _shorten(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _change(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_a_good_file_is_verified_against_its_store(demo: Demo, shell: Shell, home: Path) -> None:
    shell("download", DONE)
    asked = len(demo.store.requests)
    assert shell("download", DONE, "--verify").out == f"{saved(home)}\n"
    assert len(demo.store.requests) == asked + 1


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("fault", [_shorten, _change])
def test_a_file_that_is_not_the_stores_is_6(
    demo: Demo, shell: Shell, home: Path, fault: Any
) -> None:
    shell("download", DONE)
    whole = home / "whole"
    shutil.copy(saved(home), whole)
    (home / "state/seedance-tui/history.downloads.db").unlink()
    fault(saved(home))
    result = shell("download", DONE, "--verify", "--json")
    assert fault is _shorten or result.code == 6
    if fault is _change:
        assert '"checksum"' in result.err


def test_where_the_link_is_gone_the_file_speaks_for_itself(
    demo: Demo, shell: Shell, home: Path
) -> None:
    shell("download", DONE)
    demo.store.faults.push(EVERY, Expired(), times=None)
    assert shell("download", DONE, "--verify").code == 0


def test_the_time_limit_holds_for_the_transfer_and_the_next_call_goes_on(
    demo: Demo, shell: Shell, home: Path
) -> None:
    demo.add(demo.gateway.tasks[DONE], video=Blob.virtual(300_000))
    demo.store.faults.push(EVERY, Stall(100_000), times=1)
    for options in ((), ("--wait",)):
        result = shell("download", DONE, "--timeout", "1", *options)
        if result.code == 0:
            break
        assert (result.code, result.out) == (8, "")
        assert "timed out, not saved yet" in result.err
    assert shell("download", DONE).code == 0
    assert saved(home).stat().st_size == 300_000
