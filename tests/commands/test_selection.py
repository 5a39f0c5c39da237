"""Which tasks a command is about, and in which order they are told."""

import pytest

from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer
from tests.commands.conftest import Shell
from tests.commands.test_wait import running


def ids(shell: Shell, *argv: str) -> list[str]:
    return shell("list", "--format", "ids", *argv).lines


def test_a_filter_chooses_what_is_listed_and_exported(watched: Demo, shell: Shell) -> None:
    assert ids(shell, "--filter", "status:failed") == ["asyntask_failed1"]
    assert ids(shell, "--filter", "!status:done status:open") == ["asyntask_open1"]
    exported = shell("export", "--filter", "id:ultra", "--format", "ids")
    assert exported.lines == ["asyntask_ultra1"]


@pytest.mark.parametrize("verb", ["list", "export", "wait", "download", "remove"])
def test_a_filter_that_means_nothing_is_2(watched: Demo, shell: Shell, verb: str) -> None:
    result = shell(verb, "--filter", "stauts:done")
    assert result.code == 2
    assert 'Did you mean "status"?' in result.err


@pytest.mark.parametrize("verb", ["remove", "wait", "download"])
@pytest.mark.parametrize("text", ["", " ", '""', "!"])
def test_an_empty_filter_is_not_taken_for_every_task(
    watched: Demo, shell: Shell, verb: str, text: str
) -> None:
    before = ids(shell, "--offline")
    result = shell(verb, "--filter", text)
    assert result.code == 2
    assert "the filter is empty" in result.err
    assert ids(shell, "--offline", "--filter", text) == before


def test_a_list_is_sorted_reversed_and_limited(watched: Demo, shell: Shell) -> None:
    shell("edit", "asyntask_open1", "--label", "a")
    shell("edit", "asyntask_done1", "--label", "aa")
    by_name = ids(shell, "--sort", "name")
    assert by_name[:2] == ["asyntask_open1", "asyntask_done1"]
    assert ids(shell, "--sort", "name", "--limit", "1") == ["asyntask_open1"]
    assert ids(shell, "--reverse") == [task.id for task in reversed(watched.tasks)]
    assert shell("list", "--limit", "some").code == 2
    assert shell("list", "--sort", "colour").code == 2


def test_a_filter_chooses_what_is_removed_and_nobody_is_asked(watched: Demo, shell: Shell) -> None:
    shell("list")
    asked = len(watched.gateway.requests)
    result = shell("remove", "--filter", "status:failed", "--json")
    assert [record["id"] for record in result.json] == ["asyntask_failed1"]
    assert len(watched.gateway.requests) == asked
    assert "asyntask_failed1" not in ids(shell, "--offline")
    assert shell("remove", "--filter", "status:failed", "--json").json == []


@pytest.mark.parametrize(
    "argv",
    [
        ("remove",),
        ("remove", "asyntask_done1", "--filter", "tea"),
        ("download", "--all", "--filter", "tea"),
        ("wait", "asyntask_done1", "--all"),
        ("edit", "asyntask_done1"),
        ("add", "asyntask_done1", "--tag", " "),
    ],
    ids=" ".join,
)
def test_what_does_not_go_together_is_2(watched: Demo, shell: Shell, argv: tuple[str, ...]) -> None:
    assert shell(*argv).code == 2
    assert len(ids(shell, "--offline")) == len(watched.tasks)


def test_a_filter_chooses_what_is_saved(watched: Demo, shell: Shell) -> None:
    result = shell("download", "--filter", "id:done status:done")
    assert (result.code, len(result.lines)) == (0, 1)
    assert result.lines[0].endswith("asyntask_done1.mp4")


@pytest.mark.parametrize("verb", ["wait", "download"])
def test_without_an_id_all_is_meant_and_said(watched: Demo, shell: Shell, verb: str) -> None:
    argv = (verb, "--timeout", "0.3")
    assert "--all is meant" in shell(*argv).err
    assert "--all is meant" not in shell(*argv, "--all").err
    assert "--all is meant" not in shell(*argv, "-q").err


def test_any_ends_with_the_first(demo: Demo, shell: Shell) -> None:
    result = shell("wait", "asyntask_open1", "asyntask_done1", "--any", "--timeout", "20")
    assert result.code == 0
    assert "asyntask_done1\tdone" in result.out
    assert "unfinished" not in result.err


def test_a_time_of_0_asks_once(demo: Demo, shell: Shell) -> None:
    demo.gateway.faults.push("asyntask_done1", running("asyntask_done1"))
    assert shell("wait", "asyntask_done1", "--timeout", "0").code == 8
    assert len(demo.gateway.requests) == 1
    assert shell("wait", "asyntask_done1", "--timeout", "0").code == 0
    demo.gateway.faults.push(EVERY, Answer(502), times=None)
    assert shell("wait", "asyntask_open1", "--timeout", "0").code == 7
    assert len(demo.gateway.requests) == 3


def test_what_is_waited_for_is_saved_as_it_ends(demo: Demo, shell: Shell) -> None:
    result = shell("wait", "asyntask_done1", "--save", "--json")
    assert result.code == 0
    assert '"path": "' in result.lines[-1]
