"""`watch`: events until interrupted, alone and beside another instance."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.command_line.event_lines import EventType
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Answer, Stall
from tests.commands.conftest import KEY, Program, Shell
from tests.commands.schemas import faults

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals end it")
INTERVAL = 1.2
Event = dict[str, Any]


class Watch:
    """A `watch` that runs, and its events."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.process = process
        self.lines = process.stdout
        self.heard: list[Event] = []

    def next(self) -> Event:
        line = self.lines.readline()
        assert line, f"{self.heard}, {self.process.communicate()}"
        self.heard.append(json.loads(line))
        return self.heard[-1]

    @property
    def told(self) -> set[str | None]:
        """The IDs of the tasks that it has spoken of."""
        return {(event["task"] or {}).get("id") for event in self.heard}

    def until(self, kind: str, task_id: str | None = None) -> Event:
        """Read events up to the first of a kind, of a task."""
        while True:
            event = self.next()
            if event["type"] == kind and task_id in (None, (event["task"] or {}).get("id")):
                return event

    def ends(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal; return the exit status and what stands on standard error."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        self.heard += map(json.loads, out.splitlines())
        return self.process.returncode, err


@pytest.fixture
def watch(program: Program) -> Iterator[Callable[..., Watch]]:
    """Starts `watch --json`; what still runs at the end of the test is ended."""
    running: list[subprocess.Popen[str]] = []

    def start(*argv: str) -> Watch:
        running.append(program("watch", "--json", *argv))
        return Watch(running[-1])

    yield start
    for process in running:
        process.kill()
        process.communicate()


Start = Callable[..., Watch]


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """What the manager of services listens to."""
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("no such sockets")
    path = os.path.relpath(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(path)
        listening.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", path)
        yield listening


def settings(home: Path, text: str) -> None:
    path = home / "config" / "seedance-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_every_event_fits_its_schema_and_every_id_has_one(
    demo: Demo, shell: Shell, watch: Start
) -> None:
    running = watch("asyntask_done1", "asyntask_open1", "asyntask_failed1", "asyntask_none1", "odd")
    while {"asyntask_open1", "asyntask_none1"} - running.told:
        running.next()
    demo.set("asyntask_open1", "SUCCESS")
    running.until("ended", "asyntask_open1")
    code, _err = running.ends()
    assert code == 2, "a word was no ID"
    schema = shell("schema", "event").json
    assert schema["properties"]["type"]["enum"] == list(EventType)
    assert [fault for event in running.heard for fault in faults(event, schema)] == []
    told = {(event["type"], (event["task"] or {}).get("input")) for event in running.heard}
    assert told >= {
        ("ended", "asyntask_done1"),
        ("changed", "asyntask_open1"),
        ("ended", "asyntask_open1"),
        ("ended", "asyntask_failed1"),
        ("trouble", "asyntask_none1"),
        ("trouble", "odd"),
        ("summary", "asyntask_done1"),
    }


def test_what_ended_before_is_told_without_asking(
    demo: Demo, shell: Shell, watch: Start, home: Path
) -> None:
    first = watch("asyntask_done1")
    first.until("ended")
    assert first.ends() == (0, "")
    count = len(demo.gateway.requests)
    second = watch("asyntask_done1")
    second.until("ended")
    second.ends()
    assert len(demo.gateway.requests) == count


def test_a_task_that_ends_is_saved_and_its_hook_runs(
    demo: Demo, shell: Shell, watch: Start, home: Path, manager: socket.socket
) -> None:
    note = home / "hooked"
    command = ["sh", "-c", f'echo "$SEEDANCE_TASK_ID ${{ANYFAST_API_KEY:-}}" >> {note}']
    settings(home, f'[guard]\nauto_save = "result"\n[hooks]\non_success = {json.dumps(command)}\n')
    shell("add", "asyntask_open1")
    shell("show", "asyntask_open1")  # both know from the history that it was open
    running, other = watch(), watch()
    assert [manager.recv(100) for _one in (running, other)] == [b"READY=1"] * 2
    demo.set("asyntask_open1", "SUCCESS")
    path = running.until("saved", "asyntask_open1")["task"]["files"]["result"]["path"]
    assert Path(path).stat().st_size > 0
    other.until("ended", "asyntask_open1")
    assert running.ends() == (0, "")
    other.ends()
    assert note.read_text() == "asyntask_open1 \n", "once, and it gets no key"


def test_the_list_is_followed(watched: Demo, shell: Shell, watch: Start) -> None:
    shell("remove", "asyntask_open1")
    running = watch()
    running.until("ended", "asyntask_failed1")
    shell("add", "asyntask_open1")
    running.until("changed", "asyntask_open1")
    assert running.ends()[0] == 0


def test_a_filter_chooses_whose_events_are_told(watched: Demo, watch: Start) -> None:
    running = watch("--filter", "status:failed")
    running.until("ended", "asyntask_failed1")
    running.ends()
    assert running.told == {"asyntask_failed1"}


def test_ctrl_c_is_130_and_quiet(demo: Demo, watch: Start) -> None:
    running = watch("asyntask_open1")
    running.until("changed")
    assert running.ends(signal.SIGINT) == (130, "")


def test_nohup_is_heeded(demo: Demo, home: Path) -> None:
    command = [sys.executable, "-m", "seedance_tui", "watch", "--json", "asyntask_open1"]
    process = subprocess.Popen(
        ["nohup", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    running = Watch(process)
    running.until("changed")
    process.send_signal(signal.SIGHUP)
    demo.set("asyntask_open1", "SUCCESS")
    running.until("ended")
    assert running.ends()[0] == 0


def test_a_reader_who_goes_away_ends_it_though_nothing_happens(demo: Demo, watch: Start) -> None:
    running = watch("asyntask_open1")
    running.until("changed")
    running.lines.close()
    assert running.process.wait(timeout=30) == 141
    assert running.process.stderr
    assert running.process.stderr.read() == ""


def test_a_key_that_is_refused_at_first_ends_it_with_3(demo: Demo, watch: Start) -> None:
    demo.gateway.accept_key("another")
    running = watch("asyntask_open1")
    assert running.until("trouble")["error"]["code"] == "key_refused"
    assert running.process.wait(timeout=30) == 3


def test_no_trouble_ends_it_after_a_good_answer(demo: Demo, watch: Start) -> None:
    running = watch("asyntask_open1")
    running.until("changed")
    demo.gateway.accept_key("another")
    assert running.until("trouble")["error"]["code"] == "key_refused"
    demo.gateway.accept_key(KEY)
    demo.gateway.faults.push("asyntask_open1", Answer(502))
    running.until("trouble")
    demo.set("asyntask_open1", "FAILURE")
    running.until("ended")
    assert running.ends()[0] == 0


def test_sigterm_leaves_a_download_to_be_resumed(demo: Demo, watch: Start, home: Path) -> None:
    settings(home, '[guard]\nauto_save = "result"\n')
    demo.add(demo.gateway.tasks["asyntask_done1"], video=Blob.virtual(300_000))
    demo.store.faults.push(EVERY, Stall(100_000))
    running = watch("asyntask_done1")
    running.until("ended")
    part = home / "videos" / "asyntask_done1.mp4.part"
    deadline = time.monotonic() + 30
    while not part.exists() or part.stat().st_size < 100_000:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert running.ends()[0] == 0
    assert part.stat().st_size == 100_000
    again = watch("asyntask_done1")
    again.until("saved")
    assert again.ends()[0] == 0
    assert {request.headers.get("range") for request in demo.store.requests} >= {"bytes=100000-"}


def test_the_service_manager_is_told_that_it_is_ready_and_that_it_stops(
    demo: Demo, watch: Start, manager: socket.socket
) -> None:
    running = watch("asyntask_open1")
    assert manager.recv(100) == b"READY=1"
    running.ends()
    assert manager.recv(100) == b"STOPPING=1"


def test_two_ask_once_an_interval_and_one_takes_over_from_a_killed_one(
    watched: Demo, watch: Start, manager: socket.socket
) -> None:
    first, second = watch("--interval", f"{INTERVAL}"), watch("--interval", f"{INTERVAL}")
    assert [manager.recv(100) for _one in (first, second)] == [b"READY=1"] * 2
    for progress in ("10%", "20%", "30%"):
        watched.set("asyntask_open1", "IN_PROGRESS", progress=progress)
        share = float(progress[:-1]) / 100
        for running in (first, second):
            while running.until("changed")["task"]["progress"] != share:
                pass
    first.process.kill()
    killed = time.time()
    watched.set("asyntask_open1", "SUCCESS")
    second.until("ended", "asyntask_open1")
    assert time.time() - killed < 2.5 * INTERVAL
    second.ends()
    asked = defaultdict(list)
    for request in watched.gateway.requests:
        asked[request.path].append(request.time)
    gaps = [b - a for times in asked.values() for a, b in pairwise(times)]
    assert min(gaps) > INTERVAL / 3, "no question twice within an interval"
    assert len(asked) == len(watched.tasks)


def test_what_it_has_just_heard_is_handed_on_to_who_asks_meanwhile(
    demo: Demo, shell: Shell, watch: Start
) -> None:
    running = watch("asyntask_open1", "--interval", "60")
    heard = running.until("changed", "asyntask_open1")["task"]
    asked = len(demo.gateway.requests)
    shell("add", "asyntask_open1")
    for words in (("show", "asyntask_open1"), ("list",), ("export",)):
        (told,) = shell(*words, "--interval", "60", "--json").json
        assert (told["asked_at"], told["error"]) == (heard["asked_at"], None)
    still = shell("wait", "asyntask_open1", "--interval", "60", "--timeout", "0")
    assert (still.code, len(demo.gateway.requests)) == (8, asked)
    shell("show", "asyntask_open1", "--interval", "60", "--refresh")
    assert len(demo.gateway.requests) == asked + 1
    running.ends()
    shell("show", "asyntask_open1", "--interval", "60")
    assert len(demo.gateway.requests) == asked + 2, "it runs no more"


@pytest.mark.parametrize("argv", [("odd",), ("odd word", "--json"), ("--filter", "age<soon")])
def test_a_wrong_command_line_is_2(demo: Demo, shell: Shell, argv: tuple[str, ...]) -> None:
    assert shell("watch", *argv).code == 2


def test_nothing_on_standard_input_is_0(demo: Demo, program: Program) -> None:
    process = program("watch", "-")
    assert process.communicate("", timeout=30) == ("", "")
    assert process.returncode == 0


def test_text_is_one_line_an_event(demo: Demo, program: Program) -> None:
    process = program("watch", "asyntask_open1", "asyntask_failed1")
    assert process.stdout
    words = [process.stdout.readline().split() for _ in range(2)]
    assert {tuple(line[1:4]) for line in words} == {
        ("changed", "asyntask_open1", "QUEUED"),
        ("ended", "asyntask_failed1", "FAILURE"),
    }
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0
