"""`wait`: until tasks have ended, and what their ends mean."""

import json
from pathlib import Path

import pytest

from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, Reset
from seedance_tui.demo.messages import Handler, Request, Response
from tests.commands.conftest import Shell

NOT_FOUND = Answer(400, body=b'{"code":"task_not_exist","message":"task_not_exist"}')


def running(task_id: str, progress: str = "50%") -> Answer:
    data = {"task_id": task_id, "status": "IN_PROGRESS", "progress": progress}
    return Answer(body=json.dumps({"code": "success", "data": data}).encode())


def test_each_change_is_a_line_and_all_done_is_0(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", running("asyntask_done1"))
    result = shell("wait", "asyntask_done1")
    assert result.code == 0
    first, last = result.lines
    assert first.split("\t")[:4] == ["asyntask_done1", "running", "IN_PROGRESS", "0.5"]
    assert last.split("\t")[:4] == ["asyntask_done1", "done", "SUCCESS", "1.0"]


def test_an_answer_that_says_the_same_is_no_line(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", running("asyntask_done1"), times=2)
    assert len(shell("wait", "asyntask_done1").lines) == 2


def test_a_change_as_json_is_a_line_of_facts(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", running("asyntask_done1"))
    result = shell("wait", "asyntask_done1", "--json")
    assert [json.loads(line)["status"] for line in result.lines] == ["IN_PROGRESS", "SUCCESS"]


@pytest.mark.parametrize("task_id", ["asyntask_failed1", "asyntask_cancelled1"])
def test_a_task_that_failed_or_was_cancelled_is_5(demo: Demo, shell: Shell, task_id: str) -> None:
    assert shell("wait", "asyntask_done1", task_id).code == 5


def test_why_a_task_failed_is_told(demo: Demo, shell: Shell) -> None:
    assert "copyright restrictions" in shell("wait", "asyntask_failed1").err


def test_a_task_that_stays_not_found_is_4(demo: Demo, shell: Shell) -> None:
    result = shell("wait", "asyntask_none1", "--grace", "1")
    assert result.code == 4
    assert "asyntask_none1: not found" in result.err


def test_a_task_may_be_not_found_just_after_its_submit(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", NOT_FOUND)
    assert shell("wait", "asyntask_done1").code == 0


def test_time_that_runs_out_is_8(demo: Demo, shell: Shell) -> None:
    result = shell("wait", "asyntask_open1", "asyntask_done1", "--timeout", "1")
    assert result.code == 8
    assert "unfinished: asyntask_open1" in result.err


@pytest.mark.parametrize("chosen", [("asyntask_none1", "asyntask_open1"), ("--filter", "none1")])
@pytest.mark.parametrize("limit", ["0", "1"])
def test_what_is_not_found_is_said_so_when_the_time_is_over(
    demo: Demo, shell: Shell, chosen: tuple[str, ...], limit: str
) -> None:
    shell("add", "asyntask_none1")
    result = shell("wait", *chosen, "--timeout", limit)
    assert result.code == 4
    assert "asyntask_none1: not found" in result.err
    assert ("unfinished: asyntask_open1\n" in result.err) == ("asyntask_open1" in chosen)


def test_the_error_of_what_is_not_found_is_the_one_of_its_record(demo: Demo, shell: Shell) -> None:
    result = shell("wait", "asyntask_none1", "asyntask_open1", "--timeout", "0", "--json")
    errors = [json.loads(line) for line in result.err.splitlines()]
    told = {(one["code"], one["exit"]) for one in errors}
    assert told == {("not_found", 4), ("still_open", 8)}
    records = {one["id"]: one["error"] for one in map(json.loads, result.lines)}
    assert records["asyntask_none1"]["code"] == "not_found"


def test_many_that_are_unfinished_are_a_short_line(demo: Demo, shell: Shell) -> None:
    ids = [f"asyntask_many{number}" for number in range(1, 18)]
    for one in ids:
        demo.gateway.faults.push(one, running(one))
    result = shell("wait", *ids, "--timeout", "0")
    assert result.code == 8
    assert f"unfinished: {' '.join(ids[:5])} and 12 more" in result.err
    assert ids[5] not in result.err


def test_weather_never_ends_it(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", Answer(502))
    result = shell("wait", "asyntask_done1")
    assert result.code == 0
    assert "gateway error" in result.err


@pytest.mark.parametrize("location", ["https://portal.example/login", "/login?to=x"])
def test_a_login_of_the_network_as_the_first_answer_is_weather(
    demo: Demo, shell: Shell, location: str
) -> None:
    demo.gateway.faults.push("asyntask_done1", Answer(302, {"Location": location}), times=2)
    result = shell("wait", "asyntask_done1")
    assert result.code == 0
    assert "web page" in result.err


def test_a_gateway_that_has_moved_ends_it(demo: Demo, shell: Shell) -> None:
    moved = {"Location": "https://www.gw.example/v1/video/generations/asyntask_open1"}
    demo.gateway.faults.push("asyntask_open1", Answer(301, moved, b"<html>Moved"), times=None)
    assert shell("wait", "asyntask_open1").code == 7


@pytest.mark.parametrize(
    "body", [b"<Error><Code>AccessDenied</Code></Error>", b"<?xml version='1.0'?><error>no</error>"]
)
def test_a_refusal_in_xml_is_a_refusal(demo: Demo, shell: Shell, body: bytes) -> None:
    demo.gateway.faults.push("asyntask_open1", Answer(403, {}, body), times=None)
    assert shell("wait", "asyntask_open1").code == 3


def test_a_gateway_out_of_reach_until_time_is_up_is_7(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push(EVERY, Reset(), times=None)
    result = shell("wait", "asyntask_done1", "--timeout", "1")
    assert result.code == 7
    assert result.err.count("cannot be reached") <= 1


def test_a_missing_or_refused_key_ends_it_with_3(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "wrong")
    assert shell("wait", "asyntask_open1").code == 3
    monkeypatch.delenv("ANYFAST_API_KEY")
    assert shell("wait", "asyntask_open1").code == 3


def test_by_default_it_waits_for_what_is_open_on_the_list(demo: Demo, shell: Shell) -> None:
    shell("add", "asyntask_failed1", "asyntask_done1", "asyntask_ultra1")
    demo.gateway.faults.push("asyntask_done1", running("asyntask_done1"))
    result = shell("wait")
    assert result.code == 0, "what failed before is no news"
    assert [line.split()[2] for line in result.lines] == ["IN_PROGRESS", "SUCCESS"]


def test_with_nothing_to_wait_for_it_ends_well(demo: Demo, shell: Shell) -> None:
    result = shell("wait")
    assert (result.code, result.out) == (0, "")
    assert "no unfinished tasks" in result.err


def test_only_the_named_tasks_are_asked_about(watched: Demo, shell: Shell) -> None:
    shell("wait", "asyntask_done1")
    assert {request.path.rpartition("/")[2] for request in watched.gateway.requests} == {
        "asyntask_done1"
    }


WRONG_TIMES = ("-1", "soon", "", "s", "1_0", "\u0665", "5 m", " 5", "1e3", "inf", "5.", "9" * 400)


@pytest.mark.parametrize(
    "argv", [["hello world"], *([f"--timeout={time}"] for time in WRONG_TIMES)]
)
def test_a_wrong_command_line_is_2_in_one_line(demo: Demo, shell: Shell, argv: list[str]) -> None:
    result = shell("wait", *argv)
    assert result.code == 2
    assert result.err.startswith("seedance-tui: ")
    assert result.err.count("\n") == 1


class RefusesUntil:
    """A gateway in trouble until a file is there."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return await handler(request) if self._path.exists() else Response(502, {}, b"")


@pytest.mark.parametrize("argv", [("wait", "--save"), ("download", "--wait")], ids=" ".join)
def test_a_link_that_is_known_is_not_left_to_die_while_nobody_can_be_asked(
    demo: Demo, shell: Shell, home: Path, argv: tuple[str, ...]
) -> None:
    path = home / "videos/asyntask_done1.mp4"
    shell("show", "asyntask_done1")
    demo.gateway.faults.push(EVERY, RefusesUntil(path), times=None)
    result = shell(*argv, "asyntask_done1", "--refresh", "--timeout", "20", "--json")
    assert (result.code, path.exists()) == (0, True)
    last = json.loads(result.lines[-1])
    assert (last["files"]["result"]["path"], last["error"]) == (str(path), None)
