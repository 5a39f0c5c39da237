"""JSON of the commands: one record, one error, and the schemas that say so."""

import io
import json
from typing import Any

import pytest

from seedance_tui.command_line.exit_status import most_telling
from seedance_tui.command_line.json_record import KEYS
from seedance_tui.core.model.codes import Exit
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, Reset
from tests.commands.conftest import Result, Shell
from tests.commands.schemas import faults

ALL = tuple(
    f"asyntask_{name}1" for name in ("done", "ultra", "open", "failed", "cancelled", "expired")
)
ODD = ("nonsense", "asyntask_abc…", "sk-0123456789", "http://example.com/")


def _valid(shell: Shell, name: str, values: list[Any]) -> None:
    schema = shell("schema", name).json
    assert [fault for value in values for fault in faults(value, schema)] == []


def _lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def _records(result: Result) -> list[Any]:
    """Read what a command printed: an array, or lines."""
    return result.json if result.out.startswith("[") else _lines(result.out)


def _errors(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.err.splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        (("show",), 4),
        (("wait", "--timeout", "1"), 5),
        (("download", "--both"), 9),
        (("download", "--wait", "--timeout", "0"), 9),
    ],
    ids=lambda value: str(value),
)
def test_every_id_has_a_record_that_fits_the_schema(
    demo: Demo, shell: Shell, verb: tuple[str, ...], code: int
) -> None:
    result = shell(*verb, *ALL, "asyntask_none1", "--json")
    assert result.code == code
    records = _records(result)
    _valid(shell, "task", records)
    assert {record["id"] for record in records} == {*ALL, "asyntask_none1"}
    assert all(tuple(record) == KEYS for record in records)
    _valid(shell, "error", _errors(result))
    assert _errors(result)


@pytest.mark.parametrize(
    "argv",
    [
        ("list", "--json"),
        ("list", "--offline", "--json"),
        ("list", "--archived", "--format", "json"),
        ("export", "--json"),
        ("list", "--format", "ndjson"),
    ],
    ids=" ".join,
)
def test_a_list_is_of_the_same_records(watched: Demo, shell: Shell, argv: tuple[str, ...]) -> None:
    shell("remove", "asyntask_done1")
    records = _records(shell(*argv))
    assert records
    _valid(shell, "task", records)


@pytest.mark.parametrize("verb", ["show", "wait", "download"])
@pytest.mark.parametrize("word", ODD)
def test_a_word_that_is_no_id_is_2_when_the_rest_is_done(
    demo: Demo, shell: Shell, verb: str, word: str
) -> None:
    result = shell(verb, word, "asyntask_done1", "--json")
    assert result.code == 2
    records = {record["id"]: record for record in _records(result)}
    assert records["asyntask_done1"]["status"] == "SUCCESS"
    assert records[None]["error"]["code"] == "not_an_id"
    _valid(shell, "task", list(records.values()))
    (error,) = _errors(result)
    assert (error["code"], error["exit"]) == ("not_an_id", 2)
    named = "sk-…" if word.startswith("sk-") else word
    assert named in error["message"]
    assert "sk-0123456789" not in result.out + result.err


@pytest.mark.parametrize("verb", ["show", "wait", "download", "remove"])
def test_a_word_that_is_no_id_is_named_in_text(demo: Demo, shell: Shell, verb: str) -> None:
    result = shell(verb, "nonsense")
    assert (result.code, result.out) == (2, "")
    assert result.err == "seedance-tui: nonsense is not a task ID\n"


@pytest.mark.parametrize("word", ["abc-d1", "a.b:c=d+9", "x" * 127 + "1", "-odd-1", "123456"])
def test_what_may_be_an_id_is_one(shell: Shell, word: str) -> None:
    assert shell("add", "--", word).code == 0


@pytest.mark.parametrize("word", ["abc1", "x" * 128 + "1", "wait-for-it", "日出123456", "a/b/c/d1"])
def test_what_can_be_no_id_is_none(shell: Shell, word: str) -> None:
    assert shell("add", "--", word).code == 2


def test_a_record_tells_what_was_typed(demo: Demo, shell: Shell) -> None:
    link = "https://www.example.com/v1/video/generations/asyntask_done1"
    (record,) = shell("show", link, "--json").json
    assert (record["id"], record["input"]) == ("asyntask_done1", link)


@pytest.mark.parametrize("verb", ["add", "show", "wait", "download", "remove"])
def test_nothing_on_standard_input_is_nothing_to_do(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b" \n")))
    result = shell(verb, "-", "--json")
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("argv", "code"),
    [(("list", "--nonsense"), "usage"), (("show", "--config", "/nowhere", "asyntask_a1"), "usage")],
    ids=str,
)
def test_a_wrong_call_is_a_line_of_json_too(shell: Shell, argv: tuple[str, ...], code: str) -> None:
    result = shell(*argv, "--json")
    (error,) = _lines(result.err)
    assert (result.code, error["code"], error["exit"]) == (2, code, 2)
    _valid(shell, "error", [error])


def test_an_error_tells_the_answer_it_came_from(
    demo: Demo, shell: Shell, pauses: list[float]
) -> None:
    answer = Answer(429, {"Retry-After": "7"})
    demo.gateway.faults.push("asyntask_done1", answer, times=None)
    result = shell("show", "asyntask_done1", "--json")
    (error,) = _lines(result.err)
    assert error["code"] == "rate_limited"
    assert (error["http"], error["retry_after"], error["retryable"]) == (429, 7, True)
    (record,) = result.json
    assert (record["error"]["code"], record["stale"]) == ("rate_limited", True)


def test_without_a_network_each_task_has_a_record(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push(EVERY, Reset(), times=None)
    result = shell("show", *ALL, "--json")
    assert result.code == 7
    assert {record["error"]["code"] for record in result.json} == {"unreachable"}
    assert len(_lines(result.err)) == 1


def test_of_several_exit_statuses_the_first_in_order_is_told() -> None:
    order = [2, 3, 1, 6, 9, 5, 4, 7, 8, 0]
    for place, code in enumerate(order):
        assert most_telling(map(Exit, reversed(order[place:]))) == code


@pytest.mark.parametrize("name", ["task", "event", "error"])
def test_a_schema_allows_no_other_keys(shell: Shell, name: str) -> None:
    schema = shell("schema", name).json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(faults({"other": 1}, schema))[-1] == "$.other: not in the schema"


def test_a_prompt_and_a_pick_of_the_list_are_in_the_record(demo: Demo, shell: Shell) -> None:
    shell("add", "asyntask_done1")
    with open(shell("paths", "--json").json["watchlist"], "a", encoding="utf-8") as file:
        file.write('prompt = "茶"\npick = false\n')
    (record,) = shell("list", "--offline", "--json").json
    assert (record["prompt"], record["pick"]) == ("茶", False)


@pytest.mark.parametrize("task_id", ["asyntask_done1", "asyntask_none1"])
def test_what_was_never_added_has_no_time_of_it(demo: Demo, shell: Shell, task_id: str) -> None:
    (record,) = shell("show", task_id, "--json").json
    assert record["added_at"] is None
    shell("add", task_id)
    (record,) = shell("show", task_id, "--json").json
    assert record["added_at"] is not None
