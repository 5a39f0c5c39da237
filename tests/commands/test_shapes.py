"""`--format` and `--fields`: the same records in other shapes."""

import csv
import io
import json
import os
import shutil
import sys

import pytest

from seedance_tui.command_line.output import cells
from seedance_tui.demo import Demo
from tests.commands.conftest import Shell


def test_a_pipe_has_tabs_no_header_and_the_id_first(watched: Demo, shell: Shell) -> None:
    shell("add", "asyntask_open1")
    rows = [line.split("\t") for line in shell("list").lines]
    assert [row[0] for row in rows] == [task.id for task in watched.tasks]
    assert rows[0][1:4] == ["done", "SUCCESS", "1.0"]
    assert {len(row) for row in rows} == {7}


def test_a_tab_in_a_label_makes_no_column(shell: Shell) -> None:
    shell("add", "asyntask_a1", "--label", "a\tb\nc")
    (line,) = shell("list", "--offline").lines
    assert line.split("\t")[4] == "a b c"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ("status", "SUCCESS"),
        ("tokens.super_resolution", "968000"),
        ("files.result.expired", "false"),
        ("failure", ""),
        ("tags", ""),
    ],
)
@pytest.mark.parametrize("verb", ["show", "list"])
def test_one_field_of_one_task_is_the_bare_value(
    demo: Demo, shell: Shell, verb: str, fields: str, value: str
) -> None:
    shell("add", "asyntask_ultra1")
    words = ["asyntask_ultra1"] if verb == "show" else []
    assert shell(verb, *words, "--fields", fields).out == f"{value}\n"


def test_a_bare_value_as_json_keeps_its_kind(demo: Demo, shell: Shell) -> None:
    assert shell("show", "asyntask_done1", "--fields", "progress", "--json").json == 1.0
    assert shell("show", "asyntask_done1", "--fields", "failure", "--json").json is None


def test_picked_fields_keep_their_order_in_every_format(watched: Demo, shell: Shell) -> None:
    fields = "status,id"
    assert shell("list", "--fields", fields).lines[0] == "SUCCESS\tasyntask_done1"
    first = shell("list", "--fields", fields, "--json").json[0]
    assert list(first.items()) == [("status", "SUCCESS"), ("id", "asyntask_done1")]
    head, row, *_ = csv.reader(
        io.StringIO(shell("list", "--fields", fields, "--format", "csv").out)
    )
    assert (head, row) == (["status", "id"], ["SUCCESS", "asyntask_done1"])
    rows = shell("list", "--fields", fields, "--format", "markdown").lines
    assert rows[0] == "| status | id |"


def test_ids_alone_can_be_piped_on(watched: Demo, shell: Shell) -> None:
    lines = shell("list", "--format", "ids").lines
    assert lines == [task.id for task in watched.tasks]


@pytest.mark.parametrize(("word", "near"), [("stauts", "status"), ("token.total", "tokens.total")])
def test_a_wrong_field_is_2_and_the_right_one_is_named(shell: Shell, word: str, near: str) -> None:
    result = shell("list", "--fields", word)
    assert result.code == 2
    assert near in result.err


@pytest.mark.parametrize("width", [3, 20, 40, 80, 120])
def test_a_table_fits_its_terminal(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    shell("add", "asyntask_long1", "--label", "一二三四五六七八九十" * 3)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    size = os.terminal_size((width, 24))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: size)
    lines = shell("list").lines
    assert lines[0][:2] == "LA"
    assert max(map(cells, lines)) <= width


@pytest.mark.parametrize("verb", ["show", "link", "add", "edit", "remove", "wait", "download"])
def test_a_word_that_is_no_id_has_a_row_by_its_name(demo: Demo, shell: Shell, verb: str) -> None:
    words = ("--label", "x") if verb == "edit" else ()
    shell("add", "asyntask_done1")
    alone = shell(verb, "nope", "--format", "tsv", *words)
    assert (alone.code, alone.lines) == (2, ["nope\tunknown" + "\t" * 5])
    both = shell(verb, "nope", "asyntask_done1", "--format", "tsv", *words)
    ids = [line.split("\t")[0] for line in both.lines]
    assert (both.code, set(ids)) == (2, {"nope", "asyntask_done1"})


def test_a_word_that_is_no_id_is_none_for_a_program(shell: Shell) -> None:
    assert shell("show", "nope", "--format", "ids").out == ""
    rows = shell("show", "nope", "--format", "csv", "--fields", "id,input,error.code").lines
    assert rows == ["id,input,error.code", ",nope,not_an_id"]


@pytest.mark.parametrize("shape", [("--json",), ("--format", "json"), ("--format=ndjson",)])
@pytest.mark.parametrize("verb", ["list", "export"])
def test_raw_csv_is_not_for_json(shell: Shell, verb: str, shape: tuple[str, ...]) -> None:
    result = shell(verb, *shape, "--raw-csv")
    assert (result.code, result.out) == (2, "")
    assert json.loads(result.err)["code"] == "usage"
