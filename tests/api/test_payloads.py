"""Every captured answer of `tests/payloads`, and what the client makes of it."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    KeyExhausted,
    KeyRefused,
    RateLimited,
    ServerFault,
    TaskNotFound,
    WrongAddress,
    WrongPage,
)
from seedance_tui.api.key import ApiKey
from seedance_tui.api.links import Kind, extension, link_of
from seedance_tui.api.models import Phase, Task

FOLDER = Path(__file__).parent.parent / "payloads"
FILES = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["files"]
BY_NAME = {entry["file"]: entry for entry in FILES}


class Says(NamedTuple):
    """A task; the links by where in the answer's `data` they stand, their ends in UTC."""

    phase: Phase
    word: str
    progress: float | None
    result: str | None = None
    dies: str | float | None = None
    original: str | None = None
    original_dies: str | float | None = None


class Raises(NamedTuple):
    kind: type[ApiError]
    text: str
    retry_after: float | None = None


def done(result: str | None = "result_url", dies: str | None = "2026-07-22T02:18:12Z") -> Says:
    return Says(Phase.DONE, "SUCCESS", 1.0, result, dies)


FAILURE = Says(Phase.FAILED, "FAILURE", 1.0)
NO_LINK = done(None, None)
DAY_AFTER_FINISH = done(dies="2026-07-22T02:18:16Z")

