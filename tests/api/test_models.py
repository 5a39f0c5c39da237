"""Whatever JSON comes, a task or None is made of it, and each value as it was meant."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seedance_tui.api.body import parse
from seedance_tui.api.json_values import (
    JSON,
    as_boolean,
    as_fraction,
    as_integer,
    as_moment,
    as_number,
    as_text,
)
from seedance_tui.api.links import links_of
from seedance_tui.api.models import WORDS as WORDS_OF_SERVICES
from seedance_tui.api.models import Phase, Status, Task, phase_of

TASK_KEYS = (
    *("task_id", "action", "progress", "result_url", "original_result_url", "fail_reason"),
    *("submit_time", "start_time", "finish_time", "request_id", "data", "code", "message"),
)
UPSTREAM_KEYS = (
    *("id", "model", "status", "ratio", "framespersecond", "seed", "duration", "frames"),
    *("resolution", "super_resolution", "generate_audio", "draft", "service_tier", "created_at"),
    *("updated_at", "content", "usage", "error", "data", "code"),
)
WORDS = ("SUCCESS", "success", "FAILURE", "50%", "0.5", "true", "2026-07-21T02:13:20Z", "-1")
LINKS = (
    "https://store.example/v.mp4?X-Tos-Date=99991231T235959Z&X-Tos-Expires=86400",
    "https://store.example/v.mp4?Expires=1784600000",
    "https://[::1/",
    "https://x\ud800/",
    "javascript:alert(1)",
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),  # also lone surrogates
    st.sampled_from(WORDS + LINKS),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**400), 10**400),
    st.sampled_from((10**400, -(10**400), 253_402_300_799, 253_402_300_799_000)),
    st.floats(),
    TEXTS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(TEXTS, inner, max_size=4),
        st.dictionaries(st.sampled_from(UPSTREAM_KEYS), inner, max_size=8),
        inner.map(json.dumps),  # a string of JSON
    ),
    max_leaves=20,
)
UPSTREAM = st.dictionaries(st.sampled_from(UPSTREAM_KEYS), VALUES)
TASKS = st.fixed_dictionaries(
    {"status": st.one_of(st.just("SUCCESS"), SCALARS)},
    optional=dict.fromkeys(TASK_KEYS, VALUES) | {"data": st.one_of(VALUES, UPSTREAM)},
)
ANSWERS = st.one_of(
    VALUES,
    st.fixed_dictionaries({"code": SCALARS, "data": st.one_of(TASKS, TASKS.map(json.dumps))}),
)
search = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@search
@given(ANSWERS)
def test_no_answer_is_too_odd_to_be_read(answer: JSON) -> None:
    task = Task.from_json(answer)
    assert repr(task) == repr(Task.from_json(parse(json.dumps(answer).encode())))
    if task is None:
        return
    assert task.raw is answer
    assert task.progress is None or 0 <= task.progress <= 1
    assert len(list(task.envelope.leaves())) <= 400
    for link in links_of(task):
        assert task.offers_links
        assert link.url.lower().startswith(("http://", "https://"))
        assert_can_be_shown(link.deadline)
    for moment in (task.submit_time, task.start_time, task.finish_time, task.upstream.created_at):
        assert_can_be_shown(moment)


def assert_can_be_shown(moment: float | None) -> None:
    if moment is not None:
        assert moment > 0
        datetime.fromtimestamp(moment, UTC).astimezone(timezone(timedelta(hours=14)))


@search
@given(st.binary() | st.text().map(str.encode))
def test_a_body_is_json_or_a_value_error(body: bytes) -> None:
    with suppress(ValueError):
        Task.from_json(parse(body))


@search
@given(st.text())
def test_only_a_known_word_ends_a_task(word: str) -> None:
    status = Status.parse(word)
    assert status.is_open or WORDS_OF_SERVICES[word.strip().lower()].is_over
    assert status.word == (word if word.strip() else "")


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("NOT_START", Phase.NOT_STARTED),
        ("SUBMITTED", Phase.SUBMITTED),
        ("QUEUED", Phase.QUEUED),
        ("in_progress", Phase.RUNNING),
        ("Success", Phase.DONE),
        ("failure", Phase.FAILED),
        ("Cancelled", Phase.ENDED),
        ("CANCELED", Phase.ENDED),
        ("EXPIRED", Phase.ENDED),
        ("UNKNOWN", Phase.UNKNOWN),
        ("succeeded", Phase.DONE),
        ("FAILED", Phase.FAILED),
        ("", Phase.UNKNOWN),
        (None, Phase.UNKNOWN),
        (7, Phase.UNKNOWN),
        (True, Phase.UNKNOWN),
        (["SUCCESS"], Phase.UNKNOWN),
    ],
)
def test_a_word_is_a_phase_in_any_case(word: object, phase: Phase) -> None:
    assert Status.parse(word).phase is phase
    assert Status.parse(word).word == (
        str(word) if word and word not in (True, ["SUCCESS"]) else ""
    )


def test_every_word_of_the_table_is_known_with_its_phase_whoever_says_it() -> None:
    for word, phase in WORDS_OF_SERVICES.items():
        assert word == word.strip().lower()
        assert phase is not Phase.UNKNOWN
        assert phase_of(f" {word.upper()} ") is phase is Status.parse(word).phase
    assert phase_of(None) is phase_of("new word") is Phase.UNKNOWN


def test_a_phase_tells_whether_it_is_over_and_whether_it_is_lost() -> None:
    assert {phase for phase in Phase if phase.is_lost} == {Phase.FAILED, Phase.ENDED}
    assert {phase for phase in Phase if phase.is_over} == {Phase.DONE, Phase.FAILED, Phase.ENDED}


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1784600000, 1784600000.0),
        ("1784600000", 1784600000.0),
        (1784600000123, 1784600000.123),
        ("1784600000123", 1784600000.123),
        (1784600000.5, 1784600000.5),
        ("2026-07-21T02:13:20Z", 1784600000.0),
        ("2026-07-21T10:13:20+08:00", 1784600000.0),
        ("2026-07-21 02:13:20", 1784600000.0),
        ("2026-07-21T02:13:20.5Z", 1784600000.5),
        (0, None),
        ("0", None),
        (-1, None),
        ("", None),
        (None, None),
        (True, None),
        ("soon", None),
        ("0001-01-01T00:00:00Z", None),  # Go's zero time
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        (253_402_300_799, 253_402_300.799),
        (253_402_300_799_000, None),
        ("9999-12-31T23:59:59Z", None),
        ([1784600000], None),
    ],
)
def test_a_time_comes_in_seconds_in_milliseconds_or_as_iso_text(
    value: object, moment: float | None
) -> None:
    assert as_moment(value) == moment


@pytest.mark.parametrize(
    ("value", "fraction"),
    [
        ("50%", 0.5),
        (" 50 % ", 0.5),
        (50, 0.5),
        ("50", 0.5),
        ("0.5", 0.5),
        (0.5, 0.5),
        (1.0, 1.0),
        ("1.0", 1.0),
        (1, 0.01),
        ("1%", 0.01),
        ("0.5%", 0.005),
        (100, 1.0),
        ("0%", 0.0),
        ("150%", 1.0),
        (-20, 0.0),
        (10**400, None),
        ("", None),
        ("%", None),
        ("half", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        ({"percent": 50}, None),
    ],
)
def test_progress_comes_in_many_forms(value: object, fraction: float | None) -> None:
    assert as_fraction(value) == fraction


@pytest.mark.parametrize(
    ("value", "boolean"),
    [
        (True, True),
        ("true", True),
        (" TRUE ", True),
        ("1", True),
        (1, True),
        (False, False),
        ("False", False),
        (0, False),
        (2, None),
        ("yes", None),
        (1.0, None),
        (None, None),
        ([], None),
    ],
)
def test_a_boolean_comes_as_itself_a_word_or_a_digit(value: object, boolean: bool | None) -> None:
    assert as_boolean(value) is boolean


@pytest.mark.parametrize(
    ("value", "number", "integer"),
    [
        (5, 5, 5),
        ("5", 5, 5),
        (5.0, 5, 5),
        ("5.0", 5, 5),
        ("3.5", 3.5, None),
        (3.5, 3.5, None),
        ("1e3", 1000, 1000),
        (10**15 - 1, 10**15 - 1, 10**15 - 1),
        (10**15, None, None),
        ("-1e20", None, None),
        (True, None, None),
        ("", None, None),
        ("five", None, None),
        ("1e400", None, None),
        (float("nan"), None, None),
        ("9" * 41, None, None),
        (None, None, None),
        ([5], None, None),
    ],
)
def test_a_number_comes_as_itself_or_as_text(
    value: object, number: float | None, integer: int | None
) -> None:
    assert (as_number(value), as_integer(value)) == (number, integer)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (" a ", " a "), ("", None), (" \n", None), (7, "7"), (True, None), ({}, None)],
)
def test_a_text_is_kept_as_it_is_spelt(value: object, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "SUCCESS",
        {},
        {"code": "success", "data": None},
        {"code": "success", "data": []},
        {"code": "success", "data": {}},
        {"code": "success", "data": {"unknown": 1}},
        {"error": {"message": "no"}},
    ],
)
def test_an_answer_without_a_task_is_none(answer: JSON) -> None:
    assert Task.from_json(answer) is None


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"id": "cgt-1"}, "data.data"),
        (json.dumps({"id": "cgt-1"}), "data.data"),
        ([{"id": "cgt-1"}], "data.data[0]"),
        (
            {"code": "success", "data": {"task_id": "t", "data": {"id": "cgt-1"}}},
            "data.data.data.data",
        ),
        ({"code": 0, "data": json.dumps({"id": "cgt-1"})}, "data.data.data"),
    ],
)
def test_the_upstream_object_is_found_wherever_it_is(data: JSON, path: str) -> None:
    task = Task.from_json({"code": "success", "data": {"task_id": "t", "data": data}})
    assert task
    assert (task.upstream.id, task.envelope.upstream_path) == ("cgt-1", path)


@pytest.mark.parametrize("data", [None, [], [1, 2], "text", 7, "{broken", {}])
def test_a_task_without_an_upstream_object_has_an_empty_one(data: JSON) -> None:
    task = Task.from_json({"data": {"task_id": "t", "data": data}})
    assert task
    assert task.upstream.id is None


@pytest.mark.parametrize("data", [None, {}, [], "", "text"])
def test_a_gateway_behind_the_gateway_is_upstream_where_it_tells_of_no_other(data: JSON) -> None:
    behind: JSON = {"id": 61724, "task_id": "task_1", "status": "SUCCESS", "data": data}
    outer: JSON = {
        "task_id": "t",
        "status": "IN_PROGRESS",
        "data": {"code": "success", "data": behind},
    }
    task = Task.from_json({"code": "success", "data": outer})
    assert task
    assert (task.upstream.id, task.upstream.status) == ("task_1", "SUCCESS")
    assert task.envelope.upstream_path == "data.data.data"
    assert task.offers_links


def test_envelopes_without_an_end_are_no_upstream_object() -> None:
    data: dict[str, JSON] = {"id": "too deep"}
    for _ in range(5_000):
        data = {"code": "success", "data": data}
    task = Task.from_json({"data": {"task_id": "t", "data": data}})
    assert task
    assert task.upstream.id is None
    *_, (path, value) = task.envelope.leaves()
    assert (path.count("data"), value) == (32, "…")


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"data":', "}"), ("[[", "],1]")])
@pytest.mark.parametrize("depth", [65, 900, 100_000])
def test_an_answer_nested_without_an_end_is_no_answer(opened: str, closed: str, depth: int) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        parse((opened * depth + "1" + closed * depth).encode())
    assert parse((opened * 20 + "1" + closed * 20).encode())


def test_a_task_does_not_show_its_links() -> None:
    link = "https://store.example/v.mp4?X-Tos-Signature=SECRET"
    upstream: JSON = {"content": {"video_url": link, "last_frame_url": link}}
    data: dict[str, JSON] = {
        "task_id": "t",
        "status": "SUCCESS",
        "fail_reason": link,
        "data": upstream,
    }
    task = Task.from_json({"data": data | {"result_url": link, "original_result_url": link}})
    assert task
    assert len(list(links_of(task))) == 3
    for shown in (task, task.upstream, task.envelope, *links_of(task)):
        assert "SECRET" not in repr(shown)
