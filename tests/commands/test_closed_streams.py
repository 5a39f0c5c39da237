"""A verb whose standard streams are closed does its work in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from seedance_tui.core.watchlist.file import WatchListFile

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
