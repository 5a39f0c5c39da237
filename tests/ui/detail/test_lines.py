"""The lines of the detail pane, of any answer at any width."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region

from seedance_tui.api.errors import LinkExpired, Unreachable
from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import FileState, NotSaved, Paused, Saved, Saving, Waiting
from seedance_tui.core.model.outcomes import Fetched, Problem
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.detail.fields_page import fields_page
from seedance_tui.ui.detail.json_page import json_page
from seedance_tui.ui.detail.page import Page, PageContext

PAYLOADS = Path(__file__).parents[2] / "payloads"
NOW = 1_784_600_700.0
WIDTHS = range(38, 111, 6)
TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
KEYS = st.sampled_from(
    ("status", "progress", "result_url", "fail_reason", "submit_time", "duration", "error", "usage")
)
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | TEXT, inner)
)


def entry_of(data: JSON, label: str = "") -> Entry | None:
    task = Task.from_json({"code": "success", "data": data})
    watched = Watched("asyntask_a", datetime(2026, 7, 21, tzinfo=UTC), label)
    return Entry(watched).after(Fetched("asyntask_a", task, NOW)) if task else None


def captured(name: str) -> Entry:
    answer = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    entry = entry_of(answer["data"])
    assert entry
    return entry


def with_upstream(outer: str, inner: str) -> Entry:
    entry = entry_of({"task_id": "a", "status": outer, "data": {"status": inner}})
    assert entry
    return entry


def lines_of(page: Page) -> list[str]:
    return ["".join(text for text, role in line).rstrip() for line in page.lines]


def shown(entry: Entry, width: int = 80, **view: Any) -> str:
    return "\n".join(lines_of(fields_page(entry, PageContext(width, NOW, **view))))


def flat(entry: Entry, width: int = 80) -> str:
    """All that is shown, as one line, however it was wrapped."""
    return " ".join(shown(entry, width).split())


@given(
    st.dictionaries(KEYS, VALUE), VALUE, TEXT, st.integers(36, 120), st.booleans(), st.booleans()
)
def test_any_answer_makes_lines_that_fit_and_hold_nothing_unsafe(
    data: dict[str, JSON], upstream: JSON, label: str, width: int, utc: bool, compact: bool
) -> None:
    entry = entry_of({"task_id": "a", **data, "data": upstream}, label)
    if entry is None:
        return
    pages = fields_page(entry, PageContext(width, NOW, utc, compact)), json_page(entry, width)
    for line in (line for page in pages for line in page.lines):
        text = "".join(span for span, role in line)
        assert cell_len(text) <= width, text
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202e\u200b" for c in text)


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("200_*.json")), ids=lambda path: path.stem)
def test_every_captured_answer_fits_at_every_width(path: Path) -> None:
    task = Task.from_json(json.loads(path.read_text(encoding="utf-8")))
    if task is None:
        return
    watched = Watched("asyntask_a" * 5, datetime(2026, 7, 21, tzinfo=UTC), "抚仙湖日出 第二版")
    entry = Entry(watched).after(Fetched("asyntask_a", task, NOW))
    for width in WIDTHS:
        for line in lines_of(fields_page(entry, PageContext(width, NOW))):
            assert cell_len(line) < width, line


def test_a_number_of_four_hundred_digits_is_shown_and_kills_nothing() -> None:
    entry = entry_of({"status": "SUCCESS", "data": {"duration": 10**400, "seed": 10**400}})
    assert entry
    assert "1000000000" in shown(entry)


def test_what_is_sent_is_found_behind_any_number_of_unknown_values() -> None:
    unknown = {f"unknown_{n}": n for n in range(500)}
    entry = entry_of({**unknown, "status": "SUCCESS", "progress": "100%"})
    assert entry
    assert any("Status" in line and "SUCCESS" in line for line in shown(entry).split("\n"))


def test_a_time_that_cannot_be_read_is_shown_as_it_was_sent() -> None:
    entry = entry_of({"status": "SUCCESS", "submit_time": "tomorrow noon", "start_time": 0})
    assert entry
    lines = shown(entry).split("\n")
    assert any("Submitted" in line and "tomorrow noon" in line for line in lines)
    assert any("Started" in line and "—" in line for line in lines)


def test_short_fields_are_read_down_the_columns() -> None:
    page = fields_page(captured("200_success_ultra"), PageContext(53, NOW))
    video = [place for place in page.places if place.field.group == "Video"]
    labels = [place.field.label for place in video]
    assert labels[:3] == ["Ratio", "Resolution", "Super resolution"]
    assert [place.region.y for place in video[:3]] == [video[0].region.y + n for n in range(3)]
    assert video[5].region.y == video[0].region.y
    assert video[5].region.x > video[0].region.x


def test_each_field_has_a_place_of_its_own_with_its_label_and_value() -> None:
    for width in WIDTHS:
        page = fields_page(captured("200_success_ultra"), PageContext(width, NOW))
        lines = lines_of(page)
        for place in page.places:
            cells = lines[place.region.y][place.region.x : place.region.right]
            assert cells.startswith(place.field.label[: place.region.width - 1]), cells
        taken = [cell for place in page.places for cell in _cells(place.region)]
        assert len(taken) == len(set(taken))


def _cells(region: Region) -> list[tuple[int, int]]:
    return [(x, y) for x in range(region.x, region.right) for y in range(region.y, region.bottom)]


def test_original_and_result_stand_side_by_side_where_there_are_both() -> None:
    text = shown(captured("200_success_ultra"), 53)
    assert "968,000  × 20" in text
    assert "Super-resolution Original" in shown(captured("200_success_ultra"), 40)
    for width in (48, 53, 66, 80):
        lines = shown(captured("200_success_ultra"), width).split("\n")
        heads = next(line for line in lines if line.startswith(" Super-resolution Original"))
        row = next(line for line in lines[lines.index(heads) :] if "Resolution" in line)
        assert heads.index("Original") == row.index("480p"), "each head above its column"
        assert heads.index("Super-resolved") == row.index("2k")
    assert " Super-resolution Original" not in shown(captured("200_success_normal"), 53)


def test_the_table_says_what_became_of_each_file() -> None:
    entry = captured("200_success_ultra")
    entry = entry.with_file(Kind.ORIGINAL, Saved(Path("/videos/a_original.mp4")))
    row = next(line for line in shown(entry).split("\n") if line.startswith(" File"))
    assert "saved as a_original.mp4" in row
    assert row.endswith("not saved")


@pytest.mark.parametrize(("width", "said"), [(53, "asyntas…inal.mp4"), (110, "saved as asyntask")])
def test_in_a_narrow_table_the_name_of_a_file_says_that_it_is_saved(width: int, said: str) -> None:
    entry, path = captured("200_success_ultra"), Path("/videos/asyntask_0123456789_original.mp4")
    entry = entry.with_file(Kind.ORIGINAL, Saved(path))
    lines = shown(entry, width).split("\n")
    row = next(at for at, line in enumerate(lines) if line.startswith(" File"))
    assert said in lines[row]
    assert lines[row + 1].startswith(" Tokens"), "in one line"


def test_the_labels_of_the_answer_stand_beside_the_table_too() -> None:
    text = shown(captured("200_success_ultra"))
    for words in ("Resolution       480p", "Super resolution 2k", "Result URL ", "Original URL "):
        assert words in text


@pytest.mark.parametrize("inner", ["succeeded", "failed", "expired"])
def test_the_headline_says_where_upstream_says_otherwise(inner: str) -> None:
    page = fields_page(with_upstream("IN_PROGRESS", inner), PageContext(80, NOW))
    assert (f"upstream status: {inner}", "warn") in [span for line in page.lines for span in line]


def test_the_headline_says_nothing_of_upstream_where_both_agree() -> None:
    assert "upstream says" not in shown(with_upstream("IN_PROGRESS", "running"))


def test_a_failure_is_explained_with_code_advice_and_both_ids() -> None:
    text = flat(captured("200_failure_moderation"), 53)
    assert "Rejected: the generated video may violate copyright" in text
    assert "Retrying the same request may work." in text
    assert "OutputVideoSensitiveContentDetected.PolicyViolation" in text
    assert "For support: 20260721021320614645897d6u6Cgkm cgt-20260721101320-wae8p" in text


def test_no_id_for_support_is_broken_where_a_line_has_room_for_it() -> None:
    for width in WIDTHS:
        text = shown(captured("200_failure_moderation"), width)
        assert "20260721021320614645897d6u6Cgkm" in text
        assert "cgt-20260721101320-wae8p" in text


@pytest.mark.parametrize("width", range(52, 120, 3))
def test_a_task_id_is_whole_on_one_line_where_it_has_room_beside_its_label(width: int) -> None:
    task_id = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E"
    entry = entry_of({"task_id": task_id, "status": "SUCCESS"})
    assert entry
    (line,) = (
        line
        for line in lines_of(fields_page(entry, PageContext(width, NOW)))
        if line.startswith(" Task ID ")
    )
    assert task_id in line


def test_a_very_long_reason_leaves_room_for_the_rest() -> None:
    lines = shown(captured("200_failure_very_long_text"), 53).split("\n")
    assert lines.index(" Video") < 16


STATES = [
    (Waiting(), "Result: waiting"),
    (
        Waiting(2_000_000, 8_000_000, Problem(Unreachable), NOW + 30),
        "Result: waiting 2.0 MB / 8.0 MB 25% · retrying in 30s · ",
    ),
    (Saving(2_000_000, 8_000_000, 1_500_000.0), "saving 2.0 MB / 8.0 MB 25% · 1.5 MB/s · 4s left"),
    (Saving(2_000_000), "Result: saving 2.0 MB"),
    (Paused(2_000_000, 8_000_000), "Result: paused 2.0 MB / 8.0 MB 25%"),
    (Saved(Path("/videos/a.mp4")), "Result: saved as /videos/a.mp4"),
    (NotSaved(Problem(LinkExpired)), "Result: not saved: "),
]


@pytest.mark.parametrize(("state", "words"), STATES, ids=lambda value: type(value).__name__)
def test_each_state_of_a_file_is_said_in_words(state: FileState, words: str) -> None:
    entry = captured("200_success_normal").with_file(Kind.RESULT, state)
    assert words in flat(entry, 110)


def test_tags_and_note_stand_below_the_name() -> None:
    entry = captured("200_success_normal")
    watched = replace(entry.watched, tags=("tea", "批次三"), note="for the trailer\nor not")
    lines = shown(replace(entry, watched=watched)).split("\n")
    assert lines[1:3] == [" #tea #批次三", " for the trailer or not"]


def test_a_link_is_quiet_until_it_matters() -> None:
    entry = captured("200_success_normal")
    link = entry.link()
    assert link
    assert link.deadline
    for left, role in ((7 * 3600, "dim"), (2 * 3600, "warn"), (600, "bad"), (-1, "gone")):
        page = fields_page(entry, PageContext(80, link.deadline - left))
        roles = {span[1] for line in page.lines for span in line if span[0] in _words(left)}
        assert roles == {role}


def _words(left: int) -> set[str]:
    return {7 * 3600: {"7h 00m"}, 2 * 3600: {"2h 00m"}, 600: {"10m 00s"}, -1: {"expired"}}[left]
