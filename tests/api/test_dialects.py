"""The same task in the dialects of several gateways, and whose answer it is."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedance_tui.api.client import Client
from seedance_tui.api.errors import AnotherTask
from seedance_tui.api.models import WORDS, Phase, Status, Task, phase_of
from seedance_tui.api.reasons import is_reason
from seedance_tui.demo import Demo, DemoTask
from seedance_tui.demo.faults import Answer

DONE = ["SUCCESS", "succeeded", "success", "completed", "complete", "done", "finished"]
FAILED = ["FAILURE", "failed", "fail", "error", "timeout", "timed_out", "rejected"]
ENDED = ["cancelled", "canceled", "expired", "deleted"]
SUBMITTED, QUEUED = ["SUBMITTED", "created", "pending"], ["QUEUED", "waiting", "in_queue"]
RUNNING = ["IN_PROGRESS", "processing", "running", "generating", "preparing", "reviewing"]
PHASES = {
    Phase.DONE: DONE,
    Phase.FAILED: FAILED,
    Phase.ENDED: ENDED,
    Phase.SUBMITTED: SUBMITTED,
    Phase.QUEUED: QUEUED,
    Phase.RUNNING: RUNNING,
}
search = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def read(answer: object) -> Task:
    task = Task.from_json(json.loads(json.dumps(answer)))
    assert task is not None
    return task


@pytest.mark.parametrize(
    ("word", "phase"), [(word, phase) for phase, words in PHASES.items() for word in words]
)
def test_a_word_of_any_gateway_has_its_phase_in_any_case(word: str, phase: Phase) -> None:
    for spelt in (word, word.upper(), word.lower(), word.title(), f" {word} "):
        status = read({"data": {"task_id": "t", "status": spelt}}).status
        assert (status.word, status.phase) == (spelt, phase)


@search
@given(st.text())
def test_any_other_word_is_open_and_stays_as_it_is(word: str) -> None:
    status = Status.parse(word)
    assert status.phase is WORDS.get(word.strip().lower(), Phase.UNKNOWN)
    assert status.spelt == (word if word.strip() else "")


TASK: dict[str, Any] = {"status": "processing", "progress": "30%"}
SHAPES: dict[str, Any] = {
    "envelope": {"code": "success", "data": {"task_id": "t", **TASK}},
    "no code": {"data": {"task_id": "t", **TASK}},
    "text of JSON": {"code": "success", "data": json.dumps({"task_id": "t", **TASK})},
    "id within": {"code": 0, "data": {"id": "t", **TASK}},
    "flat": {"task_id": "t", **TASK},
    "flat with id": {"id": "t", **TASK},
    "flat around upstream": {"task_id": "t", **TASK, "data": {"id": "cgt-1", "status": "queued"}},
    "flat with id around it": {"id": "t", **TASK, "data": {"id": "cgt-1", "status": "queued"}},
    "flat around metadata": {"task_id": "t", **TASK, "data": {"metadata": {}}},
    "said twice": {"code": 0, "task_id": "t", "status": "ok", "data": {"task_id": "t", **TASK}},
    "upstream alone": {"id": "cgt-1", "model": "m", **TASK},
    "envelope in an envelope": {"code": 0, "data": {"code": 0, "data": {"task_id": "t", **TASK}}},
}


@pytest.mark.parametrize("answer", SHAPES.values(), ids=SHAPES)
def test_a_task_is_found_in_every_shape(answer: object) -> None:
    task = read(answer)
    assert (task.status.phase, task.progress) == (Phase.RUNNING, 0.3)
    assert task.is_of("t")


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "success", "data": None},
        {"error": {"code": "x", "message": "no"}},
        {"id": "req-1", "status": "error", "message": "no"},
        {"id": "req-1", "status": "failed", "error": {"message": "no"}},
        {"status": "failed"},
        {"id": "t"},
        {"data": {"id": "t"}},
        {},
    ],
)
def test_an_error_is_no_task_and_no_failure_is_made_up(answer: Any) -> None:
    assert Task.from_json(answer) is None


def test_the_upstream_object_alone_is_both_services_object() -> None:
    task = read(
        {
            "id": "cgt-1",
            "model": "m",
            "status": "failed",
            "error": {"code": "C", "message": "why"},
            "created_at": 1784600000,
            "updated_at": 1784600060,
        }
    )
    assert (task.id, task.upstream.id, task.upstream.status) == (None, "cgt-1", "failed")
    assert (task.upstream.error_code, task.reason) == ("C", "why")
    assert (task.submit_time, task.finish_time) == (1784600000, 1784600060)


REASONS = {
    "upstream error": {"fail_reason": "task failed", "data": {"error": {"message": "why"}}},
    "error as a text": {"error": "why"},
    "error of upstream as a text": {"fail_reason": "", "data": {"error": "why"}},
    "message of an error": {"error": {"code": 7, "message": "why"}},
    "Kling": {"data": {"message": "SUCCEED", "data": {"task_status_msg": "why", "task_id": "1"}}},
    "failure_reason": {"failure_reason": "why"},
    "fail_reason": {"fail_reason": "why", "data": {"error": {"message": "ok"}}},
    "result_url": {"result_url": "why"},
    "beside success": {"message": "Success.", "fail_reason": "OK", "failure_reason": "why"},
    "a list": {"data": {"raiMediaFilteredReasons": ["why", "more"]}},
    "detail": {"detail": "why"},
    "detail of upstream": {"data": {"status": "failed", "detail": "why"}},
    "failed_reason": {"failed_reason": "why"},
    "failReason": {"data": {"failReason": "why"}},
    "err_msg": {"err_msg": "why"},
    "error_msg": {"data": {"error_msg": "why"}},
    "error-message": {"error-message": "why"},
    "fail_msg": {"data": {"result": {"fail_msg": "why"}}},
    "errors as texts": {"errors": ["why", "more"]},
    "errors as objects": {"errors": [{"code": "x", "message": "why"}]},
    "base_resp of MiniMax": {"base_resp": {"status_code": 1026, "status_msg": "why"}},
    "base_resp within": {"data": {"status": "Fail", "base_resp": {"status_msg": "why"}}},
    "ResponseMetadata": {"data": {"ResponseMetadata": {"Error": {"Message": "why"}}}},
    "error as a text of JSON": {"error": '{"code":"x","message":"why"}'},
    "beside what is well": {"message": "请求成功", "data": {"msg": "操作成功", "detail": "why"}},
    "beside no more than a failure": {
        "message": "Task failed.",
        "error": "任务失败",
        "detail": "why",
    },
    "beside what was sent": {"detail": "high", "err_msg": "why"},
    "beside a link": {"fail_reason": "https://store.example/v.mp4", "failure_reason": "why"},
}


@pytest.mark.parametrize("data", REASONS.values(), ids=REASONS)
def test_the_reason_of_a_failure_is_found_where_it_stands(data: dict[str, Any]) -> None:
    assert read({"data": {"task_id": "t", "status": "FAILURE", **data}}).reason == "why"


WELL = ("", " ", "SUCCEED", "success", "ok", "OK.", "成功", "Completed", "请求成功", "操作成功！")
MORE_WELL = (
    "Query success",
    "operation successful",
    "No error",
    "处理完成",
    "任务提交成功",
    "null",
    "0",
)


@pytest.mark.parametrize("text", [*WELL, *MORE_WELL])
def test_a_text_that_means_success_is_no_reason(text: str) -> None:
    assert not is_reason(text)
    assert read({"data": {"task_id": "t", "status": "FAILURE", "fail_reason": text}}).reason is None


@pytest.mark.parametrize(
    "text",
    [
        "任务失败",
        "generation unsuccessful",
        "not ok",
        "生成未成功",
        "success rate too low",
        "操作失败",
    ],
)
def test_a_text_that_only_has_the_word_for_success_in_it_is_a_reason(text: str) -> None:
    assert is_reason(text)


OWN, KIN = "asyntask_ownOWNownOWN", "asyntask_elseELSEelse"
WHOSE = {
    "its own": ({"task_id": OWN}, True),
    "another's": ({"task_id": KIN}, False),
    "of another gateway": ({"task_id": "task_other"}, False),
    "a number": ({"task_id": 833446756}, False),
    "none": ({}, True),
    "empty": ({"task_id": ""}, True),
    "id of its kind": ({"id": KIN}, False),
    "its own as id": ({"id": OWN}, True),
    "an upstream's id": ({"id": "cgt-20260101-x"}, True),
    "both": ({"task_id": OWN, "id": KIN}, True),
}


@pytest.mark.parametrize(("ids", "is_own"), WHOSE.values(), ids=WHOSE)
def test_an_answer_says_whose_it_is(ids: dict[str, Any], is_own: bool) -> None:
    answers: tuple[Any, ...] = ({"data": {**ids, **TASK}}, {**ids, **TASK})
    for answer in answers:
        task = Task.from_json(answer)
        assert task is None or task.is_of(OWN) == is_own


@pytest.mark.parametrize("asked", ["cgt-20260101-a", "0b0e2f0e-91c4-4a9e-8f57-2d0c7f0c1c11", "x"])
def test_an_id_of_another_kind_is_the_upstream_services(asked: str) -> None:
    assert read({"id": "task_1", "model": "m", **TASK}).is_of(asked)
    assert read({"id": asked, "model": "m", **TASK}).is_of(asked)
    assert not read({"id": "cgt-2", "model": "m", **TASK}).is_of("cgt-1")


async def test_another_tasks_answer_is_an_error_that_has_it_until_it_is_accepted(
    client: Client, demo: Demo, done: DemoTask
) -> None:
    answer = {"code": "success", "data": {"task_id": KIN, "status": "SUCCESS"}}
    demo.gateway.answer(done.id, Answer(body=json.dumps(answer).encode()))
    with pytest.raises(AnotherTask) as caught:
        await client.task(done.id)
    assert (caught.value.text, caught.value.task.status.phase) == (KIN, Phase.DONE)
    client.accept(done.id, "somebody else")
    with pytest.raises(AnotherTask):
        await client.task(done.id)
    client.accept(done.id, KIN)
    assert (await client.task(done.id)).id == KIN


@pytest.mark.parametrize("status", [200, 201, 202, 203])
async def test_a_task_under_any_status_of_success_is_one(
    client: Client, demo: Demo, done: DemoTask, status: int
) -> None:
    answer = {"code": "success", "data": {"task_id": done.id, "status": "queued"}}
    demo.gateway.answer(done.id, Answer(status, body=json.dumps(answer).encode()))
    assert (await client.task(done.id)).status.phase is Phase.QUEUED


KEYS = (
    *("data", "task_id", "id", "status", "task_status", "error", "message", "code", "content"),
    *("failure_reason", "task_status_msg", "fail_reason", "result_url", "model", "updated_at"),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.sampled_from([*WORDS, OWN, KIN, "https://s/v.mp4", "[1]", '{"data": 1}']),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
        inner.map(json.dumps),
    ),
    max_leaves=25,
)


@search
@given(VALUES)
def test_no_shape_and_no_nesting_is_too_odd(answer: Any) -> None:
    task = Task.from_json(answer)
    if task is None:
        return
    assert isinstance(task.is_of(OWN), bool)
    assert task.reason is None or is_reason(task.reason)
    assert task.upstream_phase is phase_of(task.upstream.status)
    assert task.offers_links in (True, False)
    assert task.status.is_open != task.status.phase.is_over


def test_nesting_without_end_is_read_to_a_limit() -> None:
    answer: Any = {"task_id": "t", "status": "SUCCESS"}
    for _ in range(60):
        answer = {"code": 0, "data": answer}
    assert Task.from_json(answer) is None
