"""`add`, `remove` and `paths`: the watch list from the command line."""

import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import Shell


def watchlist(home: Path) -> list[dict[str, Any]]:
    text = (home / "data/seedance-tui/watchlist.toml").read_text("utf-8")
    tasks: list[dict[str, Any]] = tomllib.loads(text)["tasks"]
    return tasks


def test_added_tasks_are_told_and_are_in_the_file(shell: Shell, home: Path) -> None:
    result = shell("add", "asyntask_a1", "any-form-at-all-7", "--label", "雨中的街")
    assert result.code == 0
    assert result.lines == ["asyntask_a1\tadded", "any-form-at-all-7\tadded"]
    assert [(t["id"], t["label"]) for t in watchlist(home)] == [
        ("asyntask_a1", "雨中的街"),
        ("any-form-at-all-7", "雨中的街"),
    ]


def test_options_may_stand_between_ids(shell: Shell, home: Path) -> None:
    assert shell("add", "asyntask_a1", "--label", "x", "asyntask_b2").code == 0
    assert len(watchlist(home)) == 2


def test_an_id_may_begin_with_a_dash(shell: Shell, home: Path) -> None:
    assert shell("add", "--", "-odd-1").code == 0
    assert watchlist(home)[0]["id"] == "-odd-1"


def test_a_task_is_added_once(shell: Shell, home: Path) -> None:
    shell("add", "asyntask_a1")
    result = shell("add", "asyntask_a1", "asyntask_b2")
    assert result.code == 0
    assert result.lines == ["asyntask_a1\talready on the list", "asyntask_b2\tadded"]
    assert len(watchlist(home)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "https://www.anyfast.com.cn/v1/video/generations/asyntask_a1",
        '{"code":"success","data":{"task_id":"asyntask_a1","data":{"id":"cgt-20260427191505-x"}}}',
        "submitted asyntask_a1, thanks",
    ],
)
def test_a_pasted_text_is_searched(shell: Shell, home: Path, text: str) -> None:
    assert shell("add", text).code == 0
    assert [task["id"] for task in watchlist(home)] == ["asyntask_a1"]


def test_standard_input_is_searched(
    shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.TextIOWrapper(io.BytesIO("任务:asyntask_a1\nasyntask_b2\n".encode()))
    monkeypatch.setattr("sys.stdin", text)
    records = shell("add", "-", "--json").json
    assert [record["id"] for record in records] == ["asyntask_a1", "asyntask_b2"]


def test_nothing_usable_is_a_mistake_of_usage(shell: Shell, home: Path) -> None:
    result = shell("add", "hello world")
    assert result.code == 2
    assert result.lines == ["hello world\tnot a task ID"]
    assert result.err == "seedance-tui: hello world is not a task ID\n"
    assert shell("add", "").code == 2
    assert shell("add", "asyntask_abc…").code == 2
    assert shell("add").code == 2


def test_control_codes_of_an_id_reach_no_terminal(shell: Shell) -> None:
    result = shell("add", "a\x1b[31mb", "fine-1")
    assert result.code == 2
    assert "fine-1\tadded" in result.lines
    assert "\x1b" not in result.out + result.err


def test_removing_goes_on_past_a_task_that_is_not_there(shell: Shell, home: Path) -> None:
    shell("add", "asyntask_a1", "asyntask_b2", "asyntask_c3")
    result = shell("remove", "asyntask_a1", "asyntask_no9", "asyntask_c3")
    assert result.code == 4
    assert result.lines == ["asyntask_a1\tremoved", "asyntask_c3\tremoved"]
    assert result.err == "seedance-tui: asyntask_no9: not on the watch list\n"
    assert [task["id"] for task in watchlist(home)] == ["asyntask_b2"]


def test_an_id_of_odd_form_in_the_file_can_be_removed(shell: Shell, home: Path) -> None:
    path = home / "data/seedance-tui/watchlist.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[tasks]]\nid = "my odd id"\n')
    (record,) = shell("remove", "my odd id", "--json").json
    assert (record["id"], record["error"]) == ("my odd id", None)
    assert shell("list", "--offline").out == ""


def test_a_key_that_cannot_be_read_matters_only_where_one_is_needed(
    shell: Shell, home: Path
) -> None:
    assert shell("add", "asyntask_a1", "--api-key-file", "/nowhere").code == 0
    assert shell("list", "--offline", "--api-key-file", "/nowhere").code == 0
    result = shell("list", "--api-key-file", "/nowhere")
    assert result.code == 3
    assert result.err.count("\n") == 1


def test_paths_says_where_everything_is(shell: Shell, home: Path) -> None:
    assert shell("paths", "--json").json == {
        "config": str(home / "config/seedance-tui/config.toml"),
        "api_key": str(home / "config/seedance-tui/api-key"),
        "watchlist": str(home / "data/seedance-tui/watchlist.toml"),
        "archive": str(home / "data/seedance-tui/watchlist.archive.toml"),
        "history": str(home / "state/seedance-tui/history.db"),
        "queue": str(home / "state/seedance-tui/history.downloads.db"),
        "questions": str(home / "state/seedance-tui/history.questions.db"),
        "choices": str(home / "data/seedance-tui/watchlist.choices.toml"),
        "download_dir": str(home / "videos"),
        "posters": str(home / "cache/seedance-tui/posters"),
        "log": str(home / "state/seedance-tui/seedance-tui.log"),
    }
    assert len(shell("paths").lines) == len(shell("paths", "--json").json)


def test_a_config_file_that_is_not_there_is_a_mistake_of_usage(shell: Shell) -> None:
    result = shell("paths", "--config", "/nowhere/config.toml")
    assert (result.code, result.err) == (2, "seedance-tui: /nowhere/config.toml: no such file\n")


def test_a_watch_list_that_cannot_be_written_is_an_error_of_the_disk(
    shell: Shell, home: Path
) -> None:
    (home / "file").touch()
    result = shell("add", "asyntask_a1", "--watchlist", str(home / "file/watchlist.toml"))
    assert result.code == 6
    assert result.err.startswith("seedance-tui: ")
    assert result.err.count("\n") == 1


def test_a_damaged_watch_list_is_told_and_read_as_far_as_possible(shell: Shell, home: Path) -> None:
    path = home / "data/seedance-tui/watchlist.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[tasks]]\nid = "asyntask_a1"\n[[tasks]]\nid = \n')
    result = shell("list", "--offline")
    assert (result.code, len(result.lines)) == (1, 1)
    assert f"the watch list {path} is damaged" in result.err


WHOLE_LIST = [
    ("list", "--offline"),
    ("export", "--offline"),
    ("wait",),
    ("wait", "--filter", "tag:x"),
    ("download",),
    ("watch",),
    ("remove", "--filter", "tag:x"),
]


@pytest.fixture
def garbage(home: Path) -> Path:
    path = home / "data/seedance-tui/watchlist.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff garbage")
    return path


