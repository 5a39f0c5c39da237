"""Which link a task offers, whose it is, and when it dies."""

from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import (
    Kind,
    Link,
    deadline,
    extension,
    file_name,
    link_of,
    links_of,
    redacted,
    same_origin,
    task_url,
    web_link,
)
from seedance_tui.api.models import Task

FINISHED = 1784600296
HOUR = 3600


def task(status: str = "SUCCESS", upstream: JSON = None, **data: Any) -> Task:
    answer: JSON = {
        "task_id": "t",
        "status": status,
        "finish_time": FINISHED,
        "data": upstream,
        **data,
    }
    made = Task.from_json({"code": "success", "data": answer})
    assert made
    return made


def url_of(made: Task, kind: Kind = Kind.RESULT) -> str | None:
    link = link_of(made, kind)
    return link.url if link else None


NESTED: dict[str, Any] = {
    "content": {"video_url": "https://s/nested", "last_frame_url": "https://s/frame.png"}
}


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"result_url": "https://s/a", "fail_reason": "https://s/c"}, "https://s/a"),
        ({"result_url": "", "fail_reason": "https://s/c"}, "https://s/nested"),
        ({"result_url": "file:///etc/passwd"}, "https://s/nested"),
        ({"fail_reason": "https://s/c", "data": {}}, "https://s/c"),
        ({"fail_reason": "task failed", "data": {}}, None),
    ],
)
def test_the_result_is_the_first_web_link_of_three(fields: dict[str, Any], url: str | None) -> None:
    assert url_of(task(upstream=NESTED, **({"data": NESTED} | fields))) == url


@pytest.mark.parametrize("status", ["FAILURE", "IN_PROGRESS", "CANCELLED", "new", ""])
def test_only_a_task_that_is_done_offers_links(status: str) -> None:
    fields = {"result_url": "https://s/a", "original_result_url": "https://s/b"}
    assert not list(links_of(task(status, NESTED, **fields)))


def test_every_kind_of_link_is_offered_the_result_first() -> None:
    made = task(upstream=NESTED, result_url="https://s/a", original_result_url="https://s/b")
    assert [(link.kind, link.url) for link in links_of(made)] == [
        (Kind.RESULT, "https://s/a"),
        (Kind.ORIGINAL, "https://s/b"),
        (Kind.LAST_FRAME, "https://s/frame.png"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://s/a",
        "HTTPS://S/a",
        "http://127.0.0.1:80/x?y=z#f",
        "http://[::1]:8/",
        " https://s/a \n",
    ],
)
def test_a_web_link_is_taken_without_its_padding(text: str) -> None:
    assert web_link(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "text",
        "/v1/videos/x/content",
        "//s/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:video/mp4;base64,AAAA",
        "ftp://s/a",
        "https://",
        "https:///a",
        "https://s/a b",
        "https://s/a\nb",
        "https://s/a\x00",
        "https://s/a\x1b[31m",
        "https://s/a\x9b",
        "https://s:port/",
        "https://s:99999/",
        "https://[::1/",
        "https://s/\ud800",
        "https://s/" + "a" * 10_000,
    ],
)
def test_anything_else_is_no_web_link(text: str | None) -> None:
    assert web_link(text) is None


