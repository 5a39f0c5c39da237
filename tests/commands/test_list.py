"""`list`, `show` and `export`: what is known, as text and as JSON."""

import csv
import io
import json

import pytest

from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, Html, Reset
from tests.commands.conftest import Shell

HOSTILE = "[/foo]\x1b[31m\u202e=1+1"


def test_list_prints_a_line_for_each_task_with_the_servers_own_word(
    watched: Demo, shell: Shell
) -> None:
    result = shell("list", "--format", "table")
    assert result.code == 0
    head, *rows = result.lines
    assert head.split()[:3] == ["LABEL", "ID", "STATUS"]
    assert [line.split("asyntask")[1].split()[0] for line in rows] == [
        task.id.removeprefix("asyntask") for task in watched.tasks
    ]
    done, _, waiting, failed, cancelled, expired = rows
    assert "SUCCESS" in done
    assert "100%" in done
    assert "23h" in done
    assert "QUEUED" in waiting
    assert "FAILURE" in failed
    assert "CANCELLED" in cancelled
    assert "SUCCESS expired" in expired


def test_columns_stay_aligned_under_wide_characters(demo: Demo, shell: Shell) -> None:
    shell("add", "asyntask_done1", "--label", "ab")
    shell("add", "asyntask_ultra1", "--label", "日出")
    _head, narrow, wide = shell("list", "--format", "table").lines
    assert narrow.index("asyntask") == wide.index("asyntask") + 2


def test_list_as_json_has_stable_names(watched: Demo, shell: Shell) -> None:
    tasks = {task["id"]: task for task in shell("list", "--json").json}
    done = tasks["asyntask_done1"]
    assert done["status"] == "SUCCESS"
    assert done["progress"] == 1.0
    assert done["open"] is False
    file = done["files"]["result"]
    assert file["url"].startswith(watched.store.url)
    assert (file["expires_by"], file["expired"], file["path"]) == ("signature", False, None)
    assert file["expires_at"].endswith("Z")
    assert tasks["asyntask_expired1"]["files"]["result"]["expired"] is True
    ultra = tasks["asyntask_ultra1"]
    assert ultra["files"]["original"]["url"]
    assert (ultra["super_resolution"], ultra["tokens"]["super_resolution"]) == ("2k", 968_000)
    assert tasks["asyntask_open1"]["open"] is True
    assert tasks["asyntask_failed1"]["failure"]["code"] == "Sensitive"
    assert tasks["asyntask_failed1"]["files"]["result"] is None
    assert all(task.keys() == done.keys() for task in tasks.values())


def test_offline_asks_nobody(watched: Demo, shell: Shell) -> None:
    asked = len(watched.gateway.requests)
    result = shell("list", "--offline", "--json")
    assert result.code == 0
    assert {task["status"] for task in result.json} == {None}
    assert len(watched.gateway.requests) == asked


def test_an_empty_list_says_so_beside_the_output(shell: Shell) -> None:
    result = shell("list", "--offline")
    assert (result.code, result.out) == (0, "")
    assert result.err == "seedance-tui: the watch list is empty\n"
    assert shell("list", "--offline", "--json").json == []


def test_a_task_that_is_not_found_is_a_fact_of_the_list(demo: Demo, shell: Shell) -> None:
    shell("add", "asyntask_none1")
    result = shell("list", "--format", "table")
    assert result.code == 0
    assert "not found" in result.out