@pytest.mark.parametrize("argv", WHOLE_LIST)
def test_a_verb_that_needs_the_whole_list_ends_with_1_where_none_can_be_read(
    demo: Demo, shell: Shell, garbage: Path, argv: tuple[str, ...]
) -> None:
    result = shell(*argv, "--json", "--quiet")
    told = json.loads(result.err)
    assert (result.code, told["code"], told["exit"]) == (1, "setup", 1)
    assert str(garbage) in told["message"]
    result = shell(*argv, "-q")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert f"the watch list {garbage} is damaged: " in result.err
    assert garbage.read_bytes() == b"\xff garbage"


@pytest.mark.parametrize("argv", [("list",), ("wait",)])
def test_a_damaged_list_is_not_called_empty(
    demo: Demo, shell: Shell, garbage: Path, argv: tuple[str, ...]
) -> None:
    err = shell(*argv).err
    assert "empty" not in err
    assert "no unfinished tasks" not in err


def test_of_a_damaged_list_what_is_readable_is_used_and_the_status_is_1(
    demo: Demo, shell: Shell, garbage: Path, home: Path
) -> None:
    garbage.write_text('[[tasks]]\nid = "asyntask_done1"\n[[tasks]]\nid = \n')
    result = shell("list", "--json")
    assert result.code == 1
    assert [record["status"] for record in result.json] == ["SUCCESS"]
    assert shell("download").code == 1
    assert list((home / "videos").glob("*.mp4"))


def test_named_tasks_do_not_need_a_list_that_can_be_read(
    demo: Demo, shell: Shell, garbage: Path
) -> None:
    assert shell("show", "asyntask_done1").code == 0
    assert shell("wait", "asyntask_done1").code == 0
    assert shell("remove", "asyntask_done1").code == 4


def test_it_is_said_where_a_damaged_list_was_put(shell: Shell, garbage: Path) -> None:
    result = shell("add", "asyntask_a1")
    aside = garbage.with_name("watchlist.toml.damaged-1")
    assert result.code == 0
    assert result.err == f"seedance-tui: the damaged watch list was backed up to {aside}\n"
    assert shell("list", "--offline").code == 0


def test_an_id_with_a_dash_may_stand_behind_others_and_options(shell: Shell, home: Path) -> None:
    result = shell("show", "asyntask_a1", "--offline", "--json", "--", "-x123456", "--json")
    assert [record["input"] for record in result.json] == ["asyntask_a1", "-x123456", "--json"]
    assert shell("add", "asyntask_a1", "--label=x", "--", "-x123456").code == 0
    assert [(one["id"], one["label"]) for one in watchlist(home)] == [
        ("asyntask_a1", "x"),
        ("-x123456", "x"),
    ]


@pytest.mark.parametrize(
    ("argv", "is_hinted"),
    [
        (("show", "-x123456"), True),
        (("show", "asyntask_a1", "-x123456"), True),
        (("wait", "-x123456"), True),
        (("list", "-x123456"), False),
        (("show", "-x"), False),
        (("show",), False),
    ],
)
def test_an_id_with_a_dash_that_is_taken_for_an_option_has_a_hint(
    shell: Shell, argv: tuple[str, ...], is_hinted: bool
) -> None:
    result = shell(*argv)
    assert result.code == 2
    assert ("an ID that begins with a dash goes behind --" in result.err) is is_hinted
