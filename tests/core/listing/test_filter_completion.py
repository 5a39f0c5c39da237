"""How a half-typed filter may go on: every word offered is one that the filter understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.listing._filter_keys import KEYS
from seedance_tui.core.listing.filter import parse
from seedance_tui.core.listing.filter_completion import complete, completed

VALUES = {
    "tag": ["tea", "Two Words", "ice tea", "“odd"],
    "model": ["doubao-2-0", "doubao-2-0-fast"],
}


def offered(text: str) -> tuple[str, ...]:
    return complete(text, len(text), VALUES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sta", ("status:",)),
        ("STA", ("status:",)),
        ("tea !sta", ("!status:",)),
        ("！sta", ("!status:",)),
        ("s", ("status:", "saved:", "sr:", "seed=")),
        ("ag", ("age<",)),
        ("tok", ("tokens>",)),
        ("status:fa", ("status:failed",)),
        ("status：fa", ("status:failed",)),
        ("!status:q", ("!status:queued",)),
        ("status:no", ('status:"not started"',)),
        ('status:"not s', ('status:"not started"',)),
        ("status:failed", ()),
        ("saved:", ("saved:yes", "saved:no")),
        ("sr:y", ("sr:yes",)),
        ("tag:te", ("tag:tea", 'tag:"ice tea"')),
        ("tag:TWO", ('tag:"Two Words"',)),
        ("tag:odd", ()),
        ("model:fast", ("model:doubao-2-0-fast",)),
        ("age<2", ()),
        ("zzz", ()),
        ("zzz:a", ()),
    ],
)
def test_a_word_goes_on_with_keys_and_their_values(text: str, words: tuple[str, ...]) -> None:
    assert offered(text) == words


def test_an_empty_word_offers_every_key() -> None:
    assert len(offered("tea ")) == len(offered("")) == len(KEYS)


def test_only_the_word_at_the_cursor_is_completed() -> None:
    text = "sta age<2h"
    assert complete(text, 3) == ("status:",)
    assert complete(text, 2) == ()
    assert completed(text, 3, "status:") == ("status: age<2h", 7)
    assert completed("tea mod", 7, "model:") == ("tea model:", 10)


def test_what_is_offered_is_safe_to_show() -> None:
    assert complete("tag:", 4, {"tag": ["a\x1b[31m\u202eb"]}) == ("tag:a␛[31mb",)


@pytest.mark.parametrize("key", KEYS)
def test_every_value_offered_is_understood(key: str) -> None:
    for word in offered(f"{key}:"):
        parse(word)


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_completed(text: str, tags: list[str]) -> None:
    for cursor in range(len(text) + 1):
        for word in complete(text, cursor, {"tag": tags}):
            after, place = completed(text, cursor, word)
            assert after[:place].endswith(word)
            assert after[place:] == text[cursor:]


@given(st.lists(st.text(min_size=1), max_size=3))
def test_every_tag_offered_is_understood(tags: list[str]) -> None:
    for word in complete("tag:", 4, {"tag": tags}):
        parse(f"{word} saved:yes")
