"""What is a web address, how it is shown, and what a path of the gateway is."""

from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind, Link
from seedance_tui.api.web_addresses import (
    addresses,
    content_task,
    file_name,
    is_inner,
    origin,
    redacted,
    task_url,
    web_link,
    written_link,
)


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
def test_anything_else_is_no_web_link(text: str) -> None:
    assert web_link(text) is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (" https://s/a b.mp4\n", "https://s/a%20b.mp4"),
        ("https://s/a b.mp4?sig=x y", "https://s/a%20b.mp4?sig=x%20y"),
        ("https://s/a%20b c.mp4", "https://s/a%20b%20c.mp4"),
        (
            "https://s/v.mp4?name=my video, take 3.mp4",
            "https://s/v.mp4?name=my%20video,%20take%203.mp4",
        ),
        ("https://s/{a}|b.mp4", "https://s/{a}|b.mp4"),
        ("https://s/茶 1.mp4", "https://s/茶%201.mp4"),
        ('"https://s/a"', "https://s/a"),
        ("\ufeffhttps://s/a\u200b", "https://s/a"),
        ("<https://s/a b>", "https://s/a%20b"),
        ("https://s see there", None),
        ("https://s/a or https://s/b", None),
        ("https://s/a\tb", None),
        ("see https://s/a b", None),
        ("file:///a b", None),
    ],
)
def test_the_name_of_a_file_may_be_written_as_it_is(text: str, link: str | None) -> None:
    assert written_link(text) == link


@given(st.text('ab /?#:%&=茶{}"<>\\\t\u200b').map(lambda rest: f"https://s/{rest}"))
def test_whatever_is_written_a_link_is_a_web_link_or_none(text: str) -> None:
    link = written_link(text)
    assert link is None or web_link(link) == link
    assert link is None or written_link(link) == link


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


def test_the_name_of_a_file_is_the_end_of_its_link() -> None:
    assert file_name("https://s/a/%E8%A7%86%E9%A2%91.mp4?b=/c") == "视频.mp4"


PASSES_FOR_LOOPBACK = "http://[::1]@x[HOST].evil.test/"


@pytest.mark.parametrize(
    "url",
    [
        PASSES_FOR_LOOPBACK,
        "http://[::1]@evil.test/",
        "http://a[::1]/",
        "http://[::1]x/",
        "http://a@b@c.test/",
    ],
)
def test_what_readers_understand_in_two_ways_is_no_web_link(url: str) -> None:
    assert web_link(url) is None


NAMES = st.sampled_from(["[::1]", "evil.test", "a", "[HOST]", ":80", "@", "user:pass@", "x[", "]"])


@given(st.lists(NAMES, min_size=1, max_size=4).map("".join))
@example("[::1]@x[HOST].evil.test")
def test_a_web_link_leads_where_httpx_connects(authority: str) -> None:
    link = web_link(f"http://{authority}/v.mp4")
    if link is None:
        return
    assert httpx.URL(link).host.lower() == origin(link)[1]


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1"),
        *("10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("::1", "[::1]", "fe80::1%25eth0", "fd00::1", "::ffff:10.0.0.1", "::"),
    ],
)
def test_an_inner_host_is_told_by_what_is_written(host: str) -> None:
    assert is_inner(host)


@pytest.mark.parametrize(
    "host", ["example.com", "8.8.8.8", "203.0.113.7", "2001:db8::1", "172.32.0.1", "localhost.com"]
)
def test_every_other_host_is_not(host: str) -> None:
    assert not is_inner(host)


BASE = "https://gw.example/api"
ROUTE = f"{BASE}/v1/videos/task_x/content"


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        ("https://s/v.mp4", ("https://s/v.mp4",)),
        (ROUTE, (ROUTE,)),
        ("/v1/videos/task_x/content", (ROUTE,)),
        ("/api/v1/videos/task_x/content/", (ROUTE,)),
        (
            "http://localhost:3000/v1/videos/task_x/content?a=b",
            (f"{ROUTE}?a=b", "http://localhost:3000/v1/videos/task_x/content?a=b"),
        ),
        ("/v1/videos/task_x/content?variant=video", (f"{ROUTE}?variant=video",)),
        (
            "https://h.example/v1/videos/task_x/content?index=1",
            (f"{ROUTE}?index=1", "https://h.example/v1/videos/task_x/content?index=1"),
        ),
        ("https://gw.example/v1/videos/task_y/content", None),
        ("https://gw.example/v1/videos/task_x/content/more", None),
    ],
)
def test_the_content_route_is_asked_at_the_base_url(
    link: str, asked: tuple[str, ...] | None
) -> None:
    assert addresses(link, {"task_x"}, BASE) == (asked or (link,))


@pytest.mark.parametrize(
    ("text", "task_id"),
    [
        ("/v1/videos/a%20b/content", "a b"),
        ("//evil.test/v1/videos/a/content", None),
        ("v1/videos/a/content", None),
        ("/v1/videos//content", None),
        ("file:///v1/videos/a/content", None),
        ("/v1/videos/a/content?x", "a"),
        ("https://h/v1/videos/a/content?x", "a"),
        ("text", None),
    ],
)
def test_a_content_route_tells_its_task(text: str, task_id: str | None) -> None:
    assert content_task(text) == task_id
