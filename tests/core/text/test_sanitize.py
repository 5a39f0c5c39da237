"""Text from outside cannot do anything to a terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.core.text.sanitize import safe

NUMBER_SIGNS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Of the format characters, those that are seen."""
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
NASTY = st.text(st.sampled_from("ab\r\n\t\x00\x1b\x7f\x85\x9b\u2028\u202e\u200b\ufeff\ud800茶"))


@pytest.mark.parametrize(
    ("attack", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b[2J\x1b[H", "␛[2J␛[H"),
        ("\x1b]52;c;cm0gLXJm\x07", "␛]52;c;cm0gLXJm␇"),
        ("\x1b]8;;https://evil.example\x1b\\click", "␛]8;;https://evil.example␛\\click"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "\ufffd31m"),
        ("\x90q\x9c", "\ufffdq\ufffd"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("\u2066a\u2069\u061c\u200e\u200f", "a"),
        ("zero\u200b\u200d\ufeffwidth\u00ad", "zerowidth"),
        ("tags\U000e0041", "tags"),
        ("NUL\x00end\x7f", "NUL␀end␡"),
        ("a\tb", "a b"),
        ("a\r\nb\nc\rd", "a b c␍d"),
        ("a\u2028b\u2029c\x85d", "abc\ufffdd"),
        ("half\ud83d", "half\ufffd"),
        ("[bold]x[/bold] [/foo]", "[bold]x[/bold] [/foo]"),
        ("茶 é 🎬 ｆｕｌｌ", "茶 é 🎬 ｆｕｌｌ"),
        ("", ""),
    ],
)
def test_an_attack_is_seen_and_does_nothing(attack: str, shown: str) -> None:
    assert safe(attack) == shown


def test_lines_are_kept_only_where_asked_for() -> None:
    assert safe("a\r\nb\nc\td", lines=True) == "a\nb\nc d"


@pytest.mark.parametrize("character", ["x", "茶", "\x1b"])
def test_an_endless_text_is_cut_and_says_so(character: str) -> None:
    short = safe(character * 300_000)
    assert len(short) == 200_001
    assert short.endswith("…")
    assert safe(short) == short


def test_a_line_of_cells_loses_none_of_them() -> None:
    line = "x" * 300_000 + "\x1b,last"
    assert safe(line, whole=True) == "x" * 300_000 + "␛,last"


@given(ANYTHING | NASTY, st.booleans())
@example("\r\u200b\n", True)
def test_nothing_that_controls_ever_comes_through(text: str, lines: bool) -> None:
    result = safe(text, lines=lines)
    for character in result:
        if character == "\n":
            assert lines
            continue
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs", "Zl", "Zp")
        assert category != "Cf" or character in NUMBER_SIGNS or ord(character) > 0x10FFF
    result.encode("utf-8")
    assert len(result) <= len(text)


@given(ANYTHING | NASTY, st.booleans())
def test_safe_text_is_left_as_it_is(text: str, lines: bool) -> None:
    once = safe(text, lines=lines)
    assert safe(once, lines=lines) == once


def test_no_invisible_format_character_of_unicode_is_forgotten() -> None:
    invisible = (
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) == "Cf" and not 0x110BD <= code <= 0x1343F
    )
    assert {c for c in invisible if safe(c)} <= NUMBER_SIGNS
