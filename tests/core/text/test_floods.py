"""Marks that pile up on one letter are limited, of whatever script; text of every script stays."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.text.sanitize import escaped, safe

MARKS = {
    "Latin": "\u0301",
    "Hebrew": "\u05b0",
    "Arabic": "\u0650",
    "Devanagari": "\u0941",
    "Tibetan": "\u0f71",
    "Thai": "\u0e49",
    "Khmer": "\u17c6",
    "Balinese": "\u1b36",
    "Cyrillic, enclosing": "\u0488",
    "Japanese": "\u3099",
    "Vai and beyond": "\ua9b8",
    "variation": "\ufe0f",
    "variation, further": "\U000e0101",
    "music": "\U0001d165",
    "Adlam": "\U0001e94a",
    "Korean vowel": "\u1160",
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_of_a_flood_of_marks_four_are_left(mark: str) -> None:
    for letter in ("a", "茶", "\u05d0", ""):
        assert safe(letter + mark * 500 + "b").rstrip("b").count(mark) <= 4


def test_a_flood_of_different_marks_is_one_flood() -> None:
    text = "a" + "".join(MARKS[name] for name in ("Hebrew", "Latin", "variation")) * 50
    assert len(safe(text)) <= 5


def test_what_is_taken_out_between_marks_does_not_part_them() -> None:
    assert len(safe("a" + "\u0301\u200d" * 50)) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "עִבְרִית בְּרֵאשִׁית",
        "བོད་སྐད་ཡིག་བསྒྲུབས",
        "हिन्दी क्षत्रिय",
        "ภาษาไทยเก้าอี้",
        "tiếng Việt",
        "المُعَلِّمُ",
        "Привет, мир! Ἑλληνικά",
        "❤️ ☂︎ 1️⃣",
        "한국어 抚仙湖日出",
    ],
)
def test_text_of_every_script_stays(text: str) -> None:
    shown = safe(text)
    assert shown == text


@given(st.text(st.sampled_from(["a", "茶", *MARKS.values()]), max_size=60))
def test_never_more_than_four_marks_stand_in_a_row(text: str) -> None:
    run = 0
    for character in safe(text):
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        assert run <= 4
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("\x9b", r"\u009b"),
        ("\x7f", r"\u007f"),
        ("\u202e", r"\u202e"),
        ("\u2066", r"\u2066"),
        ("\ufeff", r"\ufeff"),
        ("\U000e0041", r"\udb40\udc41"),
        ("\ud83d", r"\ud83d"),
    ],
)
def test_json_for_a_file_escapes_what_a_terminal_or_editor_obeys(
    character: str, written: str
) -> None:
    answer = {character: [f"a{character}b", "茶 é 🎬"]}
    text = escaped(json.dumps(answer, ensure_ascii=False, indent=2))
    assert character not in text
    assert written in text
    assert "茶 é 🎬" in text
    assert json.loads(text) == answer
