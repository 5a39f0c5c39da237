"""What was said is kept: every change, in the order it was seen, without dead secrets."""

import multiprocessing
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.models import Phase, Task
from seedance_tui.core.history.history import History
from seedance_tui.core.history.recorder import Recorder
from seedance_tui.core.storage.sqlite import DatabaseUnusable

NOW = 1_784_600_000.0
LINK = (
    "https://store.example/a.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400"
    "&X-Tos-Signature=c0ffee&X-Tos-Credential=AKLTsecret"
)


def answer(status: str = "IN_PROGRESS", progress: str = "50%", **more: object) -> Task:
    data: dict[str, Any] = {"task_id": "asyntask_a", "status": status, "progress": progress, **more}
    task = Task.from_json({"code": "success", "data": data})
    assert task is not None
    return task


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "state" / "history.db")


def test_the_latest_answer_of_each_task_comes_back_whole(history: History) -> None:
    history.record([("a", answer("QUEUED", "10%"), NOW), ("b", answer("FAILURE"), NOW + 1)])
    history.record([("a", answer(odd={"deep": [1, "\ud800"]}), NOW + 2)])
    known = {one.id: one for one in history.latest()}
    assert known["a"].task.raw == answer(odd={"deep": [1, "\ud800"]}).raw
    assert known["a"].seen_at == NOW + 2
    assert known["b"].task.status.phase is Phase.FAILED


def test_an_answer_that_says_the_same_is_kept_once(history: History) -> None:
    for second in range(5):
        history.record([("a", answer(), NOW + second)])
    assert [seen.at for seen in history.timeline("a")] == [NOW]


def test_the_timeline_has_each_change_with_the_time_it_was_first_seen(history: History) -> None:
    steps = [("QUEUED", "10%"), ("IN_PROGRESS", "30%"), ("IN_PROGRESS", "50%"), ("SUCCESS", "100%")]
    for second, (status, progress) in enumerate(steps):
        history.record([("a", answer(status, progress), NOW + second)])
        history.record([("other", answer(status, progress), NOW)])
    timeline = history.timeline("a")
    assert [(seen.at - NOW, seen.status.word, seen.progress) for seen in timeline] == [
        (0, "QUEUED", 0.1),
        (1, "IN_PROGRESS", 0.3),
        (2, "IN_PROGRESS", 0.5),
        (3, "SUCCESS", 1.0),
    ]


def test_a_link_keeps_its_signature_while_it_lives_and_loses_it_when_it_is_dead(
    history: History,
) -> None:
    history.record([("a", answer("SUCCESS", result_url=LINK), NOW)])
    history.forget_dead_links(NOW + 86_399)
    assert history.latest()[0].task.result_url == LINK
    history.forget_dead_links(NOW + 86_401)
    url = history.latest()[0].task.result_url
    assert url == (
        "https://store.example/a.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400#signature-removed"
    )
    content = b"".join(path.read_bytes() for path in history.path.parent.iterdir())
    history.record([("a", answer("SUCCESS", result_url=LINK), NOW + 90_000)])
    assert len(history.timeline("a")) == 1
    assert "c0ffee" not in str(history.latest()[0].task.raw)
    assert content


def test_a_link_whose_deadline_is_a_guess_keeps_its_query_for_a_month_more(
    history: History,
) -> None:
    link, day = "https://store.example/a.mp4?token=c0ffee", 86_400
    history.record([("a", answer("SUCCESS", result_url=link, finish_time=NOW), NOW)])
    history.forget_dead_links(NOW + 30 * day)
    assert history.latest()[0].task.result_url == link
    history.forget_dead_links(NOW + 32 * day)
    assert "c0ffee" not in str(history.latest()[0].task.raw)


def test_the_file_is_its_owners_alone(history: History) -> None:
    history.record([("a", answer(), NOW)])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in history.path.parent.iterdir()}
    assert modes == {0o600}


def test_a_damaged_file_is_said_and_left_as_it_is(history: History) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"this is no database, and long enough to be looked at" * 100)
    before = history.path.read_bytes()
    with pytest.raises(DatabaseUnusable):
        history.latest()
    with pytest.raises(DatabaseUnusable):
        history.record([("a", answer(), NOW)])
    assert history.path.read_bytes() == before


def test_a_history_of_a_later_version_is_left_alone(history: History) -> None:
    history.record([("a", answer(), NOW)])
    with sqlite3.connect(history.path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(DatabaseUnusable, match="newer version"):
        history.latest()


def test_an_answer_that_cannot_be_read_hides_no_other(history: History) -> None:
    history.record([("a", answer(), NOW), ("b", answer(), NOW)])
    with sqlite3.connect(history.path) as database:
        database.execute("UPDATE answers SET answer = '{' WHERE task_id = 'a'")
    database.close()
    assert [known.id for known in history.latest()] == ["b"]


def _record_many(path: Path, name: str) -> None:
    for number in range(20):
        History(path).record([(f"{name}{number}", answer(), NOW + number)])


def test_two_processes_write_at_once_and_nothing_is_lost(history: History) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_record_many, args=(history.path, n)) for n in "xy"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}
    assert len(history.latest()) == 40


async def test_what_a_busy_history_does_not_take_is_written_when_it_is_free(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.core.storage.sqlite._BUSY_SECONDS", 0.01)
    history.record([("a", answer("QUEUED"), NOW)])
    recorder = Recorder(history)
    other = sqlite3.connect(history.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    recorder.add("a", answer(), NOW + 1)
    await recorder.close()
    assert "locked" in recorder.problem
    other.execute("ROLLBACK")
    other.close()
    recorder.add("b", answer(), NOW + 2)
    await recorder.close()
    assert recorder.problem == ""
    assert {known.id: known.seen_at for known in history.latest()} == {"a": NOW + 1, "b": NOW + 2}


async def test_after_a_damaged_history_nothing_is_gathered(history: History) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"this is no database, and long enough to be looked at" * 100)
    recorder = Recorder(history)
    for second in range(3):
        recorder.add("a", answer(), NOW + second)
        await recorder.close()
    assert recorder.problem
    assert recorder._waiting == []


def test_the_latest_answers_of_some_tasks_are_theirs_alone(history: History) -> None:
    history.record([(f"t{n}", answer(f"WORD{n}"), NOW + n) for n in range(1200)])
    history.record([("t7", answer("SUCCESS"), NOW + 2000)])
    wanted = {"t7", "t1199", "never heard of", *(f"t{n}" for n in range(600))}
    known = {one.id: one for one in history.latest(wanted)}
    assert set(known) == wanted - {"never heard of"}
    assert known["t7"].task.status.word == "SUCCESS"
    assert history.latest([]) == ()


def test_the_recent_answers_are_the_last_ones_in_their_order(history: History) -> None:
    history.record([(f"t{n}", answer(), NOW + n) for n in range(600)])
    assert [one.id for one in history.recent()] == [f"t{n}" for n in range(100, 600)]


async def test_a_task_is_recalled_once(history: History) -> None:
    history.record([("a", answer(), NOW), ("b", answer(), NOW)])
    recorder = Recorder(history)
    assert [one.id for one in await recorder.recall(["a"])] == ["a"]
    assert [one.id for one in await recorder.recall(["a", "b"])] == ["b"]
    assert await recorder.recall(["a", "b"]) == ()


def test_what_was_told_as_lost_is_kept_until_it_is_no_longer(history: History) -> None:
    history.note_lost({"a": True, "b": True, "c": False})
    history.note_lost({"a": False})
    assert history.lost() == ("b",)
    assert history.unseen() == ()
