"""What is said of several tasks at once."""

import pytest

from seedance_tui.core.watchlist.batch import frequent_tags, labels, numbered, tags_in


def test_labels_are_numbered_from_one_on() -> None:
    assert labels("rain {n}", 3) == ["rain 1", "rain 2", "rain 3"]
    assert labels("rain", 2) == ["rain", "rain"]
    assert labels("{n}", 0) == []


def test_an_empty_pattern_gives_no_labels() -> None:
    assert labels("", 3) == []


def test_every_place_for_the_number_gets_it() -> None:
    assert numbered("{n}: take {n}", 7) == "7: take 7"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", ()),
        (" , ,", ()),
        ("rain", ("rain",)),
        ("rain, glass ,  tea", ("rain", "glass", "tea")),
        ("雨，茶、玻璃；夜;x", ("雨", "茶", "玻璃", "夜", "x")),
        ("#rain, ## glass,#", ("rain", "glass")),
        ("c#, a#b", ("c#", "a#b")),
        ("rain,tea,rain", ("rain", "tea")),
        ("two words", ("two words",)),
    ],
)
def test_tags_are_read_with_commas_of_either_kind_between_them_each_once(
    text: str, tags: tuple[str, ...]
) -> None:
    assert tags_in(text) == tags


def test_the_tags_of_most_tasks_come_first_and_then_by_the_alphabet() -> None:
    tasks = [("tea", "rain"), ("rain", "rain", "rain"), ("glass",), ("tea",), ("tea",)]
    assert frequent_tags(tasks) == ("tea", "rain", "glass")
    assert frequent_tags([("a",), ("b", "b")]) == ("a", "b"), "in one task it counts once"
    assert frequent_tags([]) == ()
