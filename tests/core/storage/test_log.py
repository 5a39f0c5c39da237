"""The log: bounded, private, one line a record, and never a secret in it."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.errors import RateLimited, TimedOut
from seedance_tui.api.key import ApiKey
from seedance_tui.core.model.store import Store
from seedance_tui.core.storage import log
from seedance_tui.core.text.sanitize import safe
from tests.core.conftest import MakeFetched, MakeMissed

KEY = "another kind/of+key='0123'"
LINK = "https://tos.example/bucket/a.mp4?X-Tos-Date=20261122T080910Z&X-Tos-Signature=5ec4e7"
logger = logging.getLogger("seedance_tui.core.test")


@pytest.fixture(autouse=True)
def no_log_is_left() -> Iterator[None]:
    yield
    log.end()
    logging.getLogger("seedance_tui").setLevel(logging.NOTSET)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "seedance-tui" / "seedance-tui.log"


def told(path: Path, message: str) -> str:
    """What the log makes of a message, without its head."""
    log.begin(path)
    logger.warning("%s", message)
    return path.read_text(encoding="utf-8").partition("seedance_tui.core.test: ")[2]


def test_a_record_has_its_moment_its_level_and_its_place(path: Path) -> None:
    log.begin(path)
    logger.warning("said %s", "so")
    (line,) = path.read_text().splitlines()
    moment, rest = line.split(" ", 1)
    assert len(moment) == len("2026-11-22T08:09:10.123Z")
    assert rest == "WARNING seedance_tui.core.test: said so"


def test_nothing_is_created_before_there_is_something_to_say(path: Path) -> None:
    log.begin(path)
    logger.info("of no interest")
    assert not path.parent.exists()


def test_warnings_are_logged_and_everything_of_our_own_where_it_is_asked_for(path: Path) -> None:
    for verbose in (False, True):
        log.begin(path, verbose=verbose)
        for name in ("seedance_tui.api", "httpx", "httpcore.connection"):
            for level in (logging.DEBUG, logging.INFO, logging.WARNING):
                logging.getLogger(name).log(level, "%s %s", name, verbose)
    lines = path.read_text().splitlines()
    assert sum("httpx False" in line for line in lines) == 1
    assert sum("httpx True" in line for line in lines) == 1
    assert sum("httpcore.connection True" in line for line in lines) == 1
    assert sum("seedance_tui.api False" in line for line in lines) == 1
    assert sum("seedance_tui.api True" in line for line in lines) == 3


def test_the_screen_is_written_to_only_where_it_is_asked_for(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verbose, on_screen in ((False, True), (True, False), (True, True)):
        log.begin(path, verbose=verbose, on_screen=on_screen)
        logger.warning("%s, %s", verbose, on_screen)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line[-10:] for line in err.splitlines()[1:]] == ["True, True"]


@pytest.mark.parametrize(
    "spelt",
    [KEY, repr(KEY), f"Bearer {KEY}", "another%20kind%2Fof%2Bkey%3D%270123%27", f"x{KEY}{KEY}"],
)
def test_the_key_is_in_no_record_however_it_is_spelt(path: Path, spelt: str) -> None:
    log.conceal(ApiKey(KEY))
    text = told(path, f"refused: {spelt}!")
    assert text.startswith("refused: ")
    assert "0123" not in text


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (LINK, "https://tos.example/bucket/a.mp4?…"),
        (f"saving {LINK} now", "saving https://tos.example/bucket/a.mp4?… now"),
        (LINK.upper(), "HTTPS://TOS.EXAMPLE/BUCKET/A.MP4?…"),
        (LINK.replace("/", r"\/"), r"https:\/\/tos.example\/bucket\/a.mp4?…"),
        (LINK.replace("?", "#"), "https://tos.example/bucket/a.mp4?…"),
        ("GET /a.mp4?X-Tos-Signature=5ec4e7", "GET /a.mp4?X-Tos-Signature=…"),
        ("%3FX-Amz-Credential%3D5ec4e7", "%3FX-Amz-Credential%3D…"),
        ("https://me:5ec4e7@proxy.example:80", "https://…@proxy.example:80"),
        ("http://me:pa#5ec4e7@proxy.example:80 no", "http://… no"),
        ("http://me:pa/5ec4e7@proxy.example:80", "http://…"),
        ("socks5://me:5ec4e7@x@proxy.example:1080", "socks5://…@proxy.example:1080"),
        (r"http:\/\/me:5ec4e7@proxy.example", r"http:\/\/…@proxy.example"),
        ("Authorization: Bearer 5ec4e7", "Authorization: Bearer …"),
        ("no such key: sk-5ec4e7***", "no such key: sk-…"),
        ("zero\u200bwidth sk-\u200b5ec4e7", "zerowidth sk-…"),
        ("one\ntwo\nthree", r"one\ntwo\nthree"),
        ("\x1b]0;title\x07 \u202emp4", "␛]0;title␇ mp4"),
    ],
)
def test_a_record_is_one_harmless_line(path: Path, message: str, line: str) -> None:
    assert told(path, message) == line + "\n"


@given(st.text(), st.text())
def test_whatever_stands_around_a_link_its_signature_does_not_come_through(
    before: str, after: str
) -> None:
    text = log.redacted(safe(f"{before}{LINK}{after}"))
    assert "5ec4e7" not in text


def test_a_traceback_stands_set_in_below_its_record_and_shows_no_values(path: Path) -> None:
    log.conceal(ApiKey(KEY))
    log.begin(path)
    try:
        local = "5ec4e7"
        raise ValueError(f"{KEY} and\n{LINK}", len(local))
    except ValueError as error:
        line = log.fault(error)
    assert line == f"internal error (ValueError); details in {path}"
    head, *below = path.read_text(encoding="utf-8").splitlines()
    assert "CRITICAL" in head
    assert below
    assert all(line.startswith("    ") for line in below)
    assert "raise ValueError" in "".join(below)
    assert not any(secret in "".join(below) for secret in ("5ec4e7", "0123"))


def test_of_a_group_the_first_error_is_named_and_all_are_logged(path: Path) -> None:
    log.begin(path)
    group = ExceptionGroup("two", [ExceptionGroup("one", [KeyError("a")]), OSError("b")])
    assert log.fault(group).startswith("internal error (KeyError); ")
    assert "OSError: b" in path.read_text()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_the_file_is_its_owners_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch(mode=0o644)
    told(path, "hello")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_disturbs_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    log.begin(tmp_path / "file" / "seedance-tui.log")
    logger.warning("hello")
    assert log.fault(KeyError("x")).endswith("the log could not be written")
    assert capsys.readouterr() == ("", "")


def test_two_files_of_bounded_size_are_all_it_takes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "_LARGEST", 2000)
    log.begin(path)
    for number in range(200):
        logger.warning("record %s", number)
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["seedance-tui.log", "seedance-tui.log.1"]
    assert all(file.stat().st_size <= 2000 for file in files)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files if os.name == "posix")
    assert "record 199" in path.read_text()


def test_of_a_record_without_end_the_middle_is_left_out(path: Path) -> None:
    text = told(path, "begin " + "x" * 100_000 + " end")
    assert len(text) < 21_000
    assert text.startswith("begin")
    assert text.endswith("end\n")


def test_a_closed_log_opens_again_and_makes_its_folder_again(path: Path) -> None:
    log.begin(path)
    with log.closed_at_end():
        logger.warning("one")
    path.unlink()
    path.parent.rmdir()
    logger.warning("two")
    assert path.read_text().endswith("two\n")


def test_a_trouble_is_told_once_and_so_is_its_end(
    caplog: pytest.LogCaptureFixture, fetched: MakeFetched, missed: MakeMissed
) -> None:
    store = Store()
    outcomes = (
        [missed("a", TimedOut)] * 3
        + [missed("a", RateLimited, status=429)]
        + [fetched("a"), fetched("b")]
    )
    for outcome in outcomes:
        store.record(outcome)
    assert caplog.messages == ["TimedOut said", "RateLimited 429 said", "RateLimited is over"]
