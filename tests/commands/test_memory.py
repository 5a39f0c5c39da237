"""What was heard is remembered by every command, and asked about no more once it has ended."""

import json
import tomllib
from pathlib import Path

import pytest

from seedance_tui.core.downloads.ledger import Ledger
from seedance_tui.core.history.history import History
from seedance_tui.core.watchlist import _document
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, Fault, Html
from tests.commands.conftest import Shell

DONE, OPEN = "asyntask_done1", "asyntask_open1"


@pytest.mark.parametrize("verb", ["show", "link", "wait", "download", "list", "export"])
def test_what_a_command_has_heard_is_in_the_history(
    demo: Demo, shell: Shell, home: Path, verb: str
) -> None:
    shell("add", DONE)
    shell(verb, *(() if verb in ("list", "export") else (DONE,)))
    history = History(home / "state/seedance-tui/history.db")
    assert [one.id for one in history.latest()] == [DONE]


@pytest.mark.parametrize("verb", ["show", "link", "wait", "download", "list", "export"])
def test_nobody_is_asked_again_about_a_task_that_has_ended(
    demo: Demo, shell: Shell, verb: str
) -> None:
    words = () if verb in ("list", "export") else (DONE,)
    shell("add", DONE)
    shell("show", DONE)
    asked = len(demo.gateway.requests)
    assert shell(verb, *words).code == 0
    assert len(demo.gateway.requests) == asked
    if verb != "link":
        assert shell(verb, *words, "--refresh").code == 0
        assert len(demo.gateway.requests) == asked + 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(401, body=b'{"error": {"message": "Invalid token"}}'), 3),
        (Answer(404, body=b'{"code": "task_not_found", "message": "task not found"}'), 4),
        (Answer(200, body=b'{"code": "success", "data": null}'), 7),
        (Answer(502), 7),
        (Html(403), 7),
    ],
)
@pytest.mark.parametrize("words", [("download",), ("download", "--wait"), ("wait", "--save")])
def test_a_video_whose_link_is_known_is_saved_though_nobody_answers_again(
    demo: Demo, shell: Shell, home: Path, words: tuple[str, ...], answer: Fault, code: int
) -> None:
    shell("show", DONE)
    demo.gateway.faults.push(EVERY, answer, times=None)
    verb, *options = words
    result = shell(verb, DONE, *options, "--refresh", "--timeout", "0", "--json")
    (record,) = map(json.loads, result.lines)
    assert (result.code, record["error"]["exit"]) == (code, code)
    assert Path(record["files"]["result"]["path"]).is_file()


def test_who_asks_saves_nothing_by_the_way(demo: Demo, shell: Shell, home: Path) -> None:
    (home / "config/seedance-tui").mkdir(parents=True)
    settings = home / "config/seedance-tui/config.toml"
    settings.write_text('[guard]\nauto_save = "result"\n', encoding="utf-8")
    shell("show", DONE)
    shell("link", DONE)
    assert Ledger(home / "state/seedance-tui/history.downloads.db").records() == ()


def test_an_open_task_is_asked_about_each_time(demo: Demo, shell: Shell) -> None:
    shell("show", OPEN)
    shell("show", OPEN)
    assert len(demo.gateway.requests) == 2


def test_without_a_network_what_has_ended_is_known(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("show", DONE)
    monkeypatch.setenv("ANYFAST_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.delenv("ANYFAST_API_KEY")
    (record,) = shell("show", DONE, "--json").json
    assert (record["phase"], record["error"]) == ("done", None)


def test_one_task_is_read_out_of_a_long_list_without_the_others(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("add", DONE, OPEN, "--label", "tea")

    def read_all(content: bytes) -> None:
        raise AssertionError("the whole list is read")

    monkeypatch.setattr(_document, "parse", read_all)
    monkeypatch.setattr("seedance_tui.core.watchlist.file.parse", read_all)
    for verb in ("show", "wait", "link", "history", "download"):
        result = shell(verb, DONE, "--json")
        assert (result.code, '"label": "tea"' in result.out) == (0, True), verb
    assert shell("add", "asyntask_new1", "--tag", "x").code == 0


def test_what_is_added_at_the_end_leaves_the_rest_of_the_file_as_it_is(
    shell: Shell, home: Path
) -> None:
    path = home / "data/seedance-tui/watchlist.toml"
    shell("add", "asyntask_a1", "asyntask_b2")
    before = path.read_bytes()
    result = shell("add", "asyntask_b2", "asyntask_c3", "--note", 'a "note"\n[[tasks]]')
    assert result.lines == ["asyntask_b2\talready on the list", "asyntask_c3\tadded"]
    assert path.read_bytes().startswith(before)
    tasks = tomllib.loads(path.read_text("utf-8"))["tasks"]
    assert [task["id"] for task in tasks] == ["asyntask_a1", "asyntask_b2", "asyntask_c3"]
    assert tasks[2]["note"] == 'a "note"\n[[tasks]]'


@pytest.mark.parametrize("end", ["broken =", '[[tasks]]\nid = "asyntask_c3', "[other]\nx = 1\n"])
def test_a_list_whose_end_is_not_as_the_program_writes_it_is_read_whole(
    shell: Shell, home: Path, end: str
) -> None:
    path = home / "data/seedance-tui/watchlist.toml"
    shell("add", "asyntask_a1")
    path.write_text(path.read_text("utf-8") + f"\n{end}", "utf-8")
    assert shell("add", "asyntask_b2").code == 0
    tasks = tomllib.loads(path.read_text("utf-8"))["tasks"]
    assert {"asyntask_a1", "asyntask_b2"} <= {task["id"] for task in tasks}
