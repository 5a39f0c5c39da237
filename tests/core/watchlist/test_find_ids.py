"""IDs are found in whatever is pasted, and nothing else is taken for one."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.core.watchlist.find_ids import find_ids

A = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"
B = "asyntask_7a4PTDjyNKbEVJB5Usk1YmCQeQlxsp1f"
T = "task_c4qdz4HFFZWdO7ntiudKuEAvj92zW0qv"
CGT = "cgt-20260721101320-lpyg9"
UUID = "0b7d1f3e-8a52-4c1e-9f60-2d5f7e1a9c34"
PAYLOADS = Path(__file__).parents[2] / "payloads"
ANSWER = {
    "code": "success",
    "message": "",
    "data": {
        "task_id": A,
        "status": "SUCCESS",
        "request_id": "20260427111505260254000NBdvZFoP",
        "result_url": f"https://www.anyfast.com.cn/v1/videos/{T}/content",
        "data": {"id": CGT, "task_id": B, "status": "succeeded"},
    },
}
COMPACT = json.dumps(ANSWER)


@pytest.mark.parametrize("one", [A, T, CGT, UUID, "abcd1234efgh", "video_68a1", "202611220001"])
@pytest.mark.parametrize("around", ["{}", "  {}\n", '"{}"', "`{}`", "'{}',", "({})", "{}。"])
def test_an_id_typed_alone_is_found_in_any_form(one: str, around: str) -> None:
    assert find_ids(around.format(one)).ids == (one,)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (f"{A} {B}", (A, B)),
        (f"{A},{B};{T}", (A, B, T)),
        (f"{A}\r\n{B}\r\n", (A, B)),
        (f"任务{A}完成,{B}失败。", (A, B)),
        (f"{CGT}\n{CGT[:-1]}x", (CGT, CGT[:-1] + "x")),
        (f"{UUID}|{UUID.upper()}", (UUID, UUID.upper())),
        ("job-000001 job-000002, job-000003", ("job-000001", "job-000002", "job-000003")),
        (json.dumps([A, B]), (A, B)),
        (json.dumps(["job-000001", "job-000002"]), ("job-000001", "job-000002")),
        (f"2026-11-22T08:09:10Z INFO submitted task={A} model=doubao-seedance-2-0-260128", (A,)),
        (f"waiting for {A}... still waiting for {B}…", (A, B)),
        (f"\x1b[32m{A}\x1b[0m \x1b[1;31m{B}\x1b[m", (A, B)),
        (f'"text": "first\\n{A}\\t{B}"', (A, B)),
        (f"GET https://www.anyfast.com.cn/v1/video/generations/{A}?x=1 HTTP/1.1", (A,)),
        (f"(see https://gate.example/base/v1/videos/{A}/content).", (A,)),
        (f"[link](https://x.example/v1/video/generations/{A}), and", (A,)),
        ("https://x.example/v1/video/generations/vid%2F12", ("vid/12",)),
        ("https://x.example/v1/videos/abc123.", ("abc123",)),
        (f"curl -H 'Authorization: Bearer $KEY' '/v1/video/generations/{UUID}'", (UUID,)),
        (f"task_id,status,created\n{A},SUCCESS,2026-11-22\n{B},FAILURE,2026-11-22\n", (A, B)),
        (f"id,seconds\n{UUID},5\n", (UUID,)),
        (f"| Task | Status |\n|---|---|\n| `{A}` | **done** |\n| {B} | |\n", (A, B)),
        (f"{A}.mp4\n{A}_original.mp4\n{B}_last_frame.png\n{T}_original.mp4", (A, B, T)),
        ('{"task_id": "job 12", "other": "x"}', ()),
        ('{"task_id":"any-form_1","id":"cgt-20260721101320-lpyg9"}', ("any-form_1",)),
    ],
)
def test_ids_are_found_where_people_keep_them(text: str, ids: tuple[str, ...]) -> None:
    assert find_ids(text).ids == ids
    assert find_ids(text).odd == () or not ids


@pytest.mark.parametrize(
    "text",
    [
        COMPACT,
        "\ufeff" + COMPACT,
        json.dumps(ANSWER, indent=2),
        json.dumps([ANSWER, ANSWER]),
        f"{COMPACT}\n{COMPACT}\n",
    ],
)
def test_a_whole_answer_gives_the_id_of_its_task_alone(text: str) -> None:
    assert find_ids(text).ids == (A,)


@pytest.mark.parametrize("quote", ['\\"', '\\\\\\"'])
def test_an_answer_escaped_inside_a_log_gives_the_id_of_its_task_alone(quote: str) -> None:
    answer = json.dumps({"data": {"task_id": "any-form_1", "data": {"id": CGT}}})
    assert find_ids("body: " + answer.replace('"', quote)).ids == ("any-form_1",)


def test_the_captured_answers_give_their_own_ids() -> None:
    checked = 0
    for path in PAYLOADS.glob("200_*.json"):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))["data"]
            wanted = (data["task_id"],)
        except (KeyError, TypeError):
            continue
        assert find_ids(path.read_text(encoding="utf-8")).ids == wanted, path.name
        checked += 1
    assert checked > 20 or not PAYLOADS.exists()


def test_ids_come_once_and_in_the_order_of_the_text() -> None:
    text = f"/v1/videos/zz9/content {B} {A} {B} /v1/videos/aa1/content {A}"
    assert find_ids(text).ids == ("zz9", B, A, "aa1")


@pytest.mark.parametrize(
    "short",
    [
        "asyntask_h81e…fNxE2E",
        "asyntask_h81e...fNxE2E",
        '{"task_id": "asyntask_h81e…fNxE2E"}',
        "https://x.example/v1/video/generations/asyntask_h81e…fNxE2E",
        "https://x.example/v1/videos/asyntask_h81e...",
    ],
)
def test_a_shortened_id_is_odd(short: str) -> None:
    found = find_ids(short)
    assert found.ids == ()
    assert found.odd
    assert find_ids(f"{short} {A}").ids == (A,)


@pytest.mark.parametrize(
    "broken",
    [
        "{a}\n{b}",
        "{a}\r\n    {b}",
        "see {a}   \n\t{b} there",
        "> {a}\n> {b}\n> and more",
        "│ {a} │\n│ {b} │",
        "{a}\n{c}\n{d}\n" + B,
        "asyntask_\n{a9}\n{b}",
    ],
)
def test_an_id_broken_by_wrapped_lines_is_joined(broken: str) -> None:
    parts = {"a": A[:33], "b": A[33:], "c": A[33:36], "d": A[36:], "a9": A[9:33]}
    found = find_ids(broken.format(**parts))
    assert (found.ids[0], found.odd) == (A, ())
    assert set(found.ids) <= {A, B}


@pytest.mark.parametrize("rest", ["XSfNx", "XSfNxE2E1", "XSfN\nxE\n"])
def test_a_broken_id_that_cannot_be_joined_is_odd(rest: str) -> None:
    found = find_ids(f"{A[:33]}\n   {rest}\n{B}")
    assert (found.ids, len(found.odd)) == ((B,), 1)


@pytest.mark.parametrize("after", ["", "\n", f"\n{B}", "\nfruit tea", "\n\nfruit", "\n- what-else"])
@pytest.mark.parametrize("short", ["asyntask_done1", "asyntask_h81efT0qwtLnzyt6VENm"])
def test_a_short_id_that_nothing_goes_on_with_is_an_id(short: str, after: str) -> None:
    assert find_ids(short + after).ids[0] == short


@pytest.mark.parametrize(
    "prose",
    [
        "",
        " \n\t ",
        "Please look at the videos when you are back.",
        "Version 3.11.2 came on 2026-11-22 at 08:09:10, 50% done",
        "released 2026-11-22 08:09:10",
        "2026-11-22T08:09:10Z",
        "视频好了吗?等了 30 分钟",
        "GET /v1/video/generations/{id} asks for the task, or /v1/videos/:id/content",
        'data: {"task_id": "string", "status": "string"}',
        "https://www.anyfast.com.cn/console",
        '{"code":"success","data":null}',
        '{"error":{"code":"","message":"无效的令牌 (request id: 20260721021320)","type":"e"}}',
    ],
)
def test_prose_holds_no_ids(prose: str) -> None:
    assert find_ids(prose).ids == ()


def test_what_is_no_id_in_a_list_of_ids_is_odd() -> None:
    found = find_ids("job-000001 job-000002 what?")
    assert found.ids == ("job-000001", "job-000002")
    assert found.odd == ("what?",)


@pytest.mark.parametrize("form", ["asyntask_{:032d}", "job-{:06d}", '{{"task_id":"x{:06d}"}}'])
def test_ten_thousand_ids_are_found_at_once(form: str) -> None:
    text = "\n".join(form.format(n) for n in range(10_000))
    began = time.process_time()
    assert len(find_ids(text).ids) == 10_000
    assert time.process_time() - began < 1


BOMBS = {
    "brackets": "[" * 100_000,
    "braces": '{"task_id":' * 20_000,
    "backslashes": "\\" * 200_000,
    "prefixes": "asyntask_" * 30_000,
    "dashes": "task_" + "-" * 500_000,
    "spaces": '"task_id"' + " " * 200_000,
    "colours": "\x1b[" + "1;" * 100_000,
    "digits": "1" * 300_000,
    "margins": "asyntask_a" + " >|" * 100_000,
    "pieces": "asyntask_a" + "\na" * 100_000,
    "short lines": "asyntask_a \n" * 50_000,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_no_text_keeps_it_busy(bomb: str) -> None:
    began = time.process_time()
    find_ids(bomb)
    assert time.process_time() - began < 1


PIECES = st.sampled_from(
    (
        *("/v1/videos/", "%00", "%0a", "%20", "task_", "…", "...", "a1", "茶", "{", "}", ":"),
        *(A, CGT, '"task_id":"', '"', "\\", " ", "\n", "\x00", "\x85", "\u200b", "\ud800"),
    )
)


@given(st.text() | st.lists(PIECES).map("".join))
@example("/v1/videos/a1%0ab/content")
@example('"task_id":"a1\x00b"')
@example('{"task_id": "a1\\u0000b c"}')
@example("/v1/videos/a1%C2%9B31m")
def test_nothing_raises_and_no_id_holds_space_or_control(text: str) -> None:
    for task_id in find_ids(text).ids:
        assert task_id
        assert task_id.isprintable()
        assert not any(c.isspace() for c in task_id)
