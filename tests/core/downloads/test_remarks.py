"""What is told of a file that was saved, and is not quite as expected."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.api.file_types import Remark
from seedance_tui.core.downloads.remarks import remark_texts, source_text
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.text import i18n

HERE = Path("/videos/a.mov")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield


def test_of_a_file_as_expected_nothing_is_told() -> None:
    assert remark_texts(Saved(HERE)) == []
    assert source_text(Saved(HERE)) == ""


def test_each_remark_has_its_words_in_the_order_of_the_remarks() -> None:
    assert remark_texts(Saved(HERE, (Remark.SOUND_ONLY, Remark.BESIDE))) == [
        "it has sound but no picture",
        "its usual name belongs to another file, so it is saved beside that",
    ]
    every = remark_texts(Saved(HERE, tuple(Remark)))
    assert len(set(every)) == len(Remark)


def test_another_format_is_told_by_the_ending_that_it_was_saved_with() -> None:
    (text,) = remark_texts(Saved(HERE, (Remark.OTHER_FORMAT,)))
    assert ".mov" in text


def test_the_link_that_a_file_came_from_is_told() -> None:
    saved = Saved(HERE, source="data.result_url (store.example)")
    assert source_text(saved) == "downloaded from data.result_url (store.example)"
