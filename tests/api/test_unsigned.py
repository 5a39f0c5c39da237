"""Signatures are taken out of an answer wherever a link stands in it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind, Link
from seedance_tui.api.unsigned import unsigned, usable

QUERY = (
    "X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400&X-Tos-Credential=AKLT9&X-Tos-Signature=5ec7e7"
)
LINK = f"https://store.example/a.mp4?{QUERY}"
BARE = (
    "https://store.example/a.mp4?X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400#signature-removed"
)
SECRETS = re.compile(r"5ec7e7|AKLT9|hunter2")


def text_of(answer: JSON) -> str:
    return json.dumps(unsigned(answer), ensure_ascii=False)


@pytest.mark.parametrize(
    "answer",
    [
        LINK,
        f"  {LINK}\n",
        f"saved at {LINK}, {LINK} and later",
        f"{LINK},{LINK}",
        f"{LINK}{LINK}",
        f"完成：{LINK}，请下载（{LINK}）。",
        f"[video]({LINK})",
        f'<video src="{LINK}">',
        {"deep": [{"url": LINK}, [LINK]]},
        {LINK: "as a name"},
        json.dumps({"url": LINK}),
        json.dumps({"url": LINK}).replace("&", r"\u0026"),
        json.dumps({"url": LINK}).replace("/", r"\/"),
        json.dumps(json.dumps({"url": LINK})),
        json.dumps(json.dumps({"url": LINK}).replace("&", r"\u0026").replace("/", r"\/")),
        "https://user:hunter2@store.example/a.mp4",
        "ftp://user:hunter2@store.example/a.mp4",
        f"https://user:hunter2@store.example/a.mp4?{QUERY}",
        "https://proxy.example/?to=" + LINK.replace(":", "%3A").replace("/", "%2F"),
        LINK.replace(":", "%3A").replace("/", "%2F").replace("=", "%3D").replace("&", "%26"),
        f"store.example/a.mp4?{QUERY}",
        f"...{QUERY}",
        LINK.upper().replace("5EC7E7", "5ec7e7"),
        "https://b.example/a?Expires=1&OSSAccessKeyId=AKLT9&Signature=5ec7e7",
        "HTTPS://b.example/a?Signature=5ec7e7#t=AKLT9",
    ],
)
def test_no_signature_and_no_login_is_left(answer: JSON) -> None:
    assert SECRETS.search(json.dumps(answer))
    assert not SECRETS.search(text_of(answer))


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (LINK, BARE),
        (f"see {LINK} or {LINK}", f"see {BARE} or {BARE}"),
        ({"a": {LINK: [LINK]}}, {"a": {BARE: [BARE]}}),
        (json.dumps({"url": LINK}), json.dumps({"url": BARE})),
        ("https://u:p@h.example/a.mp4", "https://h.example/a.mp4#signature-removed"),
        (BARE, BARE),
    ],
)
def test_the_rest_stays_and_the_link_is_marked(answer: JSON, left: JSON) -> None:
    assert unsigned(answer) == left
    assert unsigned(left) == left


@pytest.mark.parametrize(
    "answer",
    [
        "https://store.example/a.mp4",
        "https://store.example/a.mp4#t=3",
        "a prompt: sign here, signature style = bold; 5 tokens=12",
        "someone@example.com wrote 茶://",
        {"progress": "50%", "ratio": "16:9", "n": [1, 2.5, None, True]},
        "",
    ],
)
def test_what_gives_nothing_away_stays_as_it_is(answer: JSON) -> None:
    assert unsigned(answer) == answer


def test_a_json_string_stays_json() -> None:
    for written in (json.dumps({"url": LINK, "x": 1}), json.dumps([LINK]).replace("/", r"\/")):
        cleaned = unsigned(written)
        assert isinstance(cleaned, str)
        assert "signature-removed" in json.dumps(json.loads(cleaned))


def test_a_link_without_its_signature_is_no_link_to_hand_out() -> None:
    assert usable(Link(Kind.RESULT, BARE, 1.0)) is None
    assert usable(Link(Kind.RESULT, LINK, 1.0))
    assert usable(None) is None


@given(st.text(st.sampled_from("ahtps:/\\?&=%2F\"' .@#{}茶\x00u0026X-Tos-Signature"), max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    once = unsigned(text)
    assert isinstance(once, str)
