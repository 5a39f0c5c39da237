"""States and refusals as public reports have them, asked over sockets by the verbs."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import Demo, DemoTask, Stage, running_demo
from seedance_tui.demo.captured import play_captured
from seedance_tui.demo.faults import Answer, Html
from seedance_tui.demo.messages import Handler, Request, Response
from seedance_tui.demo.state_scenarios import (
    BAD_KEY,
    NO_MONEY,
    STATE_SCENARIOS,
    refused,
    upstream_ahead,
)

WILD = Path(__file__).parent.parent / "wild" / "states"
KEY = "sk-test-key-of-a-usual-length-0123456789"
ID, OTHER, THIRD = (f"asyntask_wildWILDwildWILDwildWILDwild0{n}" for n in (1, 2, 3))
RUNNING = (Stage(-60, "NOT_START"), Stage(-50, "IN_PROGRESS", "30%"))
Shell = Callable[..., Any]


@pytest.fixture
def demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """A gateway with three tasks that run."""
    tasks = tuple(DemoTask(task_id, "", RUNNING) for task_id in (ID, OTHER, THIRD))
    with running_demo(Demo(key=KEY, scenario=tasks)) as demo:
        monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
        yield demo


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes of waiting for a link, or for a key to be taken again, are parts of a second."""
    monkeypatch.setattr("seedance_tui.core.model.entry.LINK_LAG", 0.3)
    monkeypatch.setattr("seedance_tui.command_line._refused.PATIENCE", 0.3)
    monkeypatch.setattr("seedance_tui.core.polling.schedule._LOOK", 0.1)


def captured(demo: Demo, name: str) -> str:
    """Let the gateway answer as a captured answer does; return the ID of its task."""
    return play_captured(demo, json.loads((WILD / f"{name}.json").read_text("utf-8")))


def saved(home: Path) -> set[str]:
    folder = home / "videos"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


FAILED = {
    "06_kling_failed": "Image pixel is invalid",
    "10_ark_raw_failed_audio": "the output audio may be related to copyright restrictions",
    "35_maxapi_timeout_word": "",
    "rejected_error_string": "prompt was rejected by the provider",
    "timed_out_reason": "no worker took the job",
    "error_nested_message": "bad response status code 525",
    "deleted_word": "",
}
"""Captured answers of tasks that came to nothing, with the reason that is told."""


def test_every_captured_answer_is_tried() -> None:
    names = {path.stem for path in WILD.iterdir()}
    assert names == {*FAILED, *DONE, *LINKLESS, *EXHAUSTED, "accepted_202_running"}


@pytest.mark.parametrize("name", FAILED)
def test_a_failed_task_is_5_and_its_reason_is_told_everywhere(
    demo: Demo, shell: Shell, name: str
) -> None:
    task_id, reason = captured(demo, name), FAILED[name]
    for argv in (("wait", task_id), ("download", task_id), ("download", "--wait", task_id)):
        result = shell(*argv)
        assert result.code == 5, argv
        assert reason in result.out + result.err
        assert "SUCCEED" not in result.out + result.err
    (facts,) = shell("show", task_id, "--json").json
    assert (facts["open"], reason in facts["failure"]["message"]) == (False, True)
    assert facts["phase"] in ("failed", "ended")
    assert facts["status"] == json.loads((WILD / f"{name}.json").read_text())["body"].get(
        "status", facts["status"]
    )


DONE = ("33_kkidc_outer_succeeded", "flat_id_finished", "raw_ark_done")


@pytest.mark.parametrize("name", DONE)
def test_a_task_that_is_done_in_another_dialect_is_saved(
    demo: Demo, shell: Shell, home: Path, name: str
) -> None:
    task_id = captured(demo, name)
    assert shell("wait", task_id).code == 0
    assert shell("download", task_id).code == 0
    assert saved(home) == {f"{task_id}.mp4"}


