"""The answer as JSON: what the server sent, decoded where it is text, and searched."""

import json
from datetime import UTC, datetime

import pytest
from rich.cells import cell_len, set_cell_size

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.outcomes import Fetched
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.detail.json_page import json_page
from seedance_tui.ui.detail.page import Page

LINK = "https://store.example/v.mp4?X-Tos-Date=20260721T021812Z&X-Tos-Expires=86400&a=b"


def entry_of(data: object) -> Entry:
    task = Task.from_json({"code": "success", "data": data})
    assert task
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC))
    return Entry(watched).after(Fetched("asyntask_a", task, 1_784_600_000.0))


def text_of(page: Page) -> str:
    """The JSON below the name, as it stands there."""
    return "\n".join("".join(text for text, role in line)[1:] for line in page.lines[2:])


def found(page: Page) -> list[str]:
    """The text in the cells of each match."""
    lines = ["".join(text for text, role in line) for line in page.lines]
    return ["".join(_cells(lines[r.y], r.x, r.right) for r in match) for match in page.matches]


def _cells(line: str, begin: int, end: int) -> str:
    return set_cell_size(line, end)[len(set_cell_size(line, begin)) :]


def test_json_is_what_the_server_sent() -> None:
    entry = entry_of({"status": "SUCCESS", "odd": ["图", {"deep": None}, {}, []], "n": 1.5})
    assert entry.task
    assert json.loads(text_of(json_page(entry, 200))) == entry.task.raw


def test_a_task_without_an_answer_says_so() -> None:
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC))
    assert "No answer yet." in "".join(s for s, r in json_page(Entry(watched), 40).lines[1])


def test_text_that_is_json_is_decoded_below_its_key_and_marked() -> None:
    entry = entry_of({"task_id": "a", "data": json.dumps({"error": {"code": "图"}, "n": [1]})})
    text = text_of(json_page(entry, 80))
    assert '"data": decoded from text:\n      {\n        "error": {' in text
    assert '          "code": "图"' in text
    assert "\\" not in text


@pytest.mark.parametrize("text", ["[/x]", "{broken", "[]", "{}", "[1, 2"])
def test_text_that_only_looks_like_json_is_shown_as_it_is(text: str) -> None:
    shown = text_of(json_page(entry_of({"task_id": "a", "odd": text}), 80))
    assert json.dumps(text) in shown
    assert "decoded" not in shown


def test_an_answer_without_end_is_cut() -> None:
    deep: JSON = "bottom"
    for _ in range(200):
        deep = {"d": deep}
    assert "bottom" not in text_of(json_page(entry_of({"task_id": "a", "deep": deep}), 200))
    long = json_page(entry_of({"task_id": "a", "long": list(range(9000))}), 40, "8999")
    assert len(long.lines) == 5001
    assert long.matches == []


def test_what_is_searched_is_found_in_any_case_and_in_keys_too() -> None:
    page = json_page(
        entry_of({"task_id": "a", "Status": "STATUS", "x": "no [status]"}), 60, "staTUS"
    )
    assert found(page) == ["Status", "STATUS", "status"]


@pytest.mark.parametrize("width", range(38, 60))
def test_what_is_searched_is_found_where_the_line_is_wrapped(width: int) -> None:
    page = json_page(entry_of({"task_id": "a", "u": LINK}), width, "X-Tos-Expires=86400")
    assert found(page) == ["X-Tos-Expires=86400"]


def test_wide_characters_are_found_by_their_cells() -> None:
    page = json_page(entry_of({"task_id": "a", "prompt": "长" * 40 + "湖日出" + "é"}), 39, "日出")
    assert found(page) == ["日出"]
    for line in page.lines:
        assert cell_len("".join(text for text, role in line)) <= 39


def test_signs_of_a_pattern_are_searched_as_they_are() -> None:
    assert found(json_page(entry_of({"task_id": "a.*b(", "x": "ab"}), 60, ".*b(")) == [".*b("]
