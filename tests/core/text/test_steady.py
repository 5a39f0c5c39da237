"""Text for rows: every terminal gives it the same cells."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from seedance_tui.core.text.sanitize import steady

SAME = ["fruit tea, take 3", "抚仙湖日出 第二版", "émigré", "한글 제목", "ไทยน้ำ", "😀"]
MADE_STEADY = [
    ("🇨🇳 flag", "? flag"),
    ("🇫🇷🇩🇪", "??"),
    ("👍🏽 skin", "👍 skin"),
    ("👩🏿‍🚀", "👩🚀"),
    ("⚠️ careful", "⚠ careful"),
    ("❤️‍🔥", "❤🔥"),
    ("1️⃣ first", "1 first"),
    ("#️⃣", "#"),
    ("e\u0301te\u0301", "été"),
    ("Z\u0351\u0357algo", "Zalgo"),
    ("a\tb", "a b"),
    ("\ue0b0 private", "? private"),
    ("\U000e0fff later", "? later"),
    ("\u1112\u1161\u11ab", "한"),
    ("\u3164x", "?x"),
    ("क्षि", "??"),
]


@pytest.mark.parametrize("text", SAME)
def test_what_all_terminals_agree_about_stays(text: str) -> None:
    assert steady(text) == text


@pytest.mark.parametrize(("text", "expected"), MADE_STEADY)
def test_what_they_disagree_about_is_left_out_or_replaced(text: str, expected: str) -> None:
    assert steady(text) == expected


@pytest.mark.parametrize("text", ["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☎︎", "x⃣", *(text for text, _ in MADE_STEADY)])
def test_no_character_is_left_that_changes_the_one_before_it(text: str) -> None:
    """As wide as its characters are one by one: a terminal that joins them finds none to join."""
    shown = steady(text)
    joins = [c for c in shown if c in "\u200d\ufe0e\ufe0f\u20e3" or "EMOJI MODIFIER" in name(c)]
    assert joins == []
    assert cell_len(shown) == sum(map(cell_len, shown))


def name(character: str) -> str:
    return unicodedata.name(character, "")
