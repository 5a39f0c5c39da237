"""The gateway's clock is told by its answers, and remembered for a run that hears none."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.key import ApiKey
from seedance_tui.api.models import Task
from seedance_tui.core.config import Config
from seedance_tui.core.history.history import _ANSWERS, History
from seedance_tui.core.history.recorder import Recorder
from seedance_tui.core.session import Session
from seedance_tui.core.watchlist.find_ids import Found
from tests.core.conftest import Clock, MakeTask

HOUR = 3600.0
LINK = (
    "https://store.example/a.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400&X-Tos-Signature=c0"
)
MADE = 1_784_600_000.0
"""When the link was made, in Unix seconds; it dies a day later."""


class Gateway:
    """Answers that the task is done, by a clock so far ahead of ours; None while it is silent."""

    def __init__(self, answer: Task, clock_skew: float | None) -> None:
        self.clock_skew = clock_skew
        self.exhausted_for = None
        self._answer = answer

    async def task(self, task_id: str) -> Task:
        return self._answer

    async def aclose(self) -> None:
        pass


Run = Callable[..., Session]


@pytest.fixture
def run(tmp_path: Path, clock: Clock, task: MakeTask) -> Run:
    """A run of the program in front of a gateway whose clock is so far ahead."""
    clock.now = MADE

    def start(ahead: float | None) -> Session:
        config = Config(
            base_url="https://gate.example",
            config=tmp_path / "config.toml",
            watchlist=tmp_path / "watchlist.toml",
            history=tmp_path / "history.db",
            download_dir=tmp_path / "videos",
            key=ApiKey("sk-x"),
        )
        gateway = Gateway(task("SUCCESS", result_url=LINK), ahead)
        return Session(config, lambda _: gateway, clock=clock)  # type: ignore[arg-type,return-value]

    return start


async def asked(session: Session) -> None:
    """Watch a task and hear one answer."""
    heard = asyncio.Event()
    session.listen(answers=lambda _: heard.set())
    await session.load()
    await session.connect()
    await session.editor.add(Found(("a",)))
    polling = asyncio.create_task(session.poll())
    session.poller.ask_now(["a"])
    await asyncio.wait_for(heard.wait(), 5)
    polling.cancel()
    await asyncio.wait([polling])


@pytest.mark.parametrize("ahead", [20 * HOUR, -20 * HOUR])
async def test_a_run_that_hears_nothing_believes_the_one_before(run: Run, ahead: float) -> None:
    first = run(ahead)
    await asked(first)
    assert first.now() == MADE + ahead
    await first.close()
    second = run(None)
    assert second.now() == MADE
    await second.load()
    assert second.now() == MADE + ahead
    await second.close()


async def test_another_window_knows_it_while_the_first_still_runs(run: Run) -> None:
    first, second = run(HOUR), run(None)
    await asked(first)
    await first.recorder.close()
    await second.load()
    assert second.now() == MADE + HOUR


async def test_what_is_heard_counts_more_than_what_was_remembered(run: Run) -> None:
    first, second = run(20 * HOUR), run(0.0)
    await asked(first)
    await first.close()
    await second.load()
    assert second.gateway_clock.witness(second.store.entries) == "a", (
        "the clock may have been set since"
    )
    await second.connect()
    assert second.now() == MADE
    assert second.gateway_clock.witness(second.store.entries) is None
    await second.close()
    assert second.history.clock_skew() == 0.0


async def test_clocks_that_agree_within_a_minute_are_not_written_about(run: Run) -> None:
    session = run(59.0)
    await asked(session)
    await session.close()
    assert session.now() == MADE
    assert session.history.clock_skew() == 0.0
    assert session.gateway_clock.witness(session.store.entries) is None


async def test_no_witness_is_asked_where_an_answer_is_to_come_anyway(run: Run) -> None:
    first, second = run(HOUR), run(None)
    await asked(first)
    await first.close()
    await second.load()
    await second.editor.add(Found(("open",)))
    assert second.gateway_clock.witness(second.store.entries) is None


@pytest.mark.parametrize(
    ("ahead", "ours"),
    [(-20 * HOUR, 25 * HOUR), (20 * HOUR, 5 * HOUR)],
    ids=["our clock is wrong", "it was wrong and has been set right"],
)
async def test_no_clock_alone_takes_the_signature_from_a_link(
    run: Run, clock: Clock, ahead: float, ours: float
) -> None:
    first, second = run(ahead), run(None)
    await asked(first)
    await first.close()
    clock.now = MADE + ours
    await second.load()
    task = second.store.entries[0].task
    assert task
    assert task.result_url == LINK


async def test_what_a_busy_history_does_not_take_of_it_is_written_when_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.storage.sqlite._BUSY_SECONDS", 0.01)
    history = History(tmp_path / "history.db")
    assert history.clock_skew() == 0.0
    recorder = Recorder(history)
    other = sqlite3.connect(history.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    recorder.note_clock_skew(HOUR)
    await recorder.close()
    other.execute("ROLLBACK")
    other.close()
    recorder.note_clock_skew(2 * HOUR)
    await recorder.close()
    assert history.clock_skew() == 2 * HOUR


def test_a_history_of_the_first_version_is_brought_to_this_one(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "history.db")
    database.executescript(_ANSWERS)
    database.execute(
        "INSERT INTO answers (task_id, seen_at, answer) VALUES ('a', 1, ?)",
        ['{"data": {"task_id": "a", "status": "QUEUED"}}'],
    )
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    history = History(tmp_path / "history.db")
    assert [known.id for known in history.latest()] == ["a"]
    assert history.clock_skew() == 0.0
    history.record((), HOUR)
    assert history.clock_skew() == HOUR
    assert [known.id for known in history.latest()] == ["a"]
