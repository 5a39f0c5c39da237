"""The lines of the detail pane, of any answer at any width."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from seedance_tui.api.models import Task
from seedance_tui.core.entry import Entry
from seedance_tui.core.outcomes import Fetched
from seedance_tui.core.watched import Watched
from seedance_tui.ui.detail import View, field_lines
from seedance_tui.ui.json_lines import json_lines

NOW = 1_784_600_000.0
TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
KEYS = st.sampled_from(
    ("status", "progress", "result_url", "fail_reason", "submit_time", "duration", "error", "usage")
)
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXT, inner)
)


def entry_of(data: object, label: str = "") -> Entry | None:
    task = Task.from_json({"code": "success", "data": data})
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC), label)
    return Entry(watched).after(Fetched("asyntask_a", task, NOW)) if task else None


@given(
    st.dictionaries(KEYS, VALUE), VALUE, TEXT, st.integers(36, 120), st.booleans(), st.booleans()
)
def test_any_answer_makes_lines_that_fit_and_hold_nothing_unsafe(
    data, upstream, label, width, utc, compact
):
    entry = entry_of({"task_id": "a"} | data | {"data": upstream}, label)
    if entry is None:
        return
    lines = field_lines(entry, View(width, NOW, utc, compact))
    assert entry.task is not None
    for line in lines + json_lines(entry.task.raw, width):
        text = "".join(span for span, role in line)
        assert cell_len(text) <= width, text
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u200b" for c in text)


def test_a_number_of_four_hundred_digits_is_shown_and_kills_nothing():
    entry = entry_of({"status": "SUCCESS", "data": {"duration": 10**400, "seed": 10**400}})
    assert entry is not None
    text = "\n".join("".join(s for s, r in line) for line in field_lines(entry, View(80, NOW)))
    assert "1000000000" in text


def test_what_is_sent_is_found_behind_any_number_of_unknown_values():
    data = {f"unknown_{n}": n for n in range(500)} | {"status": "SUCCESS", "progress": "100%"}
    entry = entry_of(data)
    assert entry is not None
    lines = ["".join(s for s, r in line) for line in field_lines(entry, View(80, NOW))]
    assert any("Status" in line and "SUCCESS" in line for line in lines)


def test_a_time_that_cannot_be_read_is_shown_as_it_was_sent():
    entry = entry_of({"status": "SUCCESS", "submit_time": "tomorrow noon", "start_time": 0})
    assert entry is not None
    lines = ["".join(s for s, r in line) for line in field_lines(entry, View(80, NOW))]
    assert any("Submitted" in line and "tomorrow noon" in line for line in lines)
    assert any("Started" in line and "—" in line for line in lines)


def test_json_is_what_the_server_sent():
    entry = entry_of({"status": "SUCCESS", "odd": ["图", {"deep": None}]})
    assert entry is not None
    assert entry.task is not None
    text = "\n".join("".join(s for s, r in line)[1:] for line in json_lines(entry.task.raw, 200))
    assert json.loads(text) == entry.task.raw