def test_every_field_of_a_neighbours_answer_is_shown_by_its_path(demo: Demo, shell: Shell) -> None:
    task_id = captured(demo, "33_kkidc_outer_succeeded")
    lines = shell("show", task_id, "--format", "table").lines
    row = next(line.split() for line in lines if line.startswith("data.data.usage.tool_usage"))
    assert row == ["data.data.usage.tool_usage.web_search", "1"]


def test_a_whole_task_under_202_is_open(demo: Demo, shell: Shell) -> None:
    task_id = captured(demo, "accepted_202_running")
    (facts,) = shell("show", task_id, "--json").json
    assert (facts["status"], facts["phase"], facts["open"]) == ("generating", "running", True)


LINKLESS = {
    "13_veo_rai_filtered_success": "blocked by Responsible AI: support code 58061214",
    "done_filtered_reason": "blocked: copyrighted character",
}


@pytest.mark.parametrize("name", LINKLESS)
def test_a_task_that_is_done_without_a_video_is_6_with_the_servers_reason(
    demo: Demo, shell: Shell, hasty: None, name: str
) -> None:
    task_id = captured(demo, name)
    in_the_end = shell("download", "--wait", task_id)
    assert in_the_end.code == 6
    assert "there is no link yet; retrying" in in_the_end.err
    assert f"done, no link came: {LINKLESS[name]}" in in_the_end.err
    now = shell("download", task_id)
    assert (now.code, LINKLESS[name] in now.err) == (6, True)
    assert shell("wait", task_id).code == 0


EXHAUSTED = ("18_402_on_status", "exhausted_401", "exhausted_403", "exhausted_402_flat")


@pytest.mark.parametrize("name", EXHAUSTED)
@pytest.mark.parametrize("verb", ["show", "wait", "download"])
def test_money_that_is_used_up_is_3_and_no_wrong_key(
    demo: Demo, shell: Shell, verb: str, name: str
) -> None:
    result = shell(verb, captured(demo, name))
    assert result.code == 3
    assert "out of quota or balance" in result.err
    assert "sk-abc" not in result.err
    assert "refused" not in result.err


def test_a_wrong_key_and_a_forbidden_address_are_told_apart(demo: Demo, shell: Shell) -> None:
    for fault, words in ((BAD_KEY, "the API key is rejected"), (NO_MONEY, "out of quota")):
        demo.gateway.faults.push(ID, fault)
        assert words in shell("show", ID).err
    demo.gateway.faults.push(ID, refused(403, "IP not allowed"))
    assert "access denied" in shell("show", ID).err


@pytest.mark.parametrize("verb", [("wait",), ("download", "--wait")], ids=" ".join)
@pytest.mark.parametrize("name", ["a single 401", "out of money"])
def test_a_refusal_amid_good_answers_ends_nothing(
    demo: Demo, shell: Shell, home: Path, name: str, verb: tuple[str, ...]
) -> None:
    STATE_SCENARIOS[name](demo, OTHER)
    result = shell(*verb, ID, OTHER, THIRD, "--timeout", "30")
    assert result.code == 0, result.err
    if "download" in verb:
        assert saved(home) == {f"{task_id}.mp4" for task_id in (ID, OTHER, THIRD)}


@pytest.mark.parametrize("limit", ["30", "1.5"])
def test_a_key_that_stays_refused_is_3_in_the_end(
    demo: Demo, shell: Shell, hasty: None, limit: str
) -> None:
    STATE_SCENARIOS["refused for good"](demo, ID)
    began = time.monotonic()
    result = shell("wait", ID, "--timeout", limit)
    assert result.code == 3
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "fault", [BAD_KEY, NO_MONEY, refused(403, "no")], ids=["401", "402", "403"]
)
@pytest.mark.parametrize("verb", [("wait",), ("download", "--wait")], ids=" ".join)
def test_a_refusal_as_the_first_answer_ends_it_at_once(
    demo: Demo, shell: Shell, verb: tuple[str, ...], fault: Answer
) -> None:
    demo.gateway.faults.push(ID, fault)
    assert shell(*verb, ID).code == 3
    assert len(demo.gateway.requests) == 1


