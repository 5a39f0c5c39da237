"""Every field of an answer has its place, its label and its value."""

import json
from pathlib import Path

import pytest

from seedance_tui.api.envelope import Envelope
from seedance_tui.api.json_values import JSON
from seedance_tui.core.model.fields import GROUPS, SPECS, Field, fields_of

PAYLOADS = Path(__file__).parents[2] / "payloads"
LABELS = {
    "data.task_id": "Task ID",
    "data.action": "Action",
    "data.status": "Status",
    "data.progress": "Progress",
    "data.result_url": "Result URL",
    "data.original_result_url": "Original URL",
    "data.fail_reason": "Fail reason",
    "data.submit_time": "Submitted",
    "data.start_time": "Started",
    "data.finish_time": "Finished",
    "data.request_id": "Request ID",
    "code": "Code",
    "message": "Message",
    "data.data.content.video_url": "Video URL",
    "data.data.content.last_frame_url": "Last frame URL",
    "data.data.error.code": "Error code",
    "data.data.error.message": "Error message",
    "data.data.id": "Upstream ID",
    "data.data.model": "Model",
    "data.data.status": "Upstream status",
    "data.data.ratio": "Ratio",
    "data.data.framespersecond": "FPS",
    "data.data.seed": "Seed",
    "data.data.duration": "Duration",
    "data.data.frames": "Frames",
    "data.data.resolution": "Resolution",
    "data.data.super_resolution": "Super resolution",
    "data.data.generate_audio": "Audio",
    "data.data.draft": "Draft",
    "data.data.service_tier": "Service tier",
    "data.data.created_at": "Created",
    "data.data.updated_at": "Updated",
    "data.data.usage.completion_tokens": "Completion tokens",
    "data.data.usage.total_tokens": "Total tokens",
    "data.data.usage.super_resolution_tokens": "Super-resolution tokens",
}
"""The table of the interface."""


def fields(answer: JSON) -> dict[str, Field]:
    return {field.path: field for field in fields_of(Envelope.open(answer))}


def test_every_field_of_the_interface_has_its_label_even_without_an_answer() -> None:
    assert {field.path: field.label for field in fields_of(None)} == LABELS
    assert not any(field.sent for field in fields_of(None))


def test_every_group_is_known() -> None:
    assert {spec.group for spec in SPECS} | {"Other"} == set(GROUPS)


def test_null_was_sent_and_what_is_missing_was_not() -> None:
    known = fields({"code": "success", "data": {"task_id": "a", "status": None}})
    assert (known["data.status"].value, known["data.status"].sent) == (None, True)
    assert not known["data.progress"].sent


def test_what_is_not_known_is_shown_by_its_path_at_any_depth() -> None:
    answer: JSON = {
        "data": {"task_id": "a", "quota": 5, "data": {"tools": [{"n": 1}], "error": {"why": "x"}}}
    }
    other = {f.path: f.value for f in fields_of(Envelope.open(answer)) if f.group == "Other"}
    assert other == {"data.quota": 5, "data.data.tools[0].n": 1, "data.data.error.why": "x"}


def test_the_upstream_fields_of_a_nested_envelope_are_the_innermost() -> None:
    answer: JSON = {
        "code": "success",
        "data": {"task_id": "a", "data": {"code": "x", "task_id": "b", "data": {"ratio": "16:9"}}},
    }
    known = fields(answer)
    assert known["data.task_id"].value == "a"
    assert known["data.data.data.ratio"].label == "Ratio"
    assert known["data.data.task_id"].group == "Other"


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("200_*.json")), ids=lambda path: path.stem)
def test_no_value_of_a_captured_answer_is_left_out_or_shown_twice(path: Path) -> None:
    envelope = Envelope.open(json.loads(path.read_text(encoding="utf-8")))
    shown = [field.path for field in fields_of(envelope)]
    assert len(shown) == len(set(shown))
    if envelope is not None:
        assert {leaf for leaf, _ in envelope.leaves()} <= set(shown)
