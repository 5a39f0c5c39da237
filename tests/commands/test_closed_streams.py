"""A verb whose standard streams are closed does its work in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.demo import Demo

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
ID = "asyntask_abcABCabcABCabcABCabcABC0001"


def shell(closed: str, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run the program as `sh` does with such redirections."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "seedance_tui", *argv],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("list", "--offline"), 0),
        (("export", "--offline", "--format", "md"), 0),
        (("doctor", "--help"), 0),
        (("show",), 2),
    ],
)
def test_it_ends_as_ever_and_nothing_goes_to_the_other_stream(
    home: Path, argv: tuple[str, ...], code: int
) -> None:
    whole = shell("", *argv)
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        done = shell(closed, *argv)
        assert done.returncode == whole.returncode == code
        assert done.stdout in ("", whole.stdout)
        assert done.stderr in ("", whole.stderr)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_its_work_is_done(home: Path, closed: str) -> None:
    assert shell(closed, "add", ID).returncode == 0
    (watchlist,) = home.glob("**/watchlist.toml")
    assert [one.id for one in WatchListFile(watchlist).load().watched] == [ID]


def test_no_file_takes_the_number_of_a_closed_stream(home: Path) -> None:
    code = (
        "import os; from seedance_tui.command_line.output import prepare_streams as f; f();"
        "print('x'); n = os.open('file', os.O_CREAT | os.O_WRONLY); os.write(n, str(n).encode())"
    )
    subprocess.run(
        ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", code],
        cwd=home,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        timeout=30,
        check=True,
    )
    assert int((home / "file").read_text()) > 2


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")


@full
@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("show", "nope"), 2),
        (("show", "--nonsense"), 2),
        (("shwo",), 2),
        (("wait", "asyntask_open1", "--timeout", "0"), 8),
        (("list", "--offline"), 0),
    ],
)
def test_a_full_standard_error_changes_nothing(
    demo: Demo, home: Path, argv: tuple[str, ...], code: int
) -> None:
    whole = shell("", *argv)
    done = shell("2>/dev/full", *argv)
    assert (done.returncode, done.stdout) == (whole.returncode, whole.stdout)
    assert done.returncode == code
    assert not list(home.glob("**/seedance-tui.log"))


@full
@pytest.mark.parametrize(
    "argv",
    [
        ("list", "--json"),
        ("list", "--help"),
        ("help", "list"),
        ("help",),
        ("--help",),
        ("--version",),
    ],
)
def test_a_full_standard_output_is_6_whatever_becomes_of_the_other(
    demo: Demo, home: Path, argv: tuple[str, ...]
) -> None:
    done = shell(">/dev/full", *argv)
    assert done.returncode == 6
    assert "No space left on device" in done.stderr.splitlines()[-1]
    assert shell(">/dev/full 2>/dev/full", *argv).returncode == 6
    assert not list(home.glob("**/seedance-tui.log"))


@full
def test_a_full_standard_output_has_the_code_of_a_full_disk(home: Path) -> None:
    told = json.loads(shell(">/dev/full", "list", "--offline", "--json", "-q").stderr)
    assert (told["code"], told["exit"]) == ("disk_full", 6)


@pytest.mark.parametrize("argv", [("list", "--help"), ("--help",), ("--version",)])
def test_a_help_that_nobody_reads_is_141(home: Path, argv: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "seedance_tui", *argv],
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")