EXPECTED: dict[str, Says | Raises] = {
    "200_success_normal.json": done(),
    "200_success_legacy_fail_reason_url.json": done(),
    "200_success_ultra.json": Says(
        Phase.DONE,
        "SUCCESS",
        1.0,
        "result_url",
        "2026-07-22T02:21:04Z",
        "original_result_url",
        "2026-07-22T02:18:12Z",
    ),
    "200_success_all_ark_fields.json": done(),
    "200_success_result_url_missing_use_nested.json": done("data.content.video_url"),
    "200_success_proxy_url_needs_auth.json": DAY_AFTER_FINISH,
    "200_success_expired_url.json": done(dies="2026-07-19T02:18:12Z"),
    "200_success_stock_newapi_full_dto.json": done(),
    "200_success_two_tier_nested_envelope.json": done(),
    "200_success_string_numbers.json": done(),
    "200_success_unknown_extra_fields.json": done(),
    "200_success_content_null.json": done(),
    "200_success_usage_output_tokens.json": done(),
    "200_success_url_javascript.json": NO_LINK,
    "200_success_url_file.json": NO_LINK,
    "200_success_url_relative.json": NO_LINK,
    "200_success_url_data_uri.json": NO_LINK,
    "200_success_url_padded.json": DAY_AFTER_FINISH,
    "200_bom_prefix.txt": done()._replace(progress=0.0),
    "200_duplicate_keys.txt": NO_LINK,
    "200_status_lowercase.json": done("fail_reason")._replace(word="success"),
    "200_not_start.json": Says(Phase.NOT_STARTED, "NOT_START", 0.0),
    "200_queued.json": Says(Phase.QUEUED, "QUEUED", 0.1),
    "200_in_progress_50.json": Says(Phase.RUNNING, "IN_PROGRESS", 0.5),
    "200_in_progress_progress_over.json": Says(Phase.RUNNING, "IN_PROGRESS", 1.0),
    "200_in_progress_progress_empty.json": Says(Phase.RUNNING, "IN_PROGRESS", None),
    "200_nan_infinity.txt": Says(Phase.RUNNING, "IN_PROGRESS", None),
    "200_failure_moderation.json": FAILURE,
    "200_failure_result_url_is_error_text.json": FAILURE,
    "200_failure_generic_reason_real_cause_nested.json": FAILURE,
    "200_failure_empty_reason_no_finish.json": FAILURE,
    "200_failure_channel_missing.json": FAILURE,
    "200_failure_hostile_text.json": FAILURE,
    "200_failure_very_long_text.json": FAILURE,
    "200_failure_fail_reason_is_url.json": FAILURE,
    "200_status_cancelled.json": Says(Phase.ENDED, "CANCELLED", 1.0),
    "200_status_future.json": Says(Phase.UNKNOWN, "PARTIALLY_DONE", 0.0),
    "200_status_null_progress_null.json": Says(Phase.UNKNOWN, "", None),
    "200_newapi_doc_dialect.json": Says(Phase.DONE, "completed", None, "url"),
    "200_simple_map_dialect.json": Says(Phase.DONE, "succeeded", None, "url"),
    "200_data_null.json": Raises(BadAnswer, "response contains no task"),
    "200_data_list.json": Raises(BadAnswer, "response contains no task"),
    "200_code_not_success.json": Raises(BadAnswer, "task query failed"),
    "200_empty_body.txt": Raises(BadAnswer, "empty response"),
    "200_html_index.html": Raises(WrongPage, "got an HTML page instead of an API response"),
    "400_task_not_exist.json": Raises(TaskNotFound, "task_not_exist"),
    "404_task_not_found_seed.json": Raises(TaskNotFound, "任务不存在"),
    "404_invalid_url.json": Raises(WrongAddress, "Invalid URL (GET /v1/video/generation/"),
    "401_invalid_token.json": Raises(KeyRefused, "无效的令牌 (request id: "),
    "401_token_exhausted_zh.json": Raises(
        KeyExhausted, "该令牌额度已用尽 TokenStatusExhausted[sk-…] (request id: "
    ),
    "403_ip_not_allowed.json": Raises(Forbidden, "您的 IP 不在令牌允许访问的列表中 (request id: "),
    "403_insufficient_user_quota.json": Raises(KeyExhausted, "用户额度不足, 剩余额度: ＄0.000000"),
    "429_rate_limited.json": Raises(RateLimited, "您已达到请求数限制：1分钟内最多请求60次"),
    "429_upstream_saturated.json": Raises(RateLimited, "当前分组上游负载已饱和，请稍后再试"),
    "429_with_retry_after.json": Raises(RateLimited, "Rate limit exceeded", 37.0),
    "429_empty_body.txt": Raises(RateLimited, "HTTP 429"),
    "500_get_task_failed.json": Raises(ServerFault, "请求上游地址失败"),
    "500_panic.json": Raises(ServerFault, "Panic detected"),
    "502_html.html": Raises(ServerFault, "HTTP 502"),
    "504_cloudflare.html": Raises(ServerFault, "HTTP 504"),
    "proxy_404_not_found.json": Raises(TaskNotFound, "Task not found"),
    "tos_403_expired.json": Raises(Forbidden, "Request has expired"),
    "tos_416_range.json": Raises(BadAnswer, "The requested range is not satisfiable"),
}


async def ask(name: str) -> Task:
    """Serve one file as the manifest says, and ask for it."""
    entry = BY_NAME[name]
    headers = dict(entry["headers"])
    if entry["content_type"]:
        headers["Content-Type"] = entry["content_type"]

    def answer(request: httpx.Request) -> httpx.Response:
        body = httpx.ByteStream((FOLDER / name).read_bytes())
        return httpx.Response(entry["http_status"], headers=headers, stream=body)

    transport = httpx.MockTransport(answer)
    async with Client("https://www.anyfast.com.cn", ApiKey("sk-k"), transport=transport) as client:
        return await client.task(id_in(name))


def id_in(name: str) -> str:
    """Return the ID that an answer is about."""
    match = re.search(r'"task_id": ?"([^"]+)"', (FOLDER / name).read_text("utf-8"))
    return match[1] if match else "asyntask_x"


def at(name: str, path: str | None) -> str | None:
    """Return the text at a path within the task of a file, as a link would be copied."""
    if path is None:
        return None
    answer = json.loads((FOLDER / name).read_text("utf-8-sig"))
    value = answer.get("data", answer)  # a flat answer has no envelope
    for key in path.split("."):
        value = value[key]
    return str(value).strip()


