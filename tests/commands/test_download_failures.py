"""A video that a command could not have: the next run knows why, and tries it when it is told."""

import json
from pathlib import Path

import pytest

from seedance_tui.api.errors import LinkExpired, NotThere
from seedance_tui.core.downloads.ledger import Decision, Ledger, Record
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import (
    Answer,
    Cut,
    Expired,
    FalseLength,
    Fault,
    Html,
    Raw,
    Refusal,
    Reset,
)
from tests.commands.conftest import Shell

ID = "asyntask_done1"


def records(home: Path) -> list[Record]:
    (file,) = (home / "state").rglob("*.downloads.db")
    return list(Ledger(file).records())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(Expired(), LinkExpired), (Refusal(404, "NoSuchKey"), NotThere)],
)
def test_what_cannot_be_had_stays_failed_with_its_reason(
    demo: Demo, shell: Shell, home: Path, fault: Fault, kind: type[Exception]
) -> None:
    demo.store.faults.push(EVERY, fault, times=None)
    assert shell("download", ID).code != 0
    (record,) = records(home)
    assert (record.key[0], record.decision) == (ID, Decision.FAILED)
    assert record.problem
    assert record.problem.kind is kind
    demo.store.faults.clear()
    assert shell("download", ID).code == 0, "who asks again gets it"
    assert [one.decision for one in records(home)] == [Decision.SAVED]


@pytest.mark.parametrize("fault", [Answer(503), Html()], ids=["trouble", "a page"])
def test_what_may_pass_leaves_the_file_to_auto_save(
    demo: Demo, shell: Shell, home: Path, fault: Fault
) -> None:
    demo.store.faults.push(EVERY, fault, times=None)
    assert shell("download", ID).code != 0
    assert not list((home / "state").rglob("*.downloads.db")) or records(home) == []


@pytest.mark.parametrize(
    ("fault", "code", "status"),
    [
        (Cut(0), "incomplete", 6),
        (FalseLength(99_000_000), "incomplete", 6),
        (Reset(), "unreachable", 7),
        (Raw(b""), "unreachable", 7),
    ],
)
def test_a_store_that_hangs_up_within_the_file_can_be_reached(
    demo: Demo, shell: Shell, home: Path, fault: Fault, code: str, status: int
) -> None:
    demo.store.faults.push(EVERY, fault, times=None)
    result = shell("download", ID, "--timeout", "0", "--json")
    assert (json.loads(result.out)["error"]["code"], result.code) == (code, status)
    assert not list((home / "videos").glob("*.mp4"))


def test_a_folder_of_one_call_that_cannot_be_written_says_nothing_of_the_video(
    demo: Demo, shell: Shell, home: Path
) -> None:
    (home / "file").touch()
    assert shell("download", ID, "--download-dir", str(home / "file")).code == 6
    assert records(home) == []
