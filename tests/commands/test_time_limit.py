"""`--timeout` holds for all that a verb does, and 0 is one question about each task."""

import asyncio
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from seedance_tui.api.transfer.claims import Owner
from seedance_tui.api.transfer.part_file import Part
from seedance_tui.command_line.time_limit import BLOCKING, TimeLimit
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, BlackHole, Fault, Reset
from tests.commands.conftest import Shell

DONE = "asyntask_done1"
SOON = ("--timeout", "0.2")
ONCE = ("--timeout", "0")
ASKING = [
    ("wait", DONE),
    ("wait", DONE, "--save"),
    ("wait", "--all"),
    ("wait", "--filter", "id:done1"),
    ("wait", "--filter", "id:done1", "--refresh"),
    ("download", DONE),
    ("download", DONE, "--wait"),
    ("download", DONE, "-o", "-"),
    ("download", "--all"),
    ("download", "--filter", "id:done1"),
    ("download", "--filter", "id:done1", "--wait"),
]


@pytest.mark.parametrize("argv", [ASKING[place] for place in (0, 3, 5, 6, 9)], ids=" ".join)
def test_a_gateway_that_never_answers_is_given_up_in_time(
    demo: Demo, shell: Shell, argv: tuple[str, ...]
) -> None:
    shell("add", DONE)
    demo.gateway.faults.push(EVERY, BlackHole(), times=None)
    began = time.monotonic()
    result = shell(*argv, *SOON)
    assert time.monotonic() - began < 5
    assert result.code == 7
    assert "timed out" in result.err


def test_what_a_filter_may_have_missed_is_told(demo: Demo, shell: Shell) -> None:
    shell("add", DONE)
    demo.gateway.faults.push(EVERY, BlackHole(), times=None)
    result = shell("wait", "--filter", "status:done", *SOON, "--json")
    (told,) = map(json.loads, result.err.splitlines())
    assert (told["code"], told["exit"], result.code) == ("timeout", 7, 7)
    assert "the filter may have missed some" in told["message"]


def test_a_store_that_never_answers_is_given_up_in_time(demo: Demo, shell: Shell) -> None:
    assert shell("download", DONE).code == 0
    demo.store.faults.push(EVERY, BlackHole(), times=None)
    result = shell("download", DONE, "--verify", *SOON, "--json")
    assert result.code == 7
    (record,) = map(json.loads, result.lines)
    (told,) = map(json.loads, result.err.splitlines())
    assert record["error"]["code"] == told["code"] == "timeout"


@pytest.mark.parametrize(
    ("answer", "code"), [(Answer(502), 7), (Answer(429), 7), (Reset(), 7), (Answer(401), 3)]
)
def test_a_time_of_0_is_one_question_about_each_task(
    demo: Demo, shell: Shell, pauses: list[float], answer: Fault, code: int
) -> None:
    shell("add", DONE)
    demo.gateway.faults.push(EVERY, answer, times=None)
    for argv in ASKING:
        demo.gateway.requests.clear()
        assert shell(*argv, *ONCE).code == code, argv
        assert (len(demo.gateway.requests), pauses) == (1, []), argv


def test_a_time_of_0_is_one_request_for_the_file(
    demo: Demo, shell: Shell, pauses: list[float]
) -> None:
    demo.store.faults.push(EVERY, Answer(503), times=None)
    assert shell("download", DONE, *ONCE).code == 7
    assert (len(demo.store.requests), pauses) == (1, [])


def test_a_time_of_0_waits_for_no_other_instance(demo: Demo, shell: Shell, home: Path) -> None:
    part = Part(home / "videos" / f"{DONE}.mp4", Owner(DONE, "result"))
    part.open()
    try:
        result = shell("download", DONE, *ONCE, "--json")
    finally:
        part.close()
    assert (result.code, json.loads(result.out)["error"]["code"]) == (6, "in_use")


def test_weather_while_a_filter_is_asked_ends_no_waiting(demo: Demo, shell: Shell) -> None:
    shell("add", DONE)
    demo.gateway.faults.push(EVERY, Reset(), times=4)
    assert shell("wait", "--filter", "id:done1", "--timeout", "20").code == 0


@pytest.mark.parametrize("verb", ["wait", "download"])
def test_what_could_not_be_asked_might_have_matched(demo: Demo, shell: Shell, verb: str) -> None:
    shell("add", DONE)
    demo.gateway.faults.push(EVERY, Reset(), times=None)
    assert shell(verb, "--filter", "status:done").code == 7


