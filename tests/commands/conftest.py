"""A demo with tasks of every kind, a home of its own, and a shell that runs verbs in it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from seedance_tui import cli
from seedance_tui.command_line import run as verbs
from seedance_tui.command_line.parser import shared_options
from seedance_tui.core.text import i18n
from seedance_tui.demo import Demo, DemoTask, Failure, Stage, running_demo

KEY = "sk-test-key-of-a-usual-length-0123456789"
LEAST_INTERVAL = 0.05


def ended(status: str, ago: float = 60) -> tuple[Stage, ...]:
    return Stage(-ago - 300, "NOT_START"), Stage(-ago - 200, "IN_PROGRESS"), Stage(-ago, status)


TASKS = (
    DemoTask("asyntask_done1", "fruit tea", ended("SUCCESS")),
    DemoTask(
        "asyntask_ultra1",
        "抚仙湖日出",
        ended("SUCCESS"),
        resolution="480p",
        super_resolution="2k",
        super_resolution_tokens=968_000,
    ),
    DemoTask("asyntask_open1", "", (Stage(-90, "QUEUED"),)),
    DemoTask("asyntask_failed1", "", ended("FAILURE"), failure=Failure("generic", "Sensitive")),
    DemoTask("asyntask_cancelled1", "", ended("CANCELLED")),
    DemoTask("asyntask_expired1", "", ended("SUCCESS", ago=2 * 86_400)),
)


@dataclass(frozen=True)
class Result:
    """How a verb ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out.isascii()
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Shell = Callable[..., Result]
Main = Callable[..., Result]
Program = Callable[..., subprocess.Popen[str]]


def environ_in(folder: Path) -> dict[str, str]:
    """The environment of somebody whose home and files are in this folder."""
    places = {"HOME": "home", "SEEDANCE_TUI_DOWNLOAD_DIR": "videos"}
    places |= {f"XDG_{name.upper()}_HOME": name for name in ("config", "data", "state", "cache")}
    return {
        **{name: str(folder / place) for name, place in places.items()},
        "SEEDANCE_TUI_INTERVAL": str(LEAST_INTERVAL),
        "ANYFAST_API_KEY": KEY,
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with nothing in it, an environment that leads to it, and no pause to speak of."""
    for module in ("polling.schedule", "config"):
        monkeypatch.setattr(f"seedance_tui.core.{module}.LEAST_INTERVAL", LEAST_INTERVAL)
    for name, value in environ_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture
def demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """The gateway that the environment leads to."""
    with running_demo(Demo(key=KEY, scenario=TASKS)) as demo:
        monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
        yield demo


@pytest.fixture
def pauses() -> list[float]:
    """The pauses between tries, in seconds: none is waited for."""
    return []


@pytest.fixture
def shell(home: Path, capsys: pytest.CaptureFixture[str], pauses: list[float]) -> Iterator[Shell]:
    """Runs a verb in this process, with the environment as it is then."""

    def pause(seconds: float) -> None:
        pauses.append(seconds)

    def run(verb: str, *argv: str) -> Result:
        try:
            code = verbs.run(verb, argv, [shared_options()], dict(os.environ), pause=pause)
        except SystemExit as end:
            assert isinstance(end.code, int)
            code = end.code
        return Result(code, *capsys.readouterr())

    yield run
    i18n.use("en")


@pytest.fixture
def main(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Main]:
    """Runs the whole program in this process, without pauses between its tries."""
    monkeypatch.setattr("seedance_tui.command_line.query_session.PAUSES", (0.0, 0.0, 0.0))

    def run(*words: str) -> Result:
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert isinstance(end.value.code, int)
        return Result(end.value.code, *capsys.readouterr())

    yield run
    i18n.use("en")


@pytest.fixture
def watched(demo: Demo, shell: Shell) -> Demo:
    """The demo, all of its tasks on the watch list."""
    shell("add", *(task.id for task in demo.tasks))
    return demo


@pytest.fixture
def program(home: Path) -> Program:
    """Starts the program as a user does."""

    def start(*argv: str, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "seedance_tui", *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **{"env": os.environ | {"SEEDANCE_TUI_INTERVAL": "0.5"}, **options},
        )

    return start
