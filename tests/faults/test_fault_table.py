"""The fault table: whatever the gateway and the network do, and what is promised meanwhile.

Each row is made on a real socket, before the whole program: client, session and screen, or a verb.
"""

from __future__ import annotations

import gc
import json
import time
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio

from seedance_tui.demo import EVERY, Demo, DemoTask, ManualClock, Stage, running_demo
from seedance_tui.demo.faults import (
    Answer,
    BlackHole,
    Cut,
    EmptyBody,
    FalseLength,
    Fault,
    GzipBomb,
    Html,
    Huge,
    Raw,
    Redirect,
    Reset,
    Slow,
)
from tests.faults.conftest import Added, Monitor, Monitoring, Seen, Shell

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
NEXT = "asyntask_nextNEXTnextNEXTnextNEXTnext0003"
MEBIBYTE = 1024 * 1024

TASKS = (
    DemoTask(
        DONE, "", (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
    ),
    DemoTask(OPEN, "", (Stage(-60, "NOT_START"), Stage(-50, "IN_PROGRESS", "30%"))),
    DemoTask(NEXT, "", (Stage(-60, "NOT_START"), Stage(-50, "IN_PROGRESS", "40%"))),
)

STALE, NOT_FOUND = "◐ Running stale", "◐ Running not found"

UNREACHABLE = "Cannot reach the gateway; retrying."
TOO_SLOW = "Gateway timeout; retrying."
NO_TASK = "Invalid response from the gateway; retrying."
FAULTY = "Gateway error; retrying."
SLOW_DOWN = "Rate-limited by the gateway; retrying later."
REFUSED = "API key rejected. Check the key and its quota, then press R."
FORBIDDEN = "Access denied for this API key or IP address. Check it, then press R."
ELSEWHERE = "The base URL does not point to the API: check base_url."
PAGE = "The base URL leads to a web page, not to the API: check base_url."
ALL_WELL = "updated 0s ago"


def says(status: int, answer: object, **headers: str) -> Answer:
    """An answer in the gateway's own shape; `_` stands for the dash of a header."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    json_type = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, json_type | names, json.dumps(answer).encode())


def error(message: str, code: str = "") -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "type": "new_api_error"}}


def refusal(code: str) -> dict[str, Any]:
    return {"code": code, "message": code, "data": None}


def fault(value: Fault) -> Callable[[Demo], Fault]:
    return lambda demo: value


@dataclass(frozen=True)
class Row:
    """A fault and what is promised while it lasts.

    `fault` is what the gateway does; without one nothing listens at `address`, or something else.
    `row` and `status` are of the screen, `show` and `wait` are exit statuses: for `wait` the fault
    is over after one question, but for those of an address.
    """

    name: str
    fault: Callable[[Demo], Fault] | None
    row: str
    status: str
    show: int
    wait: int
    address: str = "{url}"
    at_start: str = ""
    """What the status line says if no task was ever answered: asking then stops until `R`."""
    asks_on: bool = True
    """Whether asking goes on after a good answer; if not, it waits for `R`."""

    @contextmanager
    def happening(self, monitor: Monitor, task_id: str) -> Iterator[None]:
        """The fault, from here on, for one task, or for every one."""
        faults, url = monitor.demo.gateway.faults, monitor.demo.url
        if self.fault:
            faults.push(task_id, self.fault(monitor.demo), times=None)
        else:
            monitor.client.base_url = self.asked_at(url, monitor.closed_port)
        try:
            with self.waited_for():
                yield
        finally:
            faults.clear()
            monitor.client.base_url = url

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Lose patience soon where no answer is the fault; else a busy machine would look so."""
        with pytest.MonkeyPatch.context() as patch:
            if self.status == TOO_SLOW:
                patch.setattr("seedance_tui.api.client._WHOLE_ANSWER", 0.4)
            yield

    @property
    def has_handshakes(self) -> bool:
        return self.address.startswith("https:")

    def asked_at(self, url: str, closed_port: int) -> str:
        plain = url.removeprefix("http://")
        return self.address.format(url=url, plain=plain, closed_port=closed_port)


def weather(
    name: str,
    make: Callable[[Demo], Fault] | None,
    status: str,
    show: int = 7,
    wait: int = 0,
    **more: Any,
) -> Row:
    return Row(name, make, STALE, status, show, wait, **more)


TABLE = (
    weather("port refused", None, UNREACHABLE, wait=7, address="http://127.0.0.1:{closed_port}"),
    weather("no such name", None, UNREACHABLE, wait=7, address="http://name.invalid"),
    weather("TLS failure", None, UNREACHABLE, wait=7, address="https://{plain}"),
    weather("reset", fault(Reset()), UNREACHABLE),
    weather("hung up on", fault(Raw(b"")), UNREACHABLE),
    weather("no HTTP at all", fault(Raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")), UNREACHABLE),
    weather("black hole", fault(BlackHole()), TOO_SLOW),
    weather("slow drip", fault(Slow(20)), TOO_SLOW),
    weather("body cut off", fault(Cut(20)), UNREACHABLE),
    weather("length too long", fault(FalseLength(9_999)), UNREACHABLE),
    weather("length too short", fault(FalseLength(20)), NO_TASK),
    weather("page, 200", fault(Html(200)), NO_TASK, at_start=PAGE),
    weather("page, 502", fault(Html(502)), FAULTY),
    weather("page, 504", fault(Html(504)), FAULTY),
    weather("empty body", fault(EmptyBody()), NO_TASK),
    weather("broken JSON", fault(Answer(body=b'{"code":"success","data":{"ta')), NO_TASK),
    weather("huge body", fault(Huge(64 * MEBIBYTE)), NO_TASK),
    weather("gzip bomb", fault(GzipBomb(64)), NO_TASK),
    weather(
        "redirect to another host",
        lambda demo: Redirect(f"{demo.store.url}/v1/video/generations/{OPEN}"),
        NO_TASK,
        wait=7,
        at_start=ELSEWHERE,
    ),
    weather(
        "404 Invalid URL",
        fault(says(404, error("Invalid URL (GET /v1/video/generations/x)"))),
        NO_TASK,
        wait=7,
        at_start=ELSEWHERE,
    ),
    Row(
        "400 task_not_exist", fault(says(400, refusal("task_not_exist"))), NOT_FOUND, ALL_WELL, 4, 4
    ),
    Row("404 by the seed", fault(says(404, refusal("not_found"))), NOT_FOUND, ALL_WELL, 4, 4),
    Row(
        "401",
        fault(says(401, error("Invalid token sk-test-key-o***789"))),
        STALE,
        REFUSED,
        3,
        3,
        at_start=REFUSED,
        asks_on=False,
    ),
    weather(
        "403",
        fault(says(403, error("您的 IP 不在允许访问的列表中"))),
        FORBIDDEN,
        show=3,
        wait=3,
        at_start=FORBIDDEN,
    ),
    weather("408", fault(EmptyBody(408)), SLOW_DOWN),
    weather("429 with Retry-After", fault(says(429, {}, Retry_After="1")), SLOW_DOWN),
    weather("429 with empty body", fault(EmptyBody(429)), SLOW_DOWN),
    weather("429 as envelope", fault(says(429, refusal("upstream_saturated"))), SLOW_DOWN),
    weather("500", fault(says(500, error("panic"))), FAULTY),
    weather("503", fault(EmptyBody(503)), FAULTY),
    weather(
        "success with data null",
        fault(says(200, {"code": "success", "message": "", "data": None})),
        NO_TASK,
    ),
)


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    """An answer comes in time. No TLS handshake is called off: httpcore leaves such one open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seedance_tui.api.client._WHOLE_ANSWER", 20)
        yield


every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
in_one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("row", [row for row in TABLE if row.at_start], ids=lambda row: row.name)
async def test_an_address_that_never_led_to_a_task_is_asked_again_after_R(
    monitoring: Monitoring, tmp_path: Path, row: Row, key: str, added: Added
) -> None:
    clock = ManualClock()
    async with Demo(clock=clock, key=key, scenario=TASKS) as demo:
        assert row.fault
        demo.gateway.faults.push(EVERY, row.fault(demo), times=None)
        async with monitoring(demo, tmp_path, clock, (added(OPEN),)) as monitor:
            await monitor.until(lambda: row.at_start in monitor.status and not monitor.is_asking)
            demo.gateway.faults.clear()
            assert "since " in monitor.status
            monitor.tap("R")
            await monitor.until(lambda: "◐ Running  " in monitor.row(OPEN))


@pytest.mark.parametrize("hours", [-20, 3])
async def test_a_clock_wrong_by_hours_changes_no_time_left(
    monitoring: Monitoring,
    tmp_path: Path,
    hours: float,
    key: str,
    added: Added,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("seedance_tui.ui.screens.main.screen._TICK", 0.1)
    clock = ManualClock()
    wrong = SimpleNamespace(now=clock.now + hours * 3600)
    async with (
        Demo(clock=clock, key=key, scenario=TASKS) as demo,
        monitoring(demo, tmp_path, lambda: wrong.now, (added(DONE), added(OPEN))) as monitor,
    ):
        await monitor.until(lambda: "◐ Running  " in monitor.row(OPEN))
        assert abs(monitor.session.now() - clock()) < 2
        await monitor.until(lambda: "23h" in monitor.row(DONE))
        assert "in the future" not in monitor.text("#detail")


@pytest.fixture(scope="module")
def gateway(key: str) -> Iterator[Demo]:
    """A gateway in a thread, for verbs that have a loop of their own."""
    with running_demo(Demo(key=key, scenario=TASKS)) as demo:
        yield demo


Ask = Callable[..., Seen]


@pytest.fixture
def ask(
    gateway: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, closed_port: int, key: str
) -> Ask:
    """Runs a verb while a fault happens, for so many questions."""

    def run(row: Row, times: int | None, verb: str, *argv: str) -> Seen:
        gateway.store.requests.clear()
        monkeypatch.setenv("ANYFAST_BASE_URL", row.asked_at(gateway.url, closed_port))
        if row.fault:
            gateway.gateway.faults.push(EVERY, row.fault(gateway), times)
        try:
            with row.waited_for():
                seen = shell(verb, *argv)
        finally:
            gateway.gateway.faults.clear()
        for secret in (key, "sk-test", "Traceback"):
            assert secret not in seen.out + seen.err
        assert not gateway.store.requests
        return seen

    return run


@pytest.mark.parametrize("hours", [-20, 20])
def test_a_clock_wrong_by_hours_changes_no_time_left_in_a_list(
    shell: Shell, key: str, hours: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Demo(clock=lambda: time.time() + hours * 3600, key=key, scenario=TASKS)
    with running_demo(wrong) as gateway:
        monkeypatch.setenv("ANYFAST_BASE_URL", gateway.url)
        assert shell("add", DONE).code == 0
        assert "23h" in shell("list", "--format", "table").out
        assert "in the future" not in shell("show", DONE, "--format", "table").out


@every_row
def test_show_says_what_is_wrong_and_ends_with(ask: Ask, row: Row) -> None:
    seen = ask(row, None, "show", DONE)
    assert seen.code == row.show
    assert seen.out.split("\t")[:2] == [DONE, "unknown"]
    assert seen.err.count(f"{DONE}: ") == 1


@contextmanager
def handshakes_called_off() -> Iterator[None]:
    """Collect what they leave open before anything else is blamed for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


@every_row
def test_wait_goes_on_or_ends_with(ask: Ask, row: Row) -> None:
    limit = "20" if row.fault else "0.2"
    with handshakes_called_off() if row.has_handshakes else nullcontext():
        seen = ask(row, 1, "wait", DONE, "--grace", "0", "--timeout", limit)
    assert seen.code == row.wait
    if row.wait == 0:
        assert "SUCCESS" in seen.out
        assert "retrying" in seen.err


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one_monitor(
    monitoring: Monitoring,
    tmp_path_factory: pytest.TempPathFactory,
    key: str,
    closed_port: int,
    added: Added,
) -> AsyncIterator[Monitor]:
    """One program that lives through every fault, one after the other."""
    clock = ManualClock()
    async with (
        Demo(clock=clock, key=key, scenario=TASKS) as demo,
        monitoring(
            demo,
            tmp_path_factory.mktemp("home"),
            clock,
            tuple(added(task.id) for task in TASKS),
        ) as monitor,
    ):
        monitor.closed_port = closed_port
        monitor.list.choose(OPEN)
        await monitor.until(lambda: monitor.list.cursor == OPEN)
        monitor.session.poller.pace.interval = 0.04
        yield monitor


@pytest_asyncio.fixture(loop_scope="module")
async def monitor(one_monitor: Monitor) -> Monitor:
    """The program while all is well."""
    await one_monitor.screen.run_action("refresh_all")
    for task in TASKS:
        one_monitor.demo.add(task)
    poller = one_monitor.session.poller
    await one_monitor.until(lambda: is_well(one_monitor, "30%", "40%"))
    # A question that is still on its way would have the fault for its answer.
    await one_monitor.until(lambda: DONE not in (*poller._wanted_now, *poller._asking))
    one_monitor.demo.store.requests.clear()
    return one_monitor


def is_well(monitor: Monitor, progress: str, of_next: str) -> bool:
    rows = {task_id: monitor.row(task_id) for task_id in (OPEN, NEXT)}
    return (
        "● Done  " in monitor.row(DONE)
        and all("◐ Running  " in row for row in rows.values())
        and progress in rows[OPEN]
        and of_next in rows[NEXT]
        and ALL_WELL in monitor.status
        and monitor.session.store.trouble is None
    )


@every_row
@in_one_loop
async def test_the_last_good_answer_stays_and_the_trouble_is_named(
    monitor: Monitor, row: Row, key: str
) -> None:
    with row.happening(monitor, EVERY):
        await monitor.until(lambda: row.row in monitor.row(OPEN) and row.status in monitor.status)
        await monitor.until(lambda: "the last good response" in monitor.text("#detail"))
        assert "30%" in monitor.row(OPEN)
        assert "● Done  " in monitor.row(DONE)
        assert "23h" in monitor.row(DONE)
        assert len(monitor.list.entries) == len(TASKS)
        for secret in (key, "sk-test", "Traceback"):
            assert secret not in monitor.everything
        assert not monitor.demo.store.requests, "the key, or at least the question, went elsewhere"


@every_row
@in_one_loop
async def test_it_is_over_when_it_is_over_or_when_R_says_so(monitor: Monitor, row: Row) -> None:
    at_neighbour = row.fault and row.asks_on
    with row.happening(monitor, OPEN if row.asks_on else EVERY):
        await monitor.until(lambda: row.row in monitor.row(OPEN))
        monitor.demo.set(OPEN, "IN_PROGRESS", progress="60%")
        monitor.demo.set(NEXT, "IN_PROGRESS", progress="80%")
        if row.asks_on:
            asked = monitor.asked(OPEN)
            await monitor.until(lambda: monitor.asked(OPEN) > asked)
            await monitor.until(lambda: not at_neighbour or "80%" in monitor.row(NEXT))
            assert "30%" in monitor.row(OPEN)
        else:
            await monitor.until(lambda: not monitor.is_asking and "since " in monitor.status)
            await monitor.until(lambda: row.status in monitor.status)
            monitor.tap("R")  # or it would look again within the minute
    await monitor.until(lambda: is_well(monitor, "60%", "80%"))