def moment(text: str | float | None) -> float | None:
    return datetime.fromisoformat(text).timestamp() if isinstance(text, str) else text


def test_every_file_has_an_expectation() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"manifest.json", "README.md"}
    assert files == set(BY_NAME) == set(EXPECTED)


@pytest.mark.parametrize("name", [n for n in BY_NAME if isinstance(EXPECTED.get(n), Says)])
async def test_an_answer_is_understood(name: str) -> None:
    expected = EXPECTED[name]
    assert isinstance(expected, Says)
    task = await ask(name)
    result, original = link_of(task, Kind.RESULT), link_of(task, Kind.ORIGINAL)
    seen = Says(
        task.status.phase,
        task.status.word,
        task.progress,
        result.url if result else None,
        result.deadline if result else None,
        original.url if original else None,
        original.deadline if original else None,
    )
    assert seen == expected._replace(
        result=at(name, expected.result),
        dies=moment(expected.dies),
        original=at(name, expected.original),
        original_dies=moment(expected.original_dies),
    )


@pytest.mark.parametrize("name", [n for n in BY_NAME if not isinstance(EXPECTED.get(n), Says)])
async def test_an_error_is_named(name: str) -> None:
    expected, entry = EXPECTED[name], BY_NAME[name]
    assert isinstance(expected, Raises)
    with pytest.raises(ApiError) as caught:
        await ask(name)
    error = caught.value
    assert (type(error), error.retry_after) == (expected.kind, expected.retry_after)
    assert error.text.startswith(expected.text)
    assert error.status == entry["http_status"]
    assert error.request_id == entry["headers"].get("X-Oneapi-Request-Id", "")


async def test_only_a_known_end_ends_a_task() -> None:
    ends = {Phase.DONE, Phase.FAILED, Phase.ENDED}
    for name, expected in EXPECTED.items():
        if isinstance(expected, Says):
            assert (await ask(name)).status.is_open == (expected.phase not in ends), name


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        (
            "200_failure_moderation.json",
            "OutputVideoSensitiveContentDetected.PolicyViolation",
            "The request failed because the output video may be related to copyright",
        ),
        (
            "200_failure_generic_reason_real_cause_nested.json",
            "InputImageSensitiveContentDetected.PrivacyInformation",
            "",
        ),
    ],
)
async def test_the_cause_of_a_failure_is_found_upstream(name: str, code: str, message: str) -> None:
    upstream = (await ask(name)).upstream
    assert upstream.error_code == code
    assert (upstream.error_message or "").startswith(message)


async def test_the_upstream_object_is_found_three_envelopes_down() -> None:
    task = await ask("200_success_two_tier_nested_envelope.json")
    assert task.upstream.id == "cgt-20260721101320-ksx38"
    assert task.envelope.upstream_path == "data.data.data.data"


async def test_numbers_and_booleans_in_quotes_are_read() -> None:
    task = await ask("200_success_string_numbers.json")
    upstream = task.upstream
    assert (task.submit_time, task.finish_time) == (1784600000, 1784600296)
    assert (upstream.seed, upstream.duration, upstream.fps) == (4304, 5, 24)
    assert (upstream.draft, upstream.generate_audio) == (False, True)
    assert upstream.usage.total_tokens == 108900


async def test_an_answer_with_every_field_keeps_every_field() -> None:
    task = await ask("200_success_all_ark_fields.json")
    leaves = dict(task.envelope.leaves())
    assert task.upstream.frames and task.upstream.duration is None
    assert task.upstream.seed == 2**32 - 1
    assert leaves["data.data.output_format"] == "mov"
    assert leaves["data.data.error"] is None
    result = link_of(task, Kind.RESULT)
    assert result and extension(result.url) == ".mov"
