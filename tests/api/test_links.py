"""Which links a task offers, in which order they are tried, and when they expire."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import (
    RESULTS,
    Ground,
    Kind,
    Link,
    extension,
    link_of,
    links_of,
)
from seedance_tui.api.models import Task
from seedance_tui.api.unsigned import unsigned_text, usable
from seedance_tui.api.web_addresses import web_link

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


def test_without_a_signature_and_a_finish_nobody_knows_when_a_link_dies() -> None:
    link = link_of(task(result_url="https://s/v.mp4", finish_time=0), Kind.RESULT)
    assert link
    assert link.deadline is None


def test_time_left_is_negative_when_a_link_is_dead() -> None:
    assert Link(Kind.RESULT, "https://s/", 100.0).left(160.0) == -60.0
    assert Link(Kind.RESULT, "https://s/", None).left(160.0) is None


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


def result_urls(upstream: Any, **data: Any) -> list[list[str]]:
    """The candidates of each video of a task, in order."""
    made = task(upstream=upstream, **data)
    links = [link for link in links_of(made) if link.kind in RESULTS]
    assert [link.kind for link in links] == list(RESULTS[: len(links)])
    return [[one.url for one in link.candidates] for link in links]


def urls(*names: str) -> list[str]:
    return [f"https://s/{name}" for name in names]


@pytest.mark.parametrize(
    ("upstream", "data", "videos"),
    [
        ({"url": "https://s/u"}, {}, [["u"]]),
        ({"video_url": {"url": "https://s/u"}}, {}, [["u"]]),
        ({"video_url": [{"url": "https://s/a"}, "https://s/b"]}, {}, [["a"], ["b"]]),
        ({"content": {"result_url": "https://s/u"}}, {}, [["u"]]),
        ({"output": {"urls": ["https://s/a", "https://s/b"]}}, {}, [["a"], ["b"]]),
        ({"output": {"urls": ["text", "https://s/b"]}}, {"result_url": "https://s/a"}, None),
        (
            {"task_result": {"videos": [{"url": "https://s/a"}, {"url": "https://s/b"}]}},
            {"result_url": "https://s/c"},
            [["c", "a"], ["b"]],
        ),
        (
            {"task_result": {"videos": [{"url": "https://s/a"}, {"url": "https://s/b"}]}},
            {"result_url": "https://s/b"},
            [["a"], ["b"]],
        ),
        ({"output": {"urls": ["https://s/a", "https://s/a"]}}, {}, [["a"]]),
        (
            {"content": {"video_url": "https://s/n"}, "url": "https://s/u"},
            {"result_url": "https://s/r", "fail_reason": "https://s/f"},
            [["r", "n", "u", "f"]],
        ),
        ({"url": ["https://s/a", 5, None, {}]}, {}, [["a"]]),
        ({"url": {"href": "https://s/a"}, "output": "x", "task_result": []}, {}, []),
    ],
)
def test_candidates_stand_in_strings_objects_and_lists(
    upstream: dict[str, object], data: dict[str, object], videos: list[list[str]] | None
) -> None:
    expected = [["a"], ["b"]] if videos is None else videos
    assert result_urls(upstream, **data) == [urls(*names) for names in expected]


@pytest.mark.parametrize(("made", "offered"), [(11, 11), (30, 30), (100, 64)])
def test_of_many_videos_every_one_is_offered_up_to_a_bound(made: int, offered: int) -> None:
    many = urls(*(f"{n}.mp4" for n in range(made)))
    assert len(result_urls({"output": {"urls": many}})) == offered


def test_a_link_with_a_space_in_it_is_a_link() -> None:
    written = (
        "https://s/my video.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=60&X-Tos-Signature=x"
    )
    link = link_of(task(result_url=written), Kind.RESULT)
    assert link
    assert link.url == written.replace(" ", "%20")
    assert (link.deadline, link.ground) == (1784600060, Ground.SIGNATURE)


@pytest.mark.parametrize(
    "written",
    [
        "https://s/my video.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=60&X-Tos-Signature=5e",
        "https://s/v.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=60&X-Tos-Signature=5e&n=a b",
        "https://s/v.mp4?Expires=1784700000&n=a b&Signature=5e",
    ],
)
def test_a_link_with_a_space_whose_signature_was_taken_out_opens_nothing(written: str) -> None:
    kept = unsigned_text(written)
    assert "5e" not in kept
    link = link_of(task(result_url=kept), Kind.RESULT)
    assert link
    assert usable(link) is None
    assert link.ground is Ground.SIGNATURE


def test_links_of_one_path_are_of_two_files_unless_they_are_signed() -> None:
    upstream = {"content": {"video_url": "https://s/o.mp4"}}
    made = {"result_url": "https://s/get?id=sr", "original_result_url": "https://s/get?id=orig"}
    assert result_urls(upstream, **made) == [["https://s/get?id=sr", "https://s/o.mp4"]]


def test_the_original_is_no_candidate_for_the_super_resolved_result() -> None:
    original = "https://s/original.mp4?sig=1"
    upstream = {"content": {"video_url": "https://s/original.mp4?sig=2"}}
    made = {"result_url": "https://s/ultra.mp4", "original_result_url": original}
    assert result_urls(upstream, **made) == [["https://s/ultra.mp4"]]
    alone = result_urls(upstream, original_result_url=original)
    assert alone == [["https://s/original.mp4?sig=2"]], "better the original than nothing"


def test_a_link_knows_where_it_stands_and_what_its_deadline_is_known_from() -> None:
    made = task(upstream=NESTED, result_url="https://s/a?Expires=1784700000")
    link = link_of(made, Kind.RESULT)
    assert link
    assert [(one.place, one.ground) for one in link.candidates] == [
        ("data.result_url", Ground.SIGNATURE),
        ("data.data.content.video_url", Ground.GUESS),
    ]
    assert link.expires_by(1784600000) is Ground.SIGNATURE
    assert link.expires_by(1784700000) is Ground.GUESS, "the second may still live"


@pytest.mark.parametrize("path", ["/v1/videos/t/content", "/gw/v1/videos/t/content"])
def test_the_path_of_its_own_content_route_is_a_link_and_no_other_path(path: str) -> None:
    assert result_urls({}, result_url=path) == [[path]]
    assert result_urls({}, result_url=path.replace("/t/", "/another/")) == []


ANY = st.recursive(
    st.none() | st.integers() | st.text(max_size=20) | st.sampled_from(["https://s/v", "/x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["url", "video_url", "urls", "videos"]), inner)
    ),
    max_leaves=12,
)
PLACES = st.sampled_from(["url", "video_url", "content", "output", "task_result", "result_url"])


@given(st.dictionaries(PLACES, ANY), st.dictionaries(PLACES, ANY))
def test_whatever_stands_there_links_are_web_links(
    upstream: dict[str, object], data: dict[str, object]
) -> None:
    for videos in result_urls(upstream, **data):
        assert all(web_link(url) == url for url in videos)