@pytest.mark.parametrize(
    ("query", "dies"),
    [
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400", 1784600000 + 24 * HOUR),
        ("X-Tos-Expires=3600&X-Tos-Date=20260721T021320Z", 1784600000 + HOUR),
        ("X-Amz-Date=20260721T021320Z&X-Amz-Expires=604800", 1784600000 + 7 * 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=0", 1784600000),
        ("OSSAccessKeyId=x&Expires=1784700000&Signature=y", 1784700000),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=3600&Expires=1784700000", 1784600000 + HOUR),
        ("", FINISHED + 24 * HOUR),
        ("Expires=3600", FINISHED + 24 * HOUR),
        ("Expires=never", FINISHED + 24 * HOUR),
        ("X-Tos-Date=yesterday&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z", FINISHED + 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=-1", FINISHED + 24 * HOUR),
        ("X-Tos-Date=99991231T235959Z&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
        ("X-Tos-Date=00010101T000000Z&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
    ],
)
def test_a_link_dies_when_its_signature_says_or_a_day_after_the_task(query: str, dies: int) -> None:
    assert deadline(f"https://s/v.mp4?{query}", FINISHED) == dies


@pytest.mark.parametrize("url", ["https://s/v.mp4", "https://[::1/?Expires=x"])
def test_without_a_signature_and_a_finish_nobody_knows_when_a_link_dies(url: str) -> None:
    assert deadline(url, None) is None


def test_time_left_is_negative_when_a_link_is_dead() -> None:
    assert Link(Kind.RESULT, "https://s/", 100.0).left(160.0) == -60.0
    assert Link(Kind.RESULT, "https://s/", None).left(160.0) is None


BASE = "https://www.anyfast.com.cn"


@pytest.mark.parametrize(
    "url",
    [
        f"{BASE}/v1/videos/x/content",
        "https://www.anyfast.com.cn:443/x",
        "HTTPS://WWW.ANYFAST.COM.CN/x",
        "https://evil.example@www.anyfast.com.cn/x",
    ],
)
def test_the_same_scheme_host_and_port_are_the_same_origin(url: str) -> None:
    assert same_origin(url, BASE)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.anyfast.com.cn/x",
        "https://www.anyfast.com.cn:8443/x",
        "https://anyfast.com.cn/x",
        "https://www.anyfast.com.cn.evil.example/x",
        "https://www.anyfast.com.cn@evil.example/x",
        "https://www.anyfast.com.cn\\@evil.example/x",
        "https://evil.example/https://www.anyfast.com.cn/",
        "https://evil.example#@www.anyfast.com.cn/",
        "https://evil.example?@www.anyfast.com.cn/",
    ],
)
def test_anything_else_is_another_origin(url: str) -> None:
    assert not same_origin(url, BASE)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://s/v.mp4?X-Tos-Signature=SECRET&a=1", "https://s/v.mp4?…"),
        ("https://s/v.mp4", "https://s/v.mp4"),
        ("https://user:SECRET@s:8/v.mp4?SECRET", "https://s:8/v.mp4?…"),
        ("https://s/v.mp4#SECRET", "https://s/v.mp4"),
        ("https://[SECRET", "…"),
    ],
)
def test_a_link_is_shown_without_its_secret(url: str, shown: str) -> None:
    assert redacted(url) == shown
    assert "SECRET" not in repr(Link(Kind.RESULT, url, None))


@pytest.mark.parametrize(
    ("task_id", "segment"),
    [
        ("asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E", "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"),
        ("cgt-20260721101320-p7icc", "cgt-20260721101320-p7icc"),
        ("../x", "..%2Fx"),
        ("a/b", "a%2Fb"),
        ("%2F", "%252F"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("任务", "%E4%BB%BB%E5%8A%A1"),
        ("a?b#c", "a%3Fb%23c"),
        ("a b\n", "a%20b%0A"),
        ("\ud800", "%ED%A0%80"),
        ("", ""),
    ],
)
def test_an_id_is_one_segment_of_the_path_whatever_is_in_it(task_id: str, segment: str) -> None:
    url = task_url("https://gw.example/api/", task_id)
    assert url == f"https://gw.example/api/v1/video/generations/{segment}"
    sent = httpx.URL(url).raw_path.decode()
    assert sent == f"/api/v1/video/generations/{segment}"
    assert unquote(sent, errors="surrogatepass").endswith(f"/{task_id}")


@pytest.mark.parametrize(
    ("url", "video", "picture"),
    [
        ("https://s/a/v.mp4?x=y.mov", ".mp4", None),
        ("https://s/v.MOV?x", ".mov", None),
        ("https://s/frame.jpeg", None, ".jpeg"),
        ("https://s/frame.PNG?x", None, ".png"),
        ("https://gw/v1/videos/task_x/content", None, None),
        ("https://s/v.exe", None, None),
        ("https://s/", None, None),
        ("https://[", None, None),
    ],
)
def test_a_file_is_named_as_its_link_says_or_not_at_all(
    url: str, video: str | None, picture: str | None
) -> None:
    assert (extension(url), extension(url, Kind.LAST_FRAME)) == (video, picture)


def test_the_name_of_a_file_is_the_end_of_its_link() -> None:
    assert file_name("https://s/a/%E8%A7%86%E9%A2%91.mp4?b=/c") == "视频.mp4"
