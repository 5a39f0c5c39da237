"""Verbs tell times by the gateway's clock, also where they ask nobody and ours is wrong."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.demo import Demo, DemoTask, Stage, running_demo

Shell = Callable[..., Any]
Ahead = Callable[[float], AbstractContextManager[Demo]]

DONE = DemoTask("asyntask_done1", "", (Stage(-300, "NOT_START"), Stage(-60, "SUCCESS")))


GatewayAhead = Callable[[float], AbstractContextManager[Demo]]


@pytest.fixture
def gateway_ahead(home: Path, monkeypatch: pytest.MonkeyPatch) -> GatewayAhead:
    """`with gateway_ahead(hours) as demo:` – its clock is so far ahead of ours."""

    @contextmanager
    def run(hours: float) -> Iterator[Demo]:
        key = os.environ["ANYFAST_API_KEY"]
        demo = Demo(clock=lambda: time.time() + hours * 3600, key=key, scenario=(DONE,))
        with running_demo(demo):
            monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
            yield demo

    return run


@pytest.mark.parametrize("hours", [-20, 20])
def test_the_time_left_on_a_link_of_an_earlier_run_is_by_the_gateways_clock(
    shell: Shell, gateway_ahead: GatewayAhead, hours: int
) -> None:
    shell("add", DONE.id)
    with gateway_ahead(hours):
        assert shell("wait", DONE.id).code == 0
    assert "23h" in shell("list", "--offline", "--format", "table").out
    unreachable = shell("list", "--format", "table")
    assert "23h" in unreachable.out
    assert (unreachable.code, unreachable.err) == (0, ""), "asked for the time alone"


def test_a_clock_that_was_set_right_is_noticed_and_believed_from_then_on(
    shell: Shell, gateway_ahead: GatewayAhead
) -> None:
    shell("add", DONE.id)
    with gateway_ahead(20):
        shell("wait", DONE.id)
    assert "23h" in shell("list", "--offline", "--format", "table").out
    with gateway_ahead(0) as gateway:
        assert "23h" in shell("list", "--format", "table").out
        assert "23h" in shell("list", "--offline", "--format", "table").out, "it is remembered"
        asked = len(gateway.gateway.requests)
        shell("list", "--format", "table")
        assert len(gateway.gateway.requests) == asked, "a clock that is right needs no witness"


@pytest.mark.parametrize("hours", [-25, 25, -1000])
def test_a_clock_that_is_off_by_days_refuses_no_living_link_and_doctor_says_so(
    shell: Shell, gateway_ahead: Ahead, home: Path, hours: int
) -> None:
    shell("add", DONE.id)
    with gateway_ahead(hours):
        assert "23h" in shell("list", "--format", "table").out
        assert "clock is" in shell("doctor").out
        assert shell("download").code == 0
    assert (home / "videos" / f"{DONE.id}.mp4").exists()
