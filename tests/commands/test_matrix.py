"""Every command under every condition: exit status, what is printed, what is said of errors."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.command_line.exit_status import ALWAYS
from seedance_tui.command_line.json_schema import schema
from seedance_tui.command_line.parser import shared_options
from seedance_tui.command_line.run import run
from seedance_tui.demo import EVERY, Blob, Demo, running_demo
from seedance_tui.demo.faults import Answer
from tests.commands.conftest import KEY, TASKS, Main, Result, environ_in
from tests.commands.schemas import faults
from tests.core.media.clips import Recipe, make

DONE, FAILED, DEAD = "asyntask_done1", "asyntask_failed1", "asyntask_expired1"
NONE, OPEN = "asyntask_none1", "asyntask_open1"

OFFLINE = ("add", "edit", "remove", "history", "paths", "schema", "completion", "help")
PICTURES = ("frames", "compare")
"""What prints records of pictures."""
ASKING = ("list", "show", "link", "wait", "download", "export", "doctor", *PICTURES)
COMMANDS = (*OFFLINE, *ASKING)
ENDLESS = ("watch",)
"""What ends by a signal, a refused key or a mistake alone."""
FOR_PEOPLE = ("doctor", "paths", "schema", "completion", "help")
"""What prints no record of a task."""
WITH_IDS = (*OFFLINE[:4], "show", "link", "wait", "download", *PICTURES, *ENDLESS)
OPTIONS: Mapping[str, Sequence[str]] = {
    "completion": ("fish",),
    "help": ("exit",),
    "edit": ("--label", "tea"),
    "compare": ("asyntask_ultra1",),
    "wait": ("--timeout", "1", "--grace", "0"),
    "download": ("--timeout", "20"),
}


def argv(command: str, task_id: str) -> list[str]:
    """Return a command line about one task, or about the list."""
    ids = [task_id] if command in WITH_IDS else []
    return [command, *ids, *OPTIONS.get(command, ()), "--json"]


def values(result: Result) -> list[Any]:
    """Read what was printed: an array, an object, or lines."""
    if result.out.startswith(("[", "{\n")):
        read = json.loads(result.out)
        return read if isinstance(read, list) else [read]
    return [json.loads(line) for line in result.out.splitlines()]


def check(command: str, result: Result) -> None:
    """Hold standard output against the schema, standard error against that of errors.

    The exit status is one that the help of the command tells.
    """
    assert result.code in {*ALWAYS, *import_module(f"seedance_tui.commands.{command}").STATUSES}
    shape = {"history": "event", "watch": "event"}.get(command, "task")
    if command not in (*FOR_PEOPLE, *PICTURES):
        assert [f for value in values(result) for f in faults(value, schema(shape))] == []  # type: ignore[arg-type]
    for line in result.err.splitlines():
        if line.startswith("{"):
            assert not list(faults(json.loads(line), schema("error")))  # type: ignore[arg-type]
        else:
            assert line.startswith("seedance-tui: "), line
    assert "Traceback" not in result.err
    assert "\x1b" not in result.out + result.err


def statuses(**others: int) -> list[tuple[str, int]]:
    """Return each command with the exit status that is expected; 0 of those not named."""
    return [(command, others.get(command, 0)) for command in COMMANDS]


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Blob:
    """A short video that has pictures."""
    return Blob.of(
        make(Recipe("clip", movflags="faststart"), tmp_path_factory.mktemp("clip")).read_bytes()
    )


@pytest.fixture(scope="session")
def heard(clip: Blob, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Path]]:
    """A demo that no test changes, and a folder where three of its tasks were added and shown."""
    folder = tmp_path_factory.mktemp("heard")
    with running_demo(Demo(key=KEY, scenario=TASKS)) as demo:
        for task in demo.tasks:
            demo.add(task, video=clip, original=clip)
        environ = environ_in(folder) | {"ANYFAST_BASE_URL": demo.url}
        for command in ("add", "show"):
            assert run(command, [DONE, FAILED, DEAD], [shared_options()], environ) == 0
        yield demo, folder


@pytest.fixture
def known(heard: tuple[Demo, Path], home: Path, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """The demo, three tasks on the list, and something heard of each."""
    demo, folder = heard
    for name in ("data", "state"):
        shutil.copytree(folder / name, home / name)
    monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
    monkeypatch.chdir(home)
    return demo


@pytest.mark.parametrize(("command", "code"), statuses())
def test_all_is_well(known: Demo, main: Main, command: str, code: int) -> None:
    result = main(*argv(command, DONE))
    assert (result.code, result.out != "") == (code, True)
    check(command, result)


NOT_FOUND = statuses(
    edit=4, remove=4, history=4, show=4, link=4, wait=4, download=4, frames=4, compare=4
)


@pytest.mark.parametrize(("command", "code"), NOT_FOUND)
def test_a_task_is_not_found(demo: Demo, main: Main, command: str, code: int) -> None:
    result = main(*argv(command, NONE))
    assert result.code == code
    check(command, result)
    if command in WITH_IDS:
        assert values(result), "every ID has a record"


@pytest.mark.parametrize("key", ["", "wrong-key-0123456789"])
@pytest.mark.parametrize("command", (*COMMANDS, *ENDLESS))
def test_the_key_is_missing_or_refused(
    demo: Demo, main: Main, monkeypatch: pytest.MonkeyPatch, command: str, key: str
) -> None:
    main("add", DONE)
    monkeypatch.setenv("ANYFAST_API_KEY", key)
    result = main(*argv(command, DONE))
    expected = 3 if command in (*ASKING, *ENDLESS) else 4 if command == "history" else 0
    assert result.code == expected
    check(command, result)
    if command == "watch":
        assert DONE in {value["task"]["id"] for value in values(result) if value["task"]}
    if expected == 3 and command not in ("doctor", *ENDLESS):  # which say it in what they print
        errors = [json.loads(line) for line in result.err.splitlines() if line.startswith("{")]
        assert {error["code"] for error in errors} == {"key_refused" if key else "key_missing"}


@pytest.mark.parametrize("trouble", ["address", "network", "rate"])
@pytest.mark.parametrize("command", ASKING)
def test_the_gateway_cannot_be_asked(
    demo: Demo, main: Main, monkeypatch: pytest.MonkeyPatch, command: str, trouble: str
) -> None:
    main("add", DONE)
    if trouble == "address":
        monkeypatch.setenv("ANYFAST_BASE_URL", f"{demo.url}/nowhere")
    elif trouble == "network":
        monkeypatch.setenv("ANYFAST_BASE_URL", "http://127.0.0.1:9")
    else:
        demo.gateway.faults.push(EVERY, Answer(429), times=None)
    result = main(*argv(command, DONE))
    assert result.code == (0 if (command, trouble) == ("doctor", "rate") else 7)
    check(command, result)


@pytest.mark.parametrize(
    ("command", "code"), statuses(link=5, wait=5, download=5, frames=5, compare=5)
)
def test_a_task_has_failed(known: Demo, main: Main, command: str, code: int) -> None:
    result = main(*argv(command, FAILED))
    assert result.code == code
    check(command, result)


@pytest.mark.parametrize(
    ("command", "code"), statuses(link=8, wait=8, download=8, frames=8, compare=8)
)
def test_a_task_is_not_finished(demo: Demo, main: Main, command: str, code: int) -> None:
    main("add", OPEN)
    main("show", OPEN)
    times = ("--timeout", "0") if command == "wait" else ()
    result = main(*argv(command, OPEN), *times)
    assert result.code == code
    check(command, result)


@pytest.mark.parametrize(("command", "code"), statuses(link=9, download=9, frames=9, compare=9))
def test_a_link_has_expired(known: Demo, main: Main, command: str, code: int) -> None:
    result = main(*argv(command, DEAD))
    assert result.code == code
    check(command, result)


@pytest.mark.parametrize("command", (*COMMANDS, *ENDLESS))
def test_a_word_is_no_id(known: Demo, main: Main, command: str) -> None:
    words = argv(command, "nonsense")
    if command in ("list", "export"):
        words += ["--filter", "nonsense:1"]
    elif command not in WITH_IDS:
        words[1:1] = ["nonsense"]
    result = main(*words)
    assert result.code == 2
    (error,) = map(json.loads, result.err.splitlines())
    assert error["code"] == ("not_an_id" if command in WITH_IDS else "usage")


@pytest.mark.parametrize("command", (*COMMANDS, *ENDLESS))
def test_the_reader_of_a_pipe_goes_away(
    known: Demo, main: Main, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        result = main(*argv(command, DONE))
    assert (result.code, result.err) == (141, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_it_is_interrupted(
    known: Demo, main: Main, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def interrupt(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    for writes in ("_written", "safe"):
        monkeypatch.setattr(f"seedance_tui.command_line.output.{writes}", interrupt)
    assert main(*argv(command, DONE)) == Result(130, "", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_on_a_pipe_there_are_tabs_and_no_head_and_the_id_first(
    known: Demo, main: Main, command: str
) -> None:
    result = main(*(word for word in argv(command, DONE) if word != "--json"))
    assert (result.code, "\x1b" in result.out) == (0, False)
    if command in ("link", "download", "schema", "export", "completion", "help", *PICTURES):
        return  # a link, a path, JSON, CSV, a script and text
    rows = [line.split("\t") for line in result.out.splitlines()]
    assert min(map(len, rows)) >= 2
    if command in (*WITH_IDS, "list"):
        assert rows[0][0] == DONE


@pytest.mark.parametrize("command", COMMANDS)
def test_in_chinese_the_sentences_alone_are_other_ones(
    known: Demo, main: Main, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    result = main(*argv(command, DONE))
    assert (result.code, result.out.isascii()) == (0, command not in ("completion", "help"))
    check(command, result)
    assert main(command, "--nonsense").code == 2
    wrong = main(command, "--nonsense", "--json")
    assert json.loads(wrong.err)["code"] == "usage"
    assert not json.loads(wrong.err)["message"].isascii()