@pytest.mark.parametrize("page", [Html(200), Html(401), Html(403), Html(404)], ids=repr)
@pytest.mark.parametrize("verb", [("wait",), ("download", "--wait")], ids=" ".join)
def test_a_page_is_weather(demo: Demo, shell: Shell, verb: tuple[str, ...], page: Html) -> None:
    demo.set(ID, "SUCCESS")
    demo.gateway.faults.push(ID, page, times=2)
    result = shell(*verb, ID, "--timeout", "30")
    assert result.code == 0
    assert "page" in result.err


def test_a_list_with_one_refusal_amid_good_answers_is_whole(demo: Demo, shell: Shell) -> None:
    shell("add", *(task.id for task in demo.tasks))
    for refusals, code in ((1, 0), (None, 3)):
        demo.gateway.faults.push(THIRD, _after_the_others, refusals)
        result = shell("list")
        assert result.code == code
        assert result.out.count("IN_PROGRESS") == 3, "what was heard before is shown"


async def _after_the_others(request: Request, handler: Handler) -> Response:
    await asyncio.sleep(0.3)
    return await BAD_KEY(request, handler)


def test_a_task_is_saved_though_its_link_comes_late(demo: Demo, shell: Shell, home: Path) -> None:
    STATE_SCENARIOS["done before its link"](demo, ID)
    result = shell("download", "--wait", ID, "--timeout", "30")
    assert result.code == 0
    assert result.err.count("there is no link yet") == 1
    assert saved(home) == {f"{ID}.mp4"}


@pytest.mark.parametrize(
    ("word", "ago", "code"),
    [
        ("succeeded", 310, 0),
        ("SUCCEEDED", 310, 0),
        ("succeeded", 200, 8),
        ("failed", 1900, 5),
        ("cancelled", 1900, 5),
        ("expired", 1900, 5),
        ("failed", 1700, 8),
        ("running", 9000, 8),
    ],
)
def test_upstream_over_for_long_counts_though_the_gateway_says_open(
    demo: Demo, shell: Shell, home: Path, word: str, ago: int, code: int
) -> None:
    upstream_ahead(demo, ID, word, ago)
    result = shell("wait", ID, "--timeout", "1")
    assert result.code == code, result.err
    (facts,) = shell("show", ID, "--json").json
    assert (facts["status"], facts["open"]) == ("IN_PROGRESS", code == 8)
    assert ("gave up" in str(facts["failure"])) == (code == 5 or word == "failed")


def test_a_link_that_upstream_offers_is_had_at_once_by_who_asks_for_it(
    demo: Demo, shell: Shell, home: Path
) -> None:
    upstream_ahead(demo, ID)
    assert shell("download", ID).code == 0
    assert saved(home) == {f"{ID}.mp4"}


def test_a_poorer_answer_takes_nothing_away_and_is_told(
    demo: Demo, shell: Shell, home: Path
) -> None:
    shell("add", ID)
    STATE_SCENARIOS["done and undone"](demo, ID)
    assert shell("wait", ID).code == 0
    for _ in range(2):
        (facts,) = shell("show", ID, "--json").json
        assert (facts["status"], facts["open"]) == ("SUCCESS", False)
        assert facts["files"]["result"]["url"]
    assert "a later response says less (IN_PROGRESS)" in shell("wait", ID, "--refresh").err
    assert shell("download", ID).code == 0
    assert saved(home) == {f"{ID}.mp4"}


def test_another_tasks_answer_is_told_and_never_saved(demo: Demo, shell: Shell, home: Path) -> None:
    shell("add", ID)
    play = partial(STATE_SCENARIOS["another task's answer"], demo, ID)
    for _ in range(2):
        play()
    result = shell("download", ID)
    assert result.code == 7
    assert "the response belongs to another task and is kept apart" in result.err
    assert saved(home) == set()
    assert "SUCCESS" not in shell("list", "--offline").out
    play()
    demo.set(ID, "SUCCESS")
    assert shell("download", "--wait", ID, "--timeout", "30").code == 0
    assert saved(home) == {f"{ID}.mp4"}
