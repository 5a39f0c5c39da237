"""`remove` puts away, `add` brings back, `list --archived` shows what is between."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.models import Task
from seedance_tui.command_line.query_session import QuerySession
from seedance_tui.core.config import Options, load
from seedance_tui.core.history.history import History
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.demo import Demo
from tests.commands.conftest import Shell

ENTRY = """
[[tasks]]
id = "asyntask_a1"
added_at = 2026-11-22T08:09:10Z
price = 3.5
label = "雨中的街"
tags = ["ep3"]
note = "ask Li"
"""


@pytest.fixture
def watchlist(home: Path) -> Path:
    path = home / "data/seedance-tui/watchlist.toml"
    path.parent.mkdir(parents=True)
    path.write_text(ENTRY, encoding="utf-8")
    return path


def tasks(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("tasks", [])
    return found


def test_what_is_removed_can_be_added_again_with_all_it_had(watchlist: Path, shell: Shell) -> None:
    (before,) = tasks(watchlist)
    assert shell("remove", "asyntask_a1").code == 0
    assert tasks(watchlist) == []
    (archived,) = tasks(watchlist.with_name("watchlist.archive.toml"))
    assert archived.pop("archived")
    assert archived == before
    result = shell("add", "asyntask_a1", "--label", "another")
    assert result.lines == ["asyntask_a1\tadded"]
    assert tasks(watchlist) == [before]
    assert tasks(watchlist.with_name("watchlist.archive.toml")) == []


def heard(home: Path, task_id: str) -> None:
    """Have an earlier run hear that a task is done."""
    task = Task.from_json({"code": "success", "data": {"task_id": task_id, "status": "SUCCESS"}})
    assert task
    History(home / "state/seedance-tui/history.db").record([(task_id, task, 1_784_600_000.0)])


def test_the_archive_is_listed_alone_and_asks_nobody(
    watched: Demo, shell: Shell, home: Path
) -> None:
    heard(home, "asyntask_done1")
    shell("remove", "asyntask_done1")
    before = len(watched.gateway.requests)
    (record,) = shell("list", "--archived", "--json").json
    assert (record["id"], record["status"]) == ("asyntask_done1", "SUCCESS")
    assert [line.split()[0] for line in shell("list", "--archived").lines] == ["asyntask_done1"]
    assert len(watched.gateway.requests) == before
    assert "asyntask_done1" not in shell("list", "--offline").out


def test_an_empty_archive_is_told(shell: Shell) -> None:
    result = shell("list", "--archived")
    assert (result.code, result.out) == (0, "")
    assert result.err == "seedance-tui: the archive is empty\n"


def test_a_damaged_archive_is_told_and_listed_as_far_as_it_goes(
    watchlist: Path, shell: Shell
) -> None:
    archive = watchlist.with_name("watchlist.archive.toml")
    archive.write_text('[[tasks]]\nid = "asyntask_b2"\n[[tasks]]\nid = \n')
    result = shell("list", "--archived")
    assert (result.code, "asyntask_b2" in result.out) == (1, True)
    assert f"the archive {archive} is damaged" in result.err
    archive.write_bytes(b"\xff garbage")
    result = shell("list", "--archived", "-q")
    assert (result.code, result.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "argv",
    [
        ("list", "--offline"),
        ("show", "asyntask_done1", "--json"),
        ("export",),
        ("add", "asyntask_new1"),
        ("remove", "asyntask_ultra1"),
        ("wait", "asyntask_done1"),
        ("doctor",),
        ("paths",),
    ],
    ids=lambda argv: argv[0],
)
def test_no_other_verb_reads_the_archive(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    shell("remove", "asyntask_failed1")

    def read(*_: object) -> None:
        raise AssertionError("the archive is read")

    for name in ("Archive.load", "parse"):
        monkeypatch.setattr(f"seedance_tui.core.watchlist._archive.{name}", read)
    assert "asyntask_failed1" not in shell(*argv).out


async def test_of_a_task_that_is_not_watched_is_known_what_was_heard(
    watched: Demo, home: Path
) -> None:
    heard(home, "asyntask_other9")
    async with QuerySession(load(Options(), os.environ)) as queries:
        await queries.add_temporary(["asyntask_other9"])
        assert queries.entry("asyntask_other9").status.word == "SUCCESS"


def test_doctor_names_the_archive(watched: Demo, shell: Shell, home: Path) -> None:
    path = str(home / "data/seedance-tui/watchlist.archive.toml")
    assert any(path in line for line in shell("doctor").lines)
    shell("remove", "asyntask_done1")
    assert any(path in line for line in shell("doctor").lines)
    assert Archive(home / "data/seedance-tui/watchlist.toml").load().entries
