"""Spans of time in sentences: short in English, worded in Chinese."""

import pytest

from seedance_tui.core.text import i18n
from seedance_tui.core.text.units import exact, in_words, left, span

DAY, HOUR, MINUTE = 86_400, 3600, 60


@pytest.mark.parametrize(
    ("short", "chinese"),
    [
        (span(8), "8 秒"),
        (span(3 * MINUTE), "3 分钟"),
        (span(23 * HOUR), "23 小时"),
        (span(2 * DAY), "2 天"),
        (span(800 * DAY), "2 年"),
        (left(2 * HOUR + 10 * MINUTE), "2 小时 10 分"),
        (exact(4 * MINUTE + 54), "4 分 54 秒"),
        (exact(23 * HOUR + 4 * MINUTE), "23 小时 04 分"),
        (exact(2 * DAY + 5 * HOUR), "2 天 5 小时"),
        ("0.5s", "0.5 秒"),
        ("5 s", "5 秒"),
    ],
)
def test_a_span_is_worded_in_a_chinese_sentence_and_short_in_an_english_one(
    short: str, chinese: str
) -> None:
    assert in_words(short) == short
    i18n.use("zh")
    assert in_words(short) == chinese


def test_what_no_form_fits_stays_as_it_is() -> None:
    i18n.use("zh")
    assert in_words("1e-05 s") == "1e-05 s"
