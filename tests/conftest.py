"""No home, no environment, no proxy and no certificate of the machine is in any test."""

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from seedance_tui.core.text import i18n
from tests import bytecode
from tests.textual_insides import style_sheets_parsed_once

_ALIEN = ("ANYFAST_", "SEEDANCE_", "XDG_", "SSH_", "SSL_CERT_", "LC_", "TEXTUAL_THEME")
_TERMINAL = ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR")


def pytest_configure(config: pytest.Config) -> None:
    """Compile once what all processes of this run read."""
    if not hasattr(config, "workerinput"):
        kept = ExitStack()
        kept.enter_context(bytecode.kept_for_a_run())
        config.add_cleanup(kept.close)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Import the tests in another order than the workers beside, where all are collected."""
    told = getattr(session.config, "workerinput", None)
    if told and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        number = int(told["workerid"].removeprefix("gw"))
        bytecode.import_beginning_with_a_share(number, told["workercount"])


def pytest_collection_finish() -> None:
    """Spare the collector what stays: it would go through it all, in a fifth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish() -> None:
    """Collect what the last tests left: pytest does it five times, and through all there is."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _a_machine_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home that no test may make; no certificates, which take 20 ms for each client."""
    home = tmp_path_factory.mktemp("machine") / "home"
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith((*_ALIEN, *_TERMINAL)) or name.upper().endswith("_PROXY"):
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("no certificates")))
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("TZ", "UTC")
        yield home


@pytest.fixture(autouse=True)
def _a_home_that_stays_empty(_a_machine_of_its_own: Path) -> Iterator[None]:
    yield
    assert not _a_machine_of_its_own.exists(), "a test that needs a home makes one of its own"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No instance beside may still be about to note whose file it has just placed."""
    monkeypatch.setattr("seedance_tui.core.downloads._owners._YOUNG", 0.0)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    i18n.use("en")


@pytest.fixture(scope="session", autouse=True)
def _interrupted_by_a_handler_of_our_own() -> Iterator[None]:
    """In place of Python's own each loop puts one of its own, and makes a repr of its task."""
    interrupt = signal.default_int_handler
    before = signal.signal(signal.SIGINT, lambda number, frame: interrupt(number, frame))
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_parsed_once() -> Iterator[None]:
    with style_sheets_parsed_once():
        yield
