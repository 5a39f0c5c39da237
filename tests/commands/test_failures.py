"""Why a task failed, as the verbs tell it: what happened, the server's words, what to try."""

from collections.abc import Callable
from typing import Any

import pytest

from seedance_tui.demo import Demo

Shell = Callable[..., Any]
"""Runs a verb; its result has `code`, `out`, `err` and `json`."""
ADVICE = "Remove well-known characters, brands and works."


@pytest.mark.parametrize(("verb", "stream"), [("wait", "err"), ("download", "err")])
def test_what_to_try_is_told_after_the_servers_words(
    demo: Demo, shell: Shell, verb: str, stream: str
) -> None:
    said = getattr(shell(verb, "asyntask_failed1"), stream)
    assert said.index("copyright restrictions") < said.index(ADVICE)


def test_show_tells_what_happened_and_what_to_try_below_the_fields(
    demo: Demo, shell: Shell
) -> None:
    *_, happened, advice = shell("show", "asyntask_failed1", "--format", "table").lines
    assert happened.startswith("What happened")
    assert "copyright" in happened
    assert advice.split("  ")[0] == "What to try"
    assert advice.endswith(f"{ADVICE} Retrying the same request may work.")
    assert "What to try" not in shell("show", "asyntask_done1").out


@pytest.mark.parametrize(
    ("task_id", "words"),
    [
        ("asyntask_failed1", "asyntask_failed1: Rejected:"),
        ("asyntask_cancelled1", "asyntask_cancelled1: The task was cancelled. Resubmit"),
    ],
)
def test_of_what_has_ended_nothing_says_not_done_yet(
    demo: Demo, shell: Shell, task_id: str, words: str
) -> None:
    said = shell("download", task_id).err
    assert words in said
    assert "not finished yet" not in said


def test_what_is_open_is_not_done_yet(demo: Demo, shell: Shell) -> None:
    for command in ("download", "link"):
        assert "asyntask_open1: not finished yet" in shell(command, "asyntask_open1").err


def test_json_has_the_servers_words_beside_the_advice(watched: Demo, shell: Shell) -> None:
    told = {record["id"]: record["failure"] for record in shell("list", "--json").json}
    failed, cancelled = told["asyntask_failed1"], told["asyntask_cancelled1"]
    assert (failed["cause"], failed["code"]) == ("copyright", "Sensitive")
    assert "copyright restrictions" in failed["message"]
    assert ADVICE not in failed["message"]
    table = shell("show", "asyntask_failed1", "--format", "table").lines
    assert table[-1].split("  ")[-1] == failed["advice"], "one advice, wherever it is read"
    assert failed["advice"] in shell("link", "asyntask_failed1").err
    assert (cancelled["cause"], cancelled["code"]) == ("cancelled", None)
    assert told["asyntask_done1"] is None
