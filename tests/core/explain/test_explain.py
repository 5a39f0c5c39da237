"""Why a task failed, what to try, and whether the same again can help."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.models import Phase, Task
from seedance_tui.core.explain._advice import Again, again, again_sentence, happened, to_try
from seedance_tui.core.explain.causes import Cause, Subject
from seedance_tui.core.explain.explain import Explanation, explain
from seedance_tui.core.model.judgement import contradiction

PAYLOADS = Path(__file__).parents[2] / "payloads"
NO, YES, PERHAPS = Again.NO, Again.YES, Again.PERHAPS


def task(reason: Any = "", outer: str = "FAILURE", **upstream: Any) -> Task:
    data: dict[str, Any] = {
        "task_id": "a",
        "status": outer,
        "fail_reason": reason,
        "data": upstream,
    }
    found = Task.from_json({"code": "success", "data": data})
    assert found
    return found


def of(answer: Task) -> Explanation:
    explanation = explain(answer)
    assert explanation
    return explanation


@pytest.mark.parametrize(
    ("code", "cause", "subject", "expected"),
    [
        ("InputTextSensitiveContentDetected", Cause.SENSITIVE_INPUT, Subject.INPUT_TEXT, NO),
        ("SensitiveContentDetected.Violence", Cause.SENSITIVE_INPUT, Subject.INPUT_TEXT, NO),
        ("InputTextRiskDetection", Cause.SENSITIVE_INPUT, Subject.INPUT_TEXT, NO),
        ("InputImageSensitiveContentDetected", Cause.SENSITIVE_INPUT, Subject.INPUT_IMAGE, NO),
        ("InputVideoSensitiveContentDetected", Cause.SENSITIVE_INPUT, Subject.INPUT_VIDEO, NO),
        ("InputAudioSensitiveContentDetected", Cause.SENSITIVE_INPUT, Subject.INPUT_AUDIO, NO),
        (
            "OutputVideoSensitiveContentDetected",
            Cause.SENSITIVE_OUTPUT,
            Subject.OUTPUT_VIDEO,
            PERHAPS,
        ),
        (
            "OutputAudioSensitiveContentDetected",
            Cause.SENSITIVE_OUTPUT,
            Subject.OUTPUT_AUDIO,
            PERHAPS,
        ),
        (
            "OutputVideoSensitiveContentDetected.PolicyViolation",
            Cause.COPYRIGHT,
            Subject.OUTPUT_VIDEO,
            PERHAPS,
        ),
        (
            "InputImageSensitiveContentDetected.PolicyViolation",
            Cause.COPYRIGHT,
            Subject.INPUT_IMAGE,
            NO,
        ),
        (
            "InputImageSensitiveContentDetected.PrivacyInformation",
            Cause.REAL_PERSON,
            Subject.INPUT_IMAGE,
            NO,
        ),
        ("QuotaExceeded", Cause.QUOTA, None, YES),
        ("AccountOverdueError", Cause.OVERDUE, None, YES),
        ("SetLimitExceeded", Cause.QUOTA, None, YES),
        ("RateLimitExceeded.EndpointRPMExceeded", Cause.OVERLOADED, None, YES),
        ("ModelAccountTpmRateLimitExceeded", Cause.OVERLOADED, None, YES),
        ("ServerOverloaded", Cause.OVERLOADED, None, YES),
        ("InvalidParameter.TaskTypeConstraint", Cause.BAD_PARAMETER, None, NO),
        ("MissingParameter", Cause.BAD_PARAMETER, None, NO),
        ("InternalServiceError", Cause.UPSTREAM, None, YES),
        ("ContentSecurityDetectionError", Cause.UPSTREAM, None, YES),
        ("ModelNotOpen", Cause.CHANNEL, None, PERHAPS),
        ("InvalidEndpointOrModel.NotFound", Cause.CHANNEL, None, PERHAPS),
        ("SomethingNobodyHasSeen", Cause.UNKNOWN, None, PERHAPS),
    ],
)
def test_a_code_of_the_upstream_service_is_understood(
    code: str, cause: Cause, subject: Subject | None, expected: Again
) -> None:
    why = of(task("task failed", error={"code": code, "message": "said"}))
    assert (why.cause, why.subject, why.again, why.code) == (cause, subject, expected, code)
    assert why.said == "said"


@pytest.mark.parametrize(
    ("text", "cause", "subject"),
    [
        ("the output video may be related to copyright restrictions", Cause.COPYRIGHT, "output"),
        ("the input image 'content[1]' may contain real person", Cause.REAL_PERSON, "input"),
        ("输入文本可能包含敏感信息", Cause.SENSITIVE_INPUT, "input"),
        ("生成的音频可能包含敏感信息", Cause.SENSITIVE_OUTPUT, "output"),
        ("用户额度不足, 剩余额度: ＄0.000000", Cause.QUOTA, None),
        ("当前分组上游负载已饱和，请稍后再试", Cause.OVERLOADED, None),
        ("the parameter `duration` is not valid", Cause.BAD_PARAMETER, None),
        ("Failed to get channel info, channel ID: 8", Cause.CHANNEL, None),
        ("unmarshal_response_body_failed: <html>502 Bad Gateway", Cause.UPSTREAM, None),
        ("task timed out after 24h", Cause.TIMEOUT, None),
        ("cancelled by the user", Cause.CANCELLED, None),
        ("boom", Cause.UNKNOWN, None),
    ],
)
def test_a_text_without_a_code_is_understood(text: str, cause: Cause, subject: str | None) -> None:
    why = of(task(text))
    assert why.cause is cause
    assert (why.subject.value if why.subject else "none").startswith(subject or "none")
    assert why.code == ""


@pytest.mark.parametrize(
    "reason",
    [
        '{"error":{"code":"InvalidParameter","message":"bad ratio"}}',
        'status 400: {"error":{"code":"InvalidParameter","message":"bad ratio"}}',
        'upstream: {\\"error\\":{\\"code\\":\\"InvalidParameter\\",\\"message\\":\\"bad ratio\\"}}',
    ],
    ids=["is JSON", "holds JSON", "holds JSON quoted once more"],
)
def test_code_and_message_are_found_in_a_text_that_holds_json(reason: str) -> None:
    why = of(task(reason))
    assert (why.code, why.said, why.cause) == ("InvalidParameter", "bad ratio", Cause.BAD_PARAMETER)


def test_a_code_within_a_sentence_is_found() -> None:
    why = of(task("generation failed: OutputVideoSensitiveContentDetected.PolicyViolation again"))
    assert why.code == "OutputVideoSensitiveContentDetected.PolicyViolation"


def test_the_upstream_code_comes_before_what_the_gateway_says() -> None:
    why = of(task("InvalidParameter", error={"code": "QuotaExceeded", "message": "none left"}))
    assert (why.code, why.cause, why.said) == ("QuotaExceeded", Cause.QUOTA, "none left")


def test_the_trace_behind_a_text_is_left_out_of_what_was_said() -> None:
    why = of(task("It broke. Request id: 0217846003207010000000"))
    assert why.said == "It broke."


def test_a_link_is_no_reason_and_no_reason_is_said_to_be_none() -> None:
    why = of(task("https://cdn.example.com/misplaced.mp4"))
    assert (why.said, why.happened) == ("", "No reason given.")


@pytest.mark.parametrize(
    ("status", "cause"), [("CANCELLED", Cause.CANCELLED), ("EXPIRED", Cause.TIMEOUT)]
)
def test_the_status_itself_is_a_reason(status: str, cause: Cause) -> None:
    assert of(task(outer=status)).cause is cause


def test_only_what_is_over_without_a_video_is_explained() -> None:
    assert explain(task("https://x.example/v.mp4", "SUCCESS", status="succeeded")) is None
    assert explain(task("", "IN_PROGRESS", status="running")) is None
    given_up = task("", "IN_PROGRESS", status="failed", error={"code": "QuotaExceeded"})
    assert of(given_up).cause is Cause.QUOTA


def test_a_task_that_upstream_let_expire_was_not_done_in_time() -> None:
    assert of(task("task failed", status="expired")).cause is Cause.TIMEOUT


def test_no_sentence_speaks_of_money_that_comes_back() -> None:
    for cause, subject in itertools.product(Cause, (None, *Subject)):
        texts = happened(cause, subject), to_try(cause, subject)
        assert all(texts) or cause is Cause.UNKNOWN
        assert again_sentence(again(cause, subject))
        assert not any(word in " ".join(texts).lower() for word in ("refund", "charge", "free"))


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("200_*.json")), ids=lambda path: path.stem)
def test_every_captured_failure_is_explained(path: Path) -> None:
    answer = Task.from_json(json.loads(path.read_text(encoding="utf-8")))
    if answer and answer.status.phase is Phase.FAILED:
        why = of(answer)
        assert why.happened
        assert why.advice


@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(("FAILURE", "x")))
def test_no_text_is_too_odd_to_be_explained(reason: str, code: str, status: str) -> None:
    why = explain(task(reason, status, error={"code": code, "message": reason}))
    assert (why is None) == (status == "x")


@pytest.mark.parametrize(
    ("outer", "inner", "said"),
    [
        ("IN_PROGRESS", "succeeded", "succeeded"),
        ("IN_PROGRESS", "failed", "failed"),
        ("IN_PROGRESS", "expired", "expired"),
        ("QUEUED", "running", "running"),
        ("FAILURE", "running", "running"),
        ("SUCCESS", "failed", "failed"),
        ("TELEPORTING", "succeeded", "succeeded"),
        ("", "Failed", "Failed"),
        ("IN_PROGRESS", "running", None),
        ("in_progress", "Running", None),
        ("QUEUED", "queued", None),
        ("NOT_START", "queued", None),
        ("SUBMITTED", "pending", None),
        ("IN_PROGRESS", "processing", None),
        ("SUCCESS", "completed", None),
        ("SUCCESS", "succeeded", None),
        ("FAILURE", "failed", None),
        ("FAILURE", "expired", None),
        ("CANCELLED", "cancelled", None),
        ("succeeded", "succeeded", None),
        ("TELEPORTING", "running", None),
        ("IN_PROGRESS", "teleporting", None),
        ("IN_PROGRESS", "", None),
    ],
)
def test_the_services_contradict_each_other_in_meaning_not_in_spelling(
    outer: str, inner: str, said: str | None
) -> None:
    assert contradiction(task("", outer, status=inner)) == said