def test_without_a_key_list_shows_what_is_known_and_exits_3(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANYFAST_API_KEY")
    result = shell("list")
    assert result.code == 3
    assert len(result.lines) == len(watched.tasks)
    assert result.err.count("\n") == 1
    assert "no API key" in result.err


def test_a_refused_key_exits_3_and_is_not_shown(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "sk-refused-0123456789")
    result = shell("show", "asyntask_done1", "--format", "table")
    assert result.code == 3
    assert "sk-refused" not in result.out + result.err


def test_a_question_is_asked_again_where_it_is_weather(
    watched: Demo, shell: Shell, pauses: list[float]
) -> None:
    watched.gateway.faults.push("asyntask_done1", Answer(502), times=2)
    watched.gateway.faults.push("asyntask_done1", Answer(429, {"Retry-After": "7"}))
    result = shell("show", "asyntask_done1", "--format", "table")
    assert result.code == 0
    assert pauses == [0.5, 1.0, 7.0]


def test_a_server_may_not_ask_for_an_endless_pause(
    watched: Demo, shell: Shell, pauses: list[float]
) -> None:
    watched.gateway.faults.push("asyntask_done1", Answer(429, {"Retry-After": "9999"}))
    assert shell("show", "asyntask_done1", "--format", "table").code == 0
    assert pauses == [20.0]


def test_weather_that_stays_exits_7_after_four_tries(watched: Demo, shell: Shell) -> None:
    watched.gateway.faults.push("asyntask_done1", Answer(500), times=None)
    result = shell("list", "--json")
    assert result.code == 7
    by_id = {task["id"]: task for task in result.json}
    assert by_id["asyntask_done1"]["error"]["code"] == "server"
    assert by_id["asyntask_open1"]["status"] == "QUEUED"
    assert sum("done1" in request.path for request in watched.gateway.requests) == 4


def test_a_gateway_that_is_gone_is_not_tried_for_every_task(
    watched: Demo, shell: Shell, pauses: list[float]
) -> None:
    watched.gateway.faults.push(EVERY, Reset(), times=None)
    result = shell("list")
    assert result.code == 7
    assert result.err.count("\n") <= 2
    assert len(result.lines) == len(watched.tasks)


def test_a_web_page_is_a_wrong_address(watched: Demo, shell: Shell) -> None:
    watched.gateway.faults.push(EVERY, Html(), times=None)
    result = shell("show", "asyntask_done1", "--format", "table")
    assert result.code == 7
    assert "check base_url" in result.err


def test_show_has_every_field_with_its_label(demo: Demo, shell: Shell) -> None:
    result = shell("show", "asyntask_ultra1", "--format", "table")
    assert result.code == 0
    shown = {line[:20].split("  ")[0].strip(): line for line in result.lines}
    assert "SUCCESS" in shown["Status"]
    assert "2k" in shown["Super resolution"]
    assert "5 s" in shown["Duration"]
    assert "968000" in next(line for line in result.lines if "Super-resolution tokens" in line)
    assert shown["Fail reason"].split()[2].startswith("http")
    assert shown["Frames"].endswith("—")
    assert "ago" in shown["Finished"]
    assert any(line.startswith("data.data.priority") for line in result.lines)


def test_show_as_json_is_an_array_of_records_and_raw_is_the_response(
    demo: Demo, shell: Shell
) -> None:
    (one,) = shell("show", "asyntask_ultra1", "--json").json
    assert one["files"]["result"]["expires_at"]
    raw = shell("show", "asyntask_ultra1", "--raw").json
    assert raw["data"]["task_id"] == "asyntask_ultra1"
    both = shell("show", "asyntask_ultra1", "asyntask_open1", "--json").json
    assert [one["status"] for one in both] == ["SUCCESS", "QUEUED"]


def test_show_goes_on_past_a_task_that_is_not_found(demo: Demo, shell: Shell) -> None:
    result = shell("show", "asyntask_none1", "asyntask_open1")
    assert result.code == 4
    assert "QUEUED" in result.out
    assert "asyntask_none1: not found" in result.err


def test_a_failed_task_is_no_error_of_show(demo: Demo, shell: Shell) -> None:
    assert shell("show", "asyntask_failed1").code == 0


def test_an_answer_with_nan_is_shown_as_json(demo: Demo, shell: Shell) -> None:
    demo.gateway.answer("asyntask_done1", Answer(body=b'{"data":{"status":"QUEUED","x":NaN}}'))
    assert shell("show", "asyntask_done1", "--raw").json["data"]["x"] is None


def hostile(demo: Demo) -> None:
    answer = {"data": {"id": HOSTILE, "status": HOSTILE, "fail_reason": HOSTILE, HOSTILE: 1}}
    demo.gateway.answer("asyntask_open1", Answer(body=json.dumps(answer).encode()))


@pytest.mark.parametrize(
    "verb",
    [["list"], ["show", "asyntask_open1"], ["export"], ["export", "--format", "md"]],
    ids=" ".join,
)
def test_text_from_outside_has_no_control_codes(demo: Demo, shell: Shell, verb: list[str]) -> None:
    shell("add", "asyntask_open1", "--label", HOSTILE)
    hostile(demo)
    result = shell(*verb)
    assert result.code == 0
    assert not {"\x1b", "\u202e"} & set(result.out + result.err)
    assert "[/foo]" in result.out.replace("\\", "")


def test_export_is_a_table_that_a_spreadsheet_reads(watched: Demo, shell: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(shell("export").out)))
    assert [row["id"] for row in rows] == [task.id for task in watched.tasks]
    assert rows[0]["status"] == "SUCCESS"
    assert rows[0]["files.result.url"].startswith("http")
    assert rows[2]["files.result.url"] == ""


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1"])
def test_no_cell_of_an_export_is_a_formula(shell: Shell, label: str) -> None:
    shell("add", "asyntask_a1", f"--label={label}")
    rows = list(csv.DictReader(io.StringIO(shell("export", "--offline").out)))
    assert rows[0]["label"] == f"'{label}"


def test_export_as_markdown_and_json(watched: Demo, shell: Shell) -> None:
    shell("add", "asyntask_last1", "--label", "a|b")
    head, rule, *rows = shell("export", "--format", "md", "--offline").lines
    assert head.startswith("| id | phase | status | progress | label |")
    assert (rule.count("---"), head.count(" | ")) == (7, 6)
    whole = shell("export", "--format", "csv", "--offline").lines[0].split(",")
    assert len(whole) > 60, "CSV is for programs"
    assert len(rows) == len(watched.tasks) + 1
    assert "| a\\|b |" in rows[-1]
    result = shell("export", "--format", "json", "--offline")
    assert result.json[-1]["label"] == "a|b"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("lable", "'lable' is no field; did you mean label"),
        ("file.result.url", "files.result.url"),
        ("zzz", "'zzz' is no field ("),
        ("id,xyz123", "'xyz123' is no field ("),
    ],
)
def test_an_unknown_field_is_named_with_what_is_near(shell: Shell, word: str, told: str) -> None:
    result = shell("list", "--offline", "--fields", word)
    assert result.code == 2
    assert told in result.err
    assert "help json" in result.err


@pytest.mark.parametrize("limit", ["-1", "x", "1.5", ""])
def test_a_limit_is_a_number_of_tasks(shell: Shell, limit: str) -> None:
    result = shell("list", "--offline", f"--limit={limit}")
    assert (result.code, "is not a number of tasks" in result.err) == (2, True)
