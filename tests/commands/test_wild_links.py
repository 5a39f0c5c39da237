"""Links as public reports have them, asked and saved over sockets."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import Demo, DemoTask, Stage, running_demo
from seedance_tui.demo.captured import play_captured
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Answer, Expired, Fields, Html, Redirect, Refusal
from seedance_tui.demo.foreign_links import SIGNS
from seedance_tui.demo.link_scenarios import LINK_SCENARIOS, one_hour_link
from seedance_tui.demo.objects import Blob

WILD = Path(__file__).parent.parent / "wild" / "links"
DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
TASK = DemoTask("asyntask_wildWILDwildWILDwildWILDwild01", "", DONE)
ID = TASK.id
VIDEO = Blob.of(clip("upscaled.mp4"))
Shell = Callable[..., Any]


@pytest.fixture
def demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """A gateway with one task that is done."""
    key = "sk-test-key-of-a-usual-length-0123456789"
    with running_demo(Demo(key=key, scenario=(TASK,))) as demo:
        monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
        yield demo


def played(demo: Demo, name: str) -> str:
    """Let the demo answer as a captured answer does; return the ID of its task."""
    return play_captured(demo, json.loads((WILD / f"{name}.json").read_text("utf-8")))


def saved(home: Path) -> set[str]:
    folder = home / "videos"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


@pytest.mark.parametrize(
    ("name", "suffixes"),
    [
        ("07_kling_two_videos", ("", "_2")),
        ("20_relative_link", ("",)),
        ("33_kkidc_outer_succeeded", ("",)),
        ("openai_list_of_strings", ("", "_2", "_3")),
        ("video_url_object", ("",)),
        ("prefixed_relative_link", ("",)),
    ],
)
def test_every_video_of_a_captured_answer_is_saved(
    demo: Demo, shell: Shell, home: Path, name: str, suffixes: tuple[str, ...]
) -> None:
    task_id = played(demo, name)
    result = shell("download", task_id)
    assert result.code == 0, result.err
    assert saved(home) == {f"{task_id}{suffix}.mp4" for suffix in suffixes}
    assert not demo.store.leaks


def test_a_task_that_is_done_without_a_video_offers_no_link(demo: Demo, shell: Shell) -> None:
    result = shell("download", played(demo, "13_veo_rai_filtered_success"))
    assert result.code == 6
    assert "there is no link" in result.err


SAVED = (
    "content route redirects",
    "link redirects twice",
    "signed link on the API's own host",
    "first link is nobody's",
    "guessed deadline, living link",
    "one hour links",
    "relative link",
)


@pytest.mark.parametrize("name", SAVED)
def test_a_scenario_ends_with_the_video_saved_and_the_key_kept(
    demo: Demo, shell: Shell, home: Path, name: str
) -> None:
    LINK_SCENARIOS[name](demo, ID)
    result = shell("download", ID)
    assert (result.code, result.err) == (0, "")
    assert (home / "videos" / f"{ID}.mp4").read_bytes().startswith(VIDEO.pattern[:32])
    assert not demo.store.leaks


def test_the_content_route_is_asked_with_the_key_and_then_as_it_is_written(
    demo: Demo, shell: Shell
) -> None:
    LINK_SCENARIOS["first link is nobody's"](demo, ID)
    shell("download", ID)
    routes = [r for r in demo.gateway.requests if r.path.endswith("/content")]
    assert routes
    assert all("authorization" in request.headers for request in routes)
    assert [request.segments[-1] for request in demo.store.requests][-1].endswith(".mp4")


def test_a_loop_ends_after_five_hops_as_refused_and_not_as_expired(
    demo: Demo, shell: Shell
) -> None:
    LINK_SCENARIOS["link redirects for ever"](demo, ID)
    result = shell("download", ID)
    assert result.code == 6
    assert "refuses the link" in result.err
    assert "expired" not in result.err
    assert len(demo.store.requests) == 6


def test_a_guess_that_has_passed_is_said_to_be_one_and_never_expired(
    demo: Demo, shell: Shell
) -> None:
    LINK_SCENARIOS["guessed deadline, living link"](demo, ID)
    shell("add", ID)
    listed = shell("list", "--format", "table").out
    assert "~over" in listed
    assert "expired" not in listed
    result = shell("download")
    assert result.code == 0, "it is tried, though nobody named it"
    assert "expired" not in result.err


@pytest.mark.parametrize("store", SIGNS)
def test_each_stores_link_of_an_hour_is_read_by_its_signature(
    demo: Demo, shell: Shell, store: str
) -> None:
    one_hour_link(demo, ID, store)
    shell("add", ID)
    assert "59m" in shell("list", "--format", "table").out
    assert "~" not in shell("list", "--format", "table").out
    assert shell("download", ID).code == 0
    assert not demo.store.leaks


def test_four_xml_errors_are_four_sentences_and_only_one_is_expired(
    demo: Demo, shell: Shell
) -> None:
    LINK_SCENARIOS["XML errors of stores"](demo, ID)
    ends = [shell("download", ID) for _ in range(4)]
    assert [end.code for end in ends] == [1, 3, 9, 6]
    said = [end.err.partition(": ")[2].partition(": ")[2].partition(" (")[0] for end in ends]
    assert said == [
        "the storage server says that a clock is wrong",
        "the storage account is in arrears or closed",
        "the link has expired",
        "the storage server has no such file",
    ]
    assert shell("download", ID).code == 0, "all of it was the store's word of the moment"


BUSY, CLOSED, CLOCK, REFUSED, GONE, EXPIRED = 7, 3, 1, 6, 6, 9


@pytest.mark.parametrize("is_xml", [True, False], ids=["xml", "json"])
@pytest.mark.parametrize(
    ("status", "code", "message", "exit_status", "words"),
    [
        (403, "AccessDenied", "Request has expired", EXPIRED, "link has expired"),
        (403, "ExpiredToken", "The provided token has expired.", EXPIRED, "link has expired"),
        (
            403,
            "AuthenticationFailed",
            "Signature not valid in the specified time frame",
            EXPIRED,
            "link has expired",
        ),
        (410, "Gone", "", EXPIRED, "link has expired"),
        (403, "SignatureDoesNotMatch", "It does not match.", REFUSED, "refuses the link"),
        (403, "AccessDenied", "", REFUSED, "refuses the link"),
        (400, "InvalidArgument", "Only one auth mechanism", REFUSED, "refuses the link"),
        (404, "BlobNotFound", "", GONE, "has no such file"),
        (403, "NoSuchBucket", "", GONE, "has no such file"),
        (401, "ExpiredToken", "expired token", REFUSED, "refuses the link"),
        (400, "ExpiredToken", "The provided token has expired.", REFUSED, "refuses the link"),
        (401, "Unauthorized", "链接已过期", REFUSED, "refuses the link"),
        (403, "RequestTimeTooSkewed", "", CLOCK, "clock is wrong"),
        (403, "AccessDenied", "Request is not yet valid", CLOCK, "clock is wrong"),
        (403, "UserDisable", "UserDisable", CLOSED, "in arrears or closed"),
        (403, "AccountProblem", "", CLOSED, "in arrears or closed"),
        (503, "SlowDown", "Please reduce your request rate.", BUSY, "server is busy"),
        (400, "QpsLimitExceeded", "", BUSY, "server is busy"),
        (503, "InternalError", "", BUSY, "has a fault"),
    ],
)
def test_what_a_store_says_is_understood(
    demo: Demo,
    shell: Shell,
    is_xml: bool,
    status: int,
    code: str,
    message: str,
    exit_status: int,
    words: str,
) -> None:
    refusal = Refusal(status, code, message, is_xml)
    demo.store.faults.push(TASK.video_key, refusal, times=None)
    result = shell("download", ID)
    assert result.code == exit_status, result.err
    assert words in result.err
    assert (message or code) in result.err, "the store's own words"
    assert "gateway" not in result.err.replace("tell the gateway's support", "")


def test_a_refused_link_whose_signature_is_over_has_expired(demo: Demo, shell: Shell) -> None:
    link = demo.store.link(TASK.video_key, time.time() - 7200, 3600)
    demo.gateway.faults.push(ID, Fields({"result_url": link, "data": {}}), times=None)
    demo.store.faults.push(TASK.video_key, Refusal(403, "AccessDenied"), times=None)
    assert shell("download", ID).code == 9
    demo.store.faults.push(TASK.video_key, Refusal(401, "ExpiredToken"), times=None)
    assert shell("download", ID).code == 9, "by its own moment"


def test_a_protection_page_is_no_word_of_the_store(demo: Demo, shell: Shell) -> None:
    demo.store.faults.push(TASK.video_key, Html(403), times=None)
    result = shell("download", ID)
    assert result.code == 6
    assert "not a video" in result.err
    assert "expired" not in result.err


@pytest.mark.parametrize(
    ("status", "words"), [(401, "the API key is rejected"), (403, "access denied")]
)
def test_a_key_that_the_content_route_refuses_loses_no_video(
    demo: Demo, shell: Shell, status: int, words: str
) -> None:
    LINK_SCENARIOS["relative link"](demo, ID)
    refusal = Refusal(status, "", "no", is_xml=False)
    demo.gateway.faults.push(f"{ID}/content", refusal, times=None)
    result = shell("download", ID)
    assert result.code == 3
    assert words in result.err


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"message": "Task is not completed yet, current status: x"}'),
        (400, b'{"error": "Task is not completed yet"}'),
        (400, b'{"detail": [{"msg": "video generation pending"}]}'),
        (400, '{"error": {"message": "任务进行中，请稍后再试"}}'.encode()),
        (404, b'{"error": {"message": "video is still being processed"}}'),
        (404, b"Please wait, rendering video"),
        (409, b'{"msg": "not ready"}'),
        (202, b'{"status": "processing"}'),
        (204, b""),
        (200, b'{"status": "processing"}'),
        (200, b'{"code": "success", "message": "ok", "data": {"status": "IN_PROGRESS"}}'),
        (200, b'\xef\xbb\xbf {"task_status": "queued", "progress": "30%"}'),
        (200, '{"code": 0, "msg": "视频生成中，请稍候"}'.encode()),
        (200, b'[{"message": "video is not ready"}]'),
        (404, b'{"error": {"message": "no file"}, "data": {"state": "running"}}'),
        (422, b'{"status": "rendering", "message": "no file"}'),
    ],
)
def test_an_unfinished_video_of_the_content_route_has_not_expired(
    demo: Demo, shell: Shell, status: int, body: bytes
) -> None:
    LINK_SCENARIOS["relative link"](demo, ID)
    unfinished = Answer(status, {"Content-Type": "application/json"}, body)
    demo.gateway.faults.push(f"{ID}/content", unfinished, times=None)
    result = shell("download", ID)
    assert result.code == 8
    assert "expired" not in result.err


@pytest.mark.parametrize(
    ("status", "body", "exit_status", "words"),
    [
        (404, b'{"error": {"message": "task not found"}}', GONE, "the gateway has no such video"),
        (404, b'{"detail": "Video not found"}', GONE, "the gateway has no such video"),
        (404, b"", GONE, "the gateway has no such video"),
        (400, b'{"code": "task_not_exist"}', GONE, "the gateway has no such video"),
        (400, '{"message": "视频不存在"}'.encode(), GONE, "the gateway has no such video"),
        (200, b'{"error": {"message": "video not found"}}', GONE, "the gateway has no such video"),
        (404, b"<Error><Code>NoSuchKey</Code></Error>", GONE, "the gateway has no such video"),
        (400, b'{"message": "bad request"}', REFUSED, "the gateway refuses to hand the video out"),
        (410, b'{"message": "deleted"}', EXPIRED, "the gateway no longer hands the video out"),
        (200, b'{"error": {"message": "upstream is upset"}}', 7, "upstream is upset"),
        (200, b'{"code": "fail", "message": "no", "data": null}', 7, "from the gateway"),
        (200, b"<Error><Code>InternalError</Code></Error>", 7, "InternalError"),
        (200, b"<html>log in", 6, "not a video"),
        (200, b'{"id": "x"}', 6, "not a video"),
        (400, b'{"code": "SlowDown"}', 7, "rate-limited by the gateway"),
    ],
)
def test_what_the_content_route_says_is_the_gateways(
    demo: Demo, shell: Shell, status: int, body: bytes, exit_status: int, words: str
) -> None:
    LINK_SCENARIOS["relative link"](demo, ID)
    demo.gateway.faults.push(f"{ID}/content", Answer(status, {}, body), times=None)
    result = shell("download", ID)
    assert result.code == exit_status, result.err
    assert words in result.err
    assert "storage" not in result.err


def test_a_video_that_is_ready_a_little_later_is_saved(
    demo: Demo, shell: Shell, home: Path
) -> None:
    LINK_SCENARIOS["relative link"](demo, ID)
    demo.gateway.faults.push(f"{ID}/content", Answer(200, {}, b'{"status": "processing"}'), times=2)
    assert shell("download", ID).code == 0
    assert saved(home) == {f"{ID}.mp4"}


def test_a_link_with_a_space_in_it_is_saved(demo: Demo, shell: Shell, home: Path) -> None:
    link = f"{demo.store.url}/my%20video.mp4?X-Tos-Signature=x"
    demo.store.faults.push("my%20video.mp4", Redirect(demo.store.link(TASK.video_key, time.time())))
    written = {"result_url": link.replace("%20", " "), "data": {}}
    demo.gateway.faults.push(ID, Fields(written), times=None)
    assert shell("download", ID).code == 0
    assert saved(home) == {f"{ID}.mp4"}
    assert shell("link", ID).out.strip() == link


def test_the_next_candidate_is_taken_where_the_first_is_gone(
    demo: Demo, shell: Shell, home: Path
) -> None:
    first = f"{demo.store.url}/gone.mp4?X-Tos-Signature=x"
    upstream = {"content": {"video_url": demo.store.link(TASK.video_key, time.time())}}
    demo.gateway.faults.push(ID, Fields({"result_url": first, "data": upstream}), times=None)
    for refusal in (Refusal(404, "NoSuchKey"), Expired(), Redirect("http://[")):
        demo.store.faults.push("gone.mp4", refusal)
        assert shell("download", ID).code == 0
        (home / "videos" / f"{ID}.mp4").unlink()