def test_a_hook_is_not_waited_for_when_the_time_is_over(
    demo: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedance_tui.command_line.running_hooks._MOMENT", 0.1)
    (home / "config/seedance-tui").mkdir(parents=True)
    settings = '[hooks]\non_success = ["sleep", "50"]\n'
    (home / "config/seedance-tui/config.toml").write_text(settings, encoding="utf-8")
    running = b'{"data": {"task_id": "asyntask_done1", "status": "IN_PROGRESS"}}'
    demo.gateway.faults.push(DONE, Answer(body=running))
    began = time.monotonic()
    result = shell("wait", DONE, "--save", "--timeout", "1")
    assert time.monotonic() - began < 10
    assert "hooks that were still running were stopped" in result.err


def test_a_command_for_the_key_is_given_up_in_time(
    demo: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANYFAST_API_KEY")
    (home / "config/seedance-tui").mkdir(parents=True)
    settings = 'api_key_command = "sleep 50"\n'
    (home / "config/seedance-tui/config.toml").write_text(settings, encoding="utf-8")
    began = time.monotonic()
    for argv in (("wait", DONE), ("download", DONE), ("wait", "--filter", "id:done1")):
        shell("add", DONE)
        result = shell(*argv, *SOON, "--json")
        remarks = [line for line in result.err.splitlines() if not line.startswith("{")]
        errors = [json.loads(line) for line in result.err.splitlines() if line.startswith("{")]
        (remark,) = remarks
        assert "api_key_command had not printed the key" in remark
        assert (result.code, {one["code"] for one in errors}) == (7, {"timeout"})
    assert time.monotonic() - began < 10


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, TextIO]]:
    """The two ends of a pipe; what waits there for ever is let go at the end."""
    reading, writing = os.pipe()
    reader = open(reading, encoding="utf-8", closefd=False)  # noqa: SIM115 -- see below
    writer = open(writing, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- see below
    yield reader, writer
    os.close(writing)
    os.close(reading)
    for thread in threading.enumerate():
        if thread.name == BLOCKING:
            thread.join()
    for end in (reader, writer):
        end.close()


@pytest.mark.parametrize("verb", ["wait", "download"])
@pytest.mark.parametrize("written", ["", DONE, f"{DONE}\n", f"{DONE}\n{DONE[:-3]}"])
def test_standard_input_that_does_not_end_is_given_up_in_time(
    demo: Demo,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    pipe: tuple[TextIO, TextIO],
    verb: str,
    written: str,
) -> None:
    reader, writer = pipe
    os.write(writer.fileno(), written.encode())
    monkeypatch.setattr("sys.stdin", reader)
    result = shell(verb, "-", *SOON, "--json")
    assert result.code == 7
    assert "standard input has not ended" in result.err
    assert [json.loads(line)["id"] for line in result.lines] == [DONE] * written.count("\n")
    assert not demo.gateway.requests


def test_a_reader_that_does_not_read_is_given_up_in_time(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, pipe: tuple[TextIO, TextIO]
) -> None:
    assert shell("download", DONE).code == 0
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", pipe[1])
        result = shell("download", DONE, "-o", "-", *SOON)
    assert result.code == 8
    assert "timed out, the file was not read to its end" in result.err


def test_a_disk_error_of_what_blocks_comes_out(tmp_path: Path) -> None:
    limit = TimeLimit(60)
    assert limit.allows_blocking(lambda: None)
    with pytest.raises(FileNotFoundError):
        limit.allows_blocking((tmp_path / "nothing").read_bytes)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_is_left_goes_down_to_nothing() -> None:
    clock = Clock()
    limit = TimeLimit(5, clock=clock)
    clock.now += 2
    assert limit.left == 3
    clock.now += 4
    assert limit.left == 0


@pytest.mark.parametrize("seconds", [None, 0])
async def test_without_an_end_all_is_allowed(seconds: float | None) -> None:
    clock = Clock()
    limit = TimeLimit(seconds, clock=clock)
    clock.now += 1e9
    assert await limit.allows(asyncio.sleep(0))
    assert limit.asks_once == (seconds == 0)


async def test_when_the_time_is_over_nothing_more_is_begun_that_takes_any() -> None:
    clock = Clock()
    limit = TimeLimit(5, clock=clock)
    clock.now += 6
    assert not await limit.allows(asyncio.sleep(50))


async def test_the_end_of_another_time_is_an_error_as_ever() -> None:
    async def work() -> None:
        raise TimeoutError("a disk")

    with pytest.raises(TimeoutError, match="a disk"):
        await TimeLimit(5).allows(work())
