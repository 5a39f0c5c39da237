"""`edit`, `history`, `paths`, `doctor --offline`, `-q`; mistyped words, and faults."""

import json
from pathlib import Path

import pytest

from seedance_tui import cli
from seedance_tui.demo import Demo
from tests.commands.conftest import Shell
from tests.commands.schemas import faults
from tests.commands.test_wait import running

DONE = "asyntask_done1"


def test_what_is_said_of_a_task_can_be_changed(demo: Demo, shell: Shell) -> None:
    shell("add", DONE, "--label", "tea", "--tag", "a", "--tag", "b", "--prompt", "茶")
    result = shell("edit", DONE, "--tag", "c", "--untag", "a", "--note", "n", "--json")
    (record,) = result.json
    said = {name: record[name] for name in ("label", "tags", "note", "prompt")}
    assert said == {"label": "tea", "tags": ["b", "c"], "note": "n", "prompt": "茶"}
    shell("edit", DONE, "--label", "", "--note", "")
    (record,) = shell("list", "--offline", "--json").json
    assert (record["label"], record["note"]) == (None, None)


def test_what_is_not_watched_is_4_and_the_rest_is_changed(demo: Demo, shell: Shell) -> None:
    shell("add", DONE)
    result = shell("edit", "asyntask_none1", DONE, "--label", "x")
    assert (result.code, result.out) == (4, f"{DONE}\tchanged\n")
    assert "asyntask_none1: not on the watch list" in result.err


def test_a_history_is_of_events(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push(DONE, running(DONE))
    shell("wait", DONE)
    result = shell("history", DONE, "nonsense", "--json")
    assert result.code == 2
    kinds = [event["type"] for event in result.json]
    assert kinds == ["changed", "ended", "trouble"]
    assert [event["task"]["status"] for event in result.json] == ["IN_PROGRESS", "SUCCESS", None]
    schema = shell("schema", "event").json
    assert [fault for event in result.json for fault in faults(event, schema)] == []
    first, last = shell("history", DONE).lines
    assert (first.split("\t")[0], first.split("\t")[2]) == (DONE, "IN_PROGRESS")
    assert last.split("\t")[2:4] == ["SUCCESS", "100%"]


def test_of_what_nobody_has_heard_the_history_is_4(demo: Demo, shell: Shell) -> None:
    result = shell("history", DONE)
    assert (result.code, result.out) == (4, "")


def test_one_path_is_told_alone(shell: Shell, home: Path) -> None:
    path = str(home / "data/seedance-tui/watchlist.toml")
    assert shell("paths", "watchlist").out == f"{path}\n"
    assert shell("paths", "watchlist", "--json").json == path
    assert shell("paths", "nothing").code == 2


def test_a_check_without_a_network_contacts_nobody(demo: Demo, shell: Shell) -> None:
    assert shell("doctor", "--offline").code == 0
    assert not demo.gateway.requests


def test_quiet_leaves_remarks_out_and_errors_in(demo: Demo, shell: Shell) -> None:
    result = shell("add", DONE, "nonsense", "-q")
    assert (result.code, result.out) == (2, "")
    assert result.err == "seedance-tui: nonsense is not a task ID\n"
    assert shell("list", "--offline", "--quiet").out.startswith(DONE)
    assert shell("remove", DONE).out, "it holds for one call"


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (("list", "--ofline"), "--offline"),
        (("download", "--al"), "--all"),
        (("wait", "asyntask_a1", "--time-out=5"), "--timeout"),
        (("show", "--feilds", "id", "asyntask_a1"), "--fields"),
    ],
    ids=" ".join,
)
def test_a_mistyped_option_is_told_which_one_was_meant(
    shell: Shell, argv: tuple[str, ...], meant: str
) -> None:
    result = shell(*argv)
    assert result.code == 2
    assert f"did you mean {meant}?" in result.err
    assert json.loads(shell(*argv, "--json").err)["code"] == "usage"


@pytest.mark.parametrize("words", [["lst"], ["downlod", "asyntask_a1"], ["shwo", "--json", "x1"]])
def test_a_mistyped_command_is_2_whatever_follows(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert "did you mean" in told
    assert told.startswith("{") == ("--json" in words)


def test_a_fault_of_the_program_is_json_too(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("seedance_tui.commands.paths._paths", fail)
    with pytest.raises(SystemExit) as end:
        cli.main(["paths", "--json"])
    assert end.value.code == 1
    assert json.loads(capsys.readouterr().err)["code"] == "internal"


def test_adding_again_with_other_words_says_that_they_are_not_taken_over(
    demo: Demo, shell: Shell
) -> None:
    shell("add", "asyntask_open1", "--label", "one", "--tag", "a")
    for words in (("--label", "other"), ("--tag", "b"), ("--note", "n"), ("--prompt", "p")):
        again = shell("add", "asyntask_open1", *words)
        assert again.code == 0
        assert "asyntask_open1: already on the list, left as it is" in again.err
    assert shell("add", "asyntask_open1", "--label", "one").err == "", "nothing is lost"
    (record,) = shell("list", "--offline", "--json").json
    assert (record["label"], record["tags"]) == ("one", ["a"])
