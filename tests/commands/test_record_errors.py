"""What went wrong is in the record of each task, the same as on standard error."""

import json
import time
from datetime import datetime
from typing import Any

import pytest

from seedance_tui.command_line.json_schema import schema
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, BlackHole, Fault, Html, Reset
from tests.commands.conftest import Result, Shell
from tests.commands.schemas import faults

DONE, OPEN = "asyntask_done1", "asyntask_open1"
FORBIDDEN = Answer(403, body=b'{"error": {"message": "no access"}}')
WRONG_PLACE = Answer(404, body=b'{"error": {"message": "Invalid URL (GET /nowhere)"}}')
ONCE = [
    ("wait", "--timeout", "0"),
    ("wait", "--save", "--timeout", "0"),
    ("download",),
    ("download", "--timeout", "0"),
    ("download", "--wait", "--timeout", "0"),
]
PATIENT = [("wait",), ("wait", "--save"), ("download", "--wait")]


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def last_records(result: Result) -> dict[str, Any]:
    records = lines(result.out)
    assert not [fault for one in records for fault in faults(one, schema("task"))]  # type: ignore[arg-type]
    return {record["id"]: record for record in records}


@pytest.mark.parametrize(
    ("fault", "code", "http"),
    [
        (Answer(401), "key_refused", 401),
        (FORBIDDEN, "forbidden", 403),
        (WRONG_PLACE, "wrong_address", 404),
        (Answer(504), "server", 504),
        (Answer(429), "rate_limited", 429),
        (Reset(), "unreachable", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_told_of_each_task(
    demo: Demo, shell: Shell, fault: Fault, code: str, http: int | None
) -> None:
    demo.gateway.faults.push(EVERY, fault, times=None)
    is_weather = code in ("server", "rate_limited", "unreachable")
    for verb in ONCE if is_weather else ONCE + PATIENT:
        result = shell(*verb, DONE, OPEN, "--json")
        records = last_records(result)
        told = {one: (it["error"]["code"], it["error"]["http"]) for one, it in records.items()}
        assert told == {DONE: (code, http), OPEN: (code, http)}, verb
        assert {error["code"] for error in lines(result.err)} == {code}, verb
        assert result.code == records[OPEN]["error"]["exit"], verb


@pytest.mark.parametrize("verb", [("download",), *PATIENT], ids=" ".join)
def test_a_gateway_that_never_answers_is_a_timeout(
    demo: Demo, shell: Shell, verb: tuple[str, ...]
) -> None:
    demo.gateway.faults.push(EVERY, BlackHole(), times=None)
    result = shell(*verb, OPEN, "--timeout", "0.2", "--json")
    error = last_records(result)[OPEN]["error"]
    assert (error["code"], error["exit"], error["retryable"], result.code) == (
        "timeout",
        7,
        True,
        7,
    )


@pytest.mark.parametrize("verb", [*ONCE, ("wait", "--timeout", "1.5")], ids=" ".join)
def test_what_is_open_when_the_time_is_over_says_so_last(
    demo: Demo, shell: Shell, verb: tuple[str, ...]
) -> None:
    result = shell(*verb, OPEN, "--json")
    assert result.code == 8
    assert last_records(result)[OPEN]["error"]["code"] == "still_open"


def test_a_page_in_place_of_an_answer_is_told_where_nothing_is_waited_for(
    demo: Demo, shell: Shell
) -> None:
    demo.gateway.faults.push(EVERY, Html(200), times=None)
    result = shell("download", DONE, "--json")
    assert last_records(result)[DONE]["error"]["code"] == "wrong_address"


@pytest.mark.parametrize("verb", ["wait", "download"])
def test_it_is_told_of_tasks_that_a_filter_chose(demo: Demo, shell: Shell, verb: str) -> None:
    shell("add", OPEN)
    demo.gateway.faults.push(EVERY, Answer(401), times=None)
    result = shell(verb, "--filter", "id:open", "--json")
    assert (result.code, last_records(result)[OPEN]["error"]["code"]) == (3, "key_refused")


def test_with_tabs_no_line_is_repeated_for_an_error(demo: Demo, shell: Shell) -> None:
    result = shell("wait", OPEN, "--timeout", "0")
    assert (result.code, len(result.lines)) == (8, 1)


@pytest.mark.parametrize("shape", [(), ("--format", "tsv"), ("--fields", "id,status")], ids=str)
@pytest.mark.parametrize("verb", [("wait", "--save"), ("download",)], ids=str)
def test_without_json_an_error_is_a_line_of_text(
    demo: Demo, shell: Shell, verb: tuple[str, ...], shape: tuple[str, ...]
) -> None:
    result = shell(*verb, "asyntask_expired1", *shape)
    assert result.code == 9
    assert all(line.startswith("seedance-tui: ") for line in result.err.splitlines())


@pytest.mark.parametrize("verb", ["watch", "history"])
def test_the_trouble_of_a_word_that_is_no_id_is_of_now(demo: Demo, shell: Shell, verb: str) -> None:
    result = shell(verb, "nonsense", "--json")
    (event,) = result.json if verb == "history" else lines(result.out)
    at = datetime.fromisoformat(event["at"]).timestamp()
    assert abs(at - time.time()) < 60
    assert not list(faults(event, schema("event")))  # type: ignore[arg-type]


@pytest.mark.parametrize("with_json", [False, True])
def test_progress_is_for_people(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, with_json: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    for argv in (("wait", DONE, "--save"), ("download", "asyntask_ultra1")):
        result = shell(*argv, *(["--json"] if with_json else []))
        assert result.code == 0
        assert ("\x1b[K" in result.err) != with_json
        assert "\x1b" not in result.out


WORDS = ("add", "edit --label tea", "remove", "show", "link", "wait", "download")


@pytest.mark.parametrize(
    "verb", [*(f"{words} --format ndjson" for words in WORDS), "frames --json", "compare --json"]
)
def test_a_word_that_is_no_id_has_a_record_too(demo: Demo, shell: Shell, verb: str) -> None:
    result = shell(*verb.split(), "nonsense")
    (record,) = lines(result.out)
    assert (record["error"]["code"], result.code) == ("not_an_id", 2)
    assert record.get("id") is None


@pytest.mark.parametrize("verb", ["wait", "wait --save", "download", "link"])
@pytest.mark.parametrize("task_id", ["asyntask_failed1", "asyntask_cancelled1"])
def test_the_last_record_of_a_task_that_failed_says_what_standard_error_says(
    demo: Demo, shell: Shell, verb: str, task_id: str
) -> None:
    for _heard_or_known in range(2):
        result = shell(*verb.split(), task_id, "--json", "--format", "ndjson")
        *_, last = lines(result.out)
        (told,) = lines(result.err)
        assert told == last["error"] | {"message": f"{task_id}: {last['error']['message']}"}
        assert (result.code, told["code"]) == (5, "task_failed")
