"""Each number that the README quotes is the program's own."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.command_line._refused import PATIENCE
from seedance_tui.core import config
from seedance_tui.core.config import Config, Options
from seedance_tui.core.downloads.deadlines import THRESHOLDS
from seedance_tui.core.downloads.ledger import Decision, Ledger, Record
from seedance_tui.core.history.history import History
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.media.posters import Posters
from seedance_tui.core.model.codes import Exit
from seedance_tui.core.model.judgement import FAILURE_LAG, LINK_LAG, SUCCESS_LAG
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.polling.poller import AT_ONCE
from seedance_tui.core.polling.schedule import _LOOK, Schedule
from seedance_tui.core.polling.shared_questions import SharedQuestions
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.storage import log
from seedance_tui.core.watchlist._journal import Journal
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.screens.main import MainScreen

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
N = rf"(\d+(?:[.,]\d+)?|{'|'.join(WORDS)})"
"""A number in figures or in a word."""
NEAR = r"[^\n|]{0,60}?"
"""A few words between a number and what it is known by."""
MEGABYTE, HOUR, MINUTE = 1_000_000, 3600, 60


def numbers(*pattern: str) -> tuple[float, ...]:
    """The numbers where the pattern fits first; that it fits nowhere is a failure."""
    found = re.search("".join(pattern), README, re.IGNORECASE)
    assert found, f"the README no longer says {''.join(pattern)!r}"
    return tuple(
        float(WORDS.index(word.lower()) if word.lower() in WORDS else word.replace(",", ""))
        for word in found.groups()
    )


def number(*pattern: str) -> float:
    """The one number where the pattern fits first."""
    (found,) = numbers(*pattern)
    return found


# Settings


@pytest.fixture
def defaults(tmp_path: Path) -> Config:
    """The settings where nobody has said anything."""
    file = tmp_path / "config.toml"
    file.touch()
    return config.load(Options(config=str(file)), {"HOME": str(tmp_path)}, with_key=False)


def test_the_interval_and_the_least_one(defaults: Config) -> None:
    usual, least = numbers(r"`interval` \| ", N, NEAR, N, r" \|")
    assert defaults.interval == usual
    assert Schedule(0.0).interval == least


def test_how_many_files_are_saved_at_once(defaults: Config) -> None:
    assert defaults.downloads_at_once == number(r"`downloads_at_once` \| ", N, r" \|")


def test_how_long_before_its_end_a_link_is_saved(defaults: Config) -> None:
    seconds = number(r"\bbefore = ", N)
    assert defaults.guard.before == GuardSettings().before == seconds


def test_the_python_that_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={number('Python ', N)}"


# Moments


def test_the_moments_at_which_an_unsaved_video_is_spoken_of() -> None:
    hours, hour, minutes = numbers(N, r" hours?", NEAR, N, " hours?", NEAR, N, " minutes?")
    assert (hours * HOUR, hour * HOUR, minutes * MINUTE) == THRESHOLDS


def test_the_hours_at_which_the_time_left_is_marked() -> None:
    """What the marks look like on each side of these hours is tested with the screen."""
    hours = number(r"`! \d+h\d+m`", NEAR, r"\b", N, r"\b")
    hour = number(r"`!! \d+m`", NEAR, r"\b", N, r"\b")
    assert (hours, hour) == (6, 1)


def test_how_soon_an_edit_is_seen() -> None:
    """That it is seen so soon is tested with the screen."""
    assert number(r"(?:show|seen|appear)", NEAR, "within ", N, " seconds") == 2


def test_for_how_long_what_an_editor_takes_away_is_put_back() -> None:
    seconds = number(r"editor[^\n.]*within ", N, " seconds")
    journal = Journal().after(None, [Change(())], now=1000.0)
    assert journal.unsettled(1000.0 + seconds - 0.1)
    assert not journal.unsettled(1000.0 + seconds + 0.1)


# Limits


def test_how_many_questions_are_asked_at_once() -> None:
    assert number(r"\b", N, r" requests at once") == AT_ONCE


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "seedance-tui.log"
    log.end()
    logging.getLogger(log.__name__.partition(".")[0]).setLevel(logging.NOTSET)


def test_how_much_the_log_takes(path: Path) -> None:
    most = number(r"\.log`[^\n]*?", N, " MB") * MEGABYTE
    log.begin(path)
    for _ in range(int(1.5 * most / 10_000)):
        logging.getLogger("seedance_tui.test").warning("x" * 10_000)
    size = sum(file.stat().st_size for file in path.parent.iterdir())
    assert most / 2 < size <= most


# The screen


def test_the_sizes_at_which_the_panes_move() -> None:
    """What becomes of the panes at these sizes is tested with the screen."""
    wide = number(r"below ", N, r" columns", NEAR, r"(?:stacked|one above)")
    narrow, low = numbers(r"below ", N, r" columns or ", N, r" lines")
    assert wide in dict(MainScreen.HORIZONTAL_BREAKPOINTS)
    assert narrow in dict(MainScreen.HORIZONTAL_BREAKPOINTS)
    assert low in dict(MainScreen.VERTICAL_BREAKPOINTS)


def test_the_size_that_is_enough() -> None:
    """The picture of that size is among the snapshots."""
    size = tuple(map(int, numbers(N, r" ?[×x] ?", N, r"\b", NEAR, "enough")))
    pictures = (ROOT / "tests" / "snapshots" / "test_snapshots.py").read_text(encoding="utf-8")
    assert f"terminal_size={size}" in pictures


# What scripts rely on


def test_the_exit_statuses() -> None:
    (line,) = re.findall(r"^.*\b0 \w+ · .*$", README, re.MULTILINE)
    said = [int(code) for code in re.findall(r"(?:^|[:·])\s*(\d+) ", line)]
    assert said == sorted(Exit)


def test_the_status_of_settings_that_cannot_be_read() -> None:
    assert number(r"no(?:t| )(?: valid)? ?TOML[^\n]*?status ", N) == Exit.USAGE


# Private files


def write_watch_list(path: Path) -> None:
    watched = Watched("a", datetime(2026, 7, 21, tzinfo=UTC))
    WatchListFile(path).apply(Change((Step(0, None, watched),)))


def write_history(path: Path) -> None:
    task = Task.from_json({"data": {"task_id": "a", "status": "SUCCESS"}})
    assert task is not None
    History(path).record([("a", task, 1.0)], None)


def write_log(path: Path) -> None:
    log.begin(path)
    logging.getLogger("seedance_tui.test").warning("hello")
    log.end()


def write_queue(path: Path) -> None:
    Ledger(path).write([Record(("a", Kind.RESULT), Decision.WANTED)])


def write_questions(path: Path) -> None:
    shared = SharedQuestions(path, "https://one", 15.0)
    assert asyncio.run(shared.claim_hook("a"))


def write_posters(path: Path) -> None:
    Posters(path).put("a", Picture(1, 1, bytes(3)))


PRIVATE: dict[str, Callable[[Path], None]] = {
    "watch list": write_watch_list,
    "history": write_history,
    "log": write_log,
    "queue": write_queue,
    "questions": write_questions,
    "posters": write_posters,
}


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_which_files_are_private(tmp_path: Path) -> None:
    said = dict(re.findall(r"^\| ([\w ]+) \|.*\bmode 0?(\d{3})\b", README, re.MULTILINE))
    assert said.keys() == PRIVATE.keys()
    for name, write in PRIVATE.items():
        write(tmp_path / name)
        mode = stat.S_IMODE((tmp_path / name).stat().st_mode)
        assert f"{mode:o}" == said[name], name


# The benchmarks


@pytest.mark.parametrize(
    ("script", "option", "pattern", "factor"),
    [
        ("never_lost.py", "--kills", (N, " times each"), 1),
        ("never_lost.py", "--rounds", ("for ", N, " rounds"), 1),
        ("soak.py", "--fraction", (N, " ?% of the requests"), 100),
    ],
)
def test_what_the_benchmarks_do(
    script: str, option: str, pattern: tuple[str, ...], factor: int
) -> None:
    source = (ROOT / "tests" / "benchmarks" / script).read_text(encoding="utf-8")
    found = re.search(rf'"{option}", type=\w+, default=([\d.]+)', source)
    assert found, f"{script} has no {option}"
    assert float(found[1]) * factor == number(*pattern)


# States and refusals


def test_the_times_after_which_upstream_and_a_missing_link_count() -> None:
    minutes = numbers(r"done for ", N, r" minutes", NEAR, r"for ", N, r", and the gateway")
    assert minutes == (SUCCESS_LAG / MINUTE, 30) == (SUCCESS_LAG / MINUTE, FAILURE_LAG / MINUTE)
    assert number(r"polled for ", N, r" more minutes") == LINK_LAG / MINUTE


def test_how_long_a_refusal_is_doubted() -> None:
    assert "at last once a minute" in README
    assert _LOOK == MINUTE
    assert number(r"after ", N, r" minutes of refusals") == PATIENCE / MINUTE
