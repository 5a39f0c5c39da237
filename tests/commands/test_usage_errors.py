"""A command line that cannot be read: one line on standard error, of JSON where that is wanted."""

import json

import pytest

from seedance_tui.command_line.json_schema import schema
from tests.commands.conftest import Main
from tests.commands.schemas import faults

WRONG = [
    ["lst"],
    ["show", "-x"],
    ["show"],
    ["add"],
    ["list", "--nonsense"],
    ["--nonsense", "list"],
    ["list", "--lang"],
    ["--lang", "xx", "list"],
    ["list", "--config"],
    ["--interval"],
    ["--nonsense"],
    ["--demo", "--nonsense"],
    ["asyntask_done1", "--nonsense"],
    ["wait", "asyntask_done1", "--timeout", "soon"],
    ["list", "--sort", "colour"],
    ["completion"],
    ["schema", "colour"],
    ["list", "--fields", "colour"],
    ["watch", "asyntask_done1", "--filter", "tea"],
]
JSON = [["--json"], ["--format", "ndjson"], ["--format=json"]]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_it_is_one_line_of_text(main: Main, words: list[str]) -> None:
    result = main(*words)
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.startswith("seedance-tui: ")


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_it_is_one_line_of_json_wherever_that_is_asked_for(main: Main, words: list[str]) -> None:
    places = [[*words, "--json"], ["--json", *words]]
    places += [[*shape, *words] for shape in JSON[1:]]
    for argv in places:
        result = main(*argv)
        assert (result.code, result.out) == (2, ""), argv
        (line,) = result.err.splitlines()
        told = json.loads(line)
        assert (told["code"], told["exit"]) == ("usage", 2)
        assert not list(faults(told, schema("error")))  # type: ignore[arg-type]


def test_behind_two_dashes_no_word_asks_for_json(main: Main) -> None:
    result = main("show", "--nonsense", "--", "--json")
    assert result.err.startswith("seedance-tui: show: ")


@pytest.mark.parametrize("shape", JSON, ids=" ".join)
def test_the_format_may_stand_before_the_command(main: Main, shape: list[str]) -> None:
    assert main(*shape, "list", "--offline").code == 0


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["lst"], "did you mean list?"),
        (["list", "--ofline"], "did you mean --offline?"),
        (["--asci"], "did you mean --ascii?"),
        (["--json"], "see --help"),
        (["-odd-1"], "an ID that begins with a dash goes behind --"),
    ],
    ids=str,
)
def test_what_was_meant_is_guessed_or_where_it_is_told(
    main: Main, words: list[str], meant: str
) -> None:
    assert meant in main(*words).err


@pytest.mark.parametrize(
    "words",
    [
        ["paths", "--format", "nope"],
        ["schema", "--format=nope", "task"],
        ["help", "--format", "nope"],
        ["doctor", "--format", "nope"],
        ["show", "--format1", "nope"],
        ["show", "--format1"],
    ],
    ids=" ".join,
)
def test_an_option_that_there_is_not_is_named_and_not_the_word_behind_it(
    main: Main, words: list[str]
) -> None:
    result = main(*words)
    assert (result.code, result.out) == (2, "")
    assert f"unrecognized arguments: {words[1]}" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--json", "--format", "csv"],
        ["watch", "--json", "--format", "lines"],
        ["wait", "--json", "--format", "ids"],
        ["list", "--format", "html", "--raw-csv"],
        ["export", "--json", "--raw-csv"],
        ["list", "--offline", "--refresh"],
        ["export", "--refresh", "--offline"],
        ["list", "--archived", "--refresh"],
        ["list", "--format", "ids", "--fields", "phase"],
        ["wait", "asyntask_done1", "--format", "ids", "--fields", "id,phase"],
        ["download", "asyntask_done1", "--grace", "5"],
        ["show", "asyntask_done1", "--raw", "--format", "csv"],
        ["show", "asyntask_done1", "--raw", "--fields", "id"],
    ],
    ids=" ".join,
)
def test_options_that_mean_nothing_together_are_refused(main: Main, words: list[str]) -> None:
    result = main(*words)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_json_and_ndjson_together_are_lines(main: Main) -> None:
    main("add", "asyntask_done1", "asyntask_open1")
    result = main("list", "--offline", "--json", "--format", "ndjson")
    assert [json.loads(line)["v"] for line in result.lines] == [1, 1]
