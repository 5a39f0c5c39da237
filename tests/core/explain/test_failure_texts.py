"""Texts of failures as services write them: each gets its own cause, and none a wrong one."""

import json
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.models import Task
from seedance_tui.core.explain._reading import cause_of
from seedance_tui.core.explain.causes import Cause
from seedance_tui.core.explain.explain import Explanation, explain

WORDS = frozenset(
    {
        "sensitive_input", "sensitive_output", "real_person", "copyright", "audio_copyright",
        "bad_parameter", "input_unreachable", "input_not_ready", "quota", "overdue", "channel",
        "upstream", "timeout", "cancelled", "unknown",
    }
)  # fmt: skip
"""The causes that scripts know; the list is closed."""


class Case(NamedTuple):
    """What a service says, and the cause that it means."""

    code: str
    message: str
    cause: str


def cases(name: str) -> list[Case]:
    texts = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [Case(**case) for case in json.loads(texts)]


PUBLIC, MORE = cases("failure_texts.json"), cases("more_failure_texts.json")
GATEWAYS = cases("gateway_failure_texts.json")
"""What is denied, what is out of order itself, and how Ark, new-api, Kling and MiniMax write."""


def of(code: str, message: str) -> Explanation:
    """Explain a failure whose code, where there is one, stands in the upstream's own error."""
    error = {"code": code, "message": message} if code else None
    reason = "task failed" if code else message
    data: dict[str, Any] = {
        "task_id": "a",
        "status": "FAILURE",
        "fail_reason": reason,
        "data": {"error": error},
    }
    answer = Task.from_json({"code": "success", "data": data})
    assert answer
    explanation = explain(answer)
    assert explanation
    return explanation


@pytest.mark.parametrize(
    "case", [*PUBLIC, *MORE, *GATEWAYS], ids=lambda case: case.code or case.message
)
def test_each_text_gets_its_own_cause_and_an_advice(case: Case) -> None:
    why = of(case.code, case.message)
    assert why.cause.word == case.cause
    assert why.advice
    assert why.happened


@pytest.mark.parametrize("case", PUBLIC, ids=lambda case: case.code or case.message)
def test_a_text_means_the_same_wherever_it_stands(case: Case) -> None:
    """In the error text of a link's place, and as JSON within a sentence."""
    said = json.dumps({"error": {"code": case.code, "message": case.message}})
    assert of("", f"upstream: {said}").cause.word == case.cause


def test_every_cause_has_three_texts_and_every_word_is_known() -> None:
    told = [case.cause for case in [*PUBLIC, *MORE]]
    assert {cause.word for cause in Cause} == WORDS == set(told)
    assert min(map(told.count, WORDS)) >= 3


@pytest.mark.parametrize(
    "message",
    [
        'Generation failed for "a cancelled flight, a timeout, a real person\'s copyright"',
        "提示词「律师审核版权合同，余额不足，参数」生成失败",
        "Failed: `sensitive quota overdue channel`",
        "Failed: 'no quota' is not what anybody drew",
        "the auditorium's quotation by a surreal persona in an international interface",
        "an overcancelled brisk asterisk",
    ],
)
def test_a_prompt_that_is_quoted_and_words_inside_words_are_no_verdict(message: str) -> None:
    why = of("", message)
    assert why.cause is Cause.UNKNOWN
    assert why.happened == message


@pytest.mark.parametrize(
    ("code", "message", "cause"),
    [
        ("InvalidParameter", "the prompt 'copyright of a real person' is not valid", "parameter"),
        ("InternalServiceError", "internal error", "upstream"),
        ("upstream_error", "the output video may contain sensitive information", "output"),
        ("InvalidParameter", "could not fetch the image", "unreachable"),
        ("OutputVideoSensitiveContentDetected", "invalid parameter", "output"),
    ],
)
def test_a_code_comes_first_and_yields_only_to_what_is_sharper(
    code: str, message: str, cause: str
) -> None:
    assert of(code, message).cause.word.endswith(cause)


@given(st.text(max_size=2000))
def test_no_text_is_too_odd(text: str) -> None:
    cause_of(text)


@pytest.mark.parametrize(
    "piece",
    [
        "asset ",
        "failed to fetch ",
        "image ",
        "图片",
        '"',
        "parameter ",
        "ensure ",
        "does not contain ",
        "未",
        "账号",
    ],
)
def test_a_text_that_repeats_itself_takes_no_time_to_speak_of(piece: str) -> None:
    began = time.process_time()
    of("", piece * 2000)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("任务执行失败，未扣除积分", None),
        ("视频生成失败，积分已退还", None),
        ("生成失败，已退回额度", None),
        ("generation failed, credits were refunded", None),
        ("余额充足，但渠道错误", Cause.CHANNEL),
        ("No human face detected in the input image", None),
        ("未能识别到人脸", None),
        ("未命中敏感词，模型内部错误", Cause.UPSTREAM),
        ("no sensitive content found; internal server error", Cause.UPSTREAM),
        ("No copyright issue, but the image resolution is too small", Cause.BAD_PARAMETER),
        ("内容审核超时，请重试", Cause.UPSTREAM),
        ("敏感词服务异常", Cause.UPSTREAM),
        ("risk control: too frequent", Cause.UPSTREAM),
        ("safety system is down", Cause.UPSTREAM),
        ("upload to storage failed: access denied", Cause.UPSTREAM),
        ("GPU out of memory", Cause.UPSTREAM),
        ("concurrency quota exceeded", Cause.OVERLOADED),
        ("result url expired", None),
        ("invalid token in prompt", None),
        ("image_url: download timeout", Cause.INPUT_UNREACHABLE),
        ("OperationDenied.ServiceOverdue", Cause.OVERDUE),
        ("内容审核未通过", Cause.SENSITIVE_INPUT),
        ("检测到人脸", Cause.REAL_PERSON),
        ("账户余额不足", Cause.QUOTA),
    ],
)
def test_what_is_denied_or_about_the_service_is_no_fault_of_what_was_sent(
    text: str, cause: Cause | None
) -> None:
    assert cause_of(text) is cause
