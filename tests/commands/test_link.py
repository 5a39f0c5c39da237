"""`link`: the link to a video, and why there is none."""

import json

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import Shell
from tests.commands.schemas import faults


def test_a_link_is_a_line_alone(demo: Demo, shell: Shell) -> None:
    result = shell("link", "asyntask_done1", "asyntask_ultra1")
    assert (result.code, result.err) == (0, "")
    assert len(result.lines) == 2
    assert all(line.startswith(demo.store.url) for line in result.lines)
    (original,) = shell("link", "asyntask_ultra1", "--original").lines
    assert original not in result.lines


@pytest.mark.parametrize(
    ("argv", "code", "name"),
    [
        (("asyntask_done1", "--original"), 6, "link_missing"),
        (("asyntask_open1",), 8, "still_open"),
        (("asyntask_failed1",), 5, "task_failed"),
        (("asyntask_none1",), 4, "not_found"),
        (("asyntask_expired1",), 9, "link_expired"),
        (("asyntask_done1", "--min-left", "100h"), 9, "link_expired"),
        (("nonsense",), 2, "not_an_id"),
    ],
    ids=str,
)
def test_why_there_is_none_is_told(
    demo: Demo, shell: Shell, argv: tuple[str, ...], code: int, name: str
) -> None:
    text = shell("link", *argv)
    assert (text.code, text.out) == (code, "")
    assert text.err.startswith("seedance-tui: ")
    result = shell("link", *argv, "--json")
    (record,), error = result.json, json.loads(result.err)
    assert (result.code, record["error"]["code"], error["code"]) == (code, name, name)
    assert not list(faults(record, shell("schema", "task").json))


@pytest.mark.parametrize("left", ["25h", "100h", "3000m"])
def test_a_link_that_lives_too_short_is_not_said_to_have_expired(
    demo: Demo, shell: Shell, left: str
) -> None:
    result = shell("link", "asyntask_done1", "--min-left", left)
    assert result.code == 9
    assert "asyntask_done1: the link expires in 23h, sooner than --min-left" in result.err
    gone = shell("link", "asyntask_expired1", "--min-left", left)
    assert (gone.code, "the link has expired" in gone.err) == (9, True)


@pytest.mark.parametrize("left", ["90", "90s", "10m", "1h"])
def test_enough_time_left_is_enough(demo: Demo, shell: Shell, left: str) -> None:
    assert shell("link", "asyntask_done1", "--min-left", left).code == 0


@pytest.mark.parametrize("left", ["h", "1d", "-1h", "1hh", "nan", "infs"])
def test_what_is_no_span_of_time_is_2(shell: Shell, left: str) -> None:
    assert shell("link", "asyntask_done1", f"--min-left={left}").code == 2
