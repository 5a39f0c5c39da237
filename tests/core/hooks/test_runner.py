"""Hooks: what a command is told, how it is kept apart from the program, and how it ends."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import monotonic

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.hooks._environment import environment
from seedance_tui.core.hooks.runner import HookFailed, Hooks
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.settings.hooks import HookSettings
from seedance_tui.core.settings.toml_file import SettingsFile
from tests.core.conftest import MakeEntry, MakeFetched, MakeWatched

LINK = "https://store.example/a.mp4?sig=1&x=2"
PYTHON = (sys.executable, "-S", "-E", "-c")
"""A Python that starts fast."""
on_posix = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


@pytest.fixture
def ended(watched: MakeWatched, fetched: MakeFetched) -> MakeEntry:
    """Build a task that has ended: `ended("SUCCESS", result_url=…)`."""

    def build(status: str = "SUCCESS", *, label: str = "fruit tea", **data: object) -> Entry:
        return Entry(watched("a", label=label)).after(fetched("a", status, **data))

    return build


def python(script: str, *arguments: object) -> tuple[str, ...]:
    return (*PYTHON, script, *map(str, arguments))


def keeping(file: Path) -> tuple[str, ...]:
    """A command that writes what it was told into the file, a line for each variable."""
    script = (
        "import os, sys\n"
        "ours = ('SEEDANCE_', 'ANYFAST_', 'X_')\n"
        "told = [f'{k}={v}' for k, v in os.environ.items() if k.startswith(ours)]\n"
        "open(sys.argv[1], 'w', encoding='utf-8').write('\\n'.join(told))"
    )
    return python(script, file)


@asynccontextmanager
async def running(hooks: Hooks) -> AsyncIterator[list[HookFailed]]:
    failures: list[HookFailed] = []
    work = asyncio.create_task(hooks.run(failures.append))
    try:
        yield failures
    finally:
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled(), "it has ended by an error"


async def run(settings: HookSettings, *entries: Entry, **details: float) -> list[HookFailed]:
    hooks = Hooks(settings, os.environ, **details)
    async with running(hooks) as failures:
        for entry in entries:
            hooks.feed(entry)
        await hooks.finish(20)
    return failures


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110  another process makes it true
            await asyncio.sleep(0.01)


# What a command is told


async def test_a_command_is_told_the_facts_but_never_the_key(
    ended: MakeEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "sk-secret")
    monkeypatch.setenv("X_OTHER", "kept")
    entry = ended(result_url=LINK, data={"model": "seedance-2", "ratio": "16:9"})
    entry = entry.with_file(Kind.RESULT, Saved(tmp_path / "a.mp4"))
    failures = await run(HookSettings(on_success=keeping(tmp_path / "told")), entry)
    told = (tmp_path / "told").read_text(encoding="utf-8").split("\n")
    assert not failures
    assert not any("ANYFAST_API_KEY" in line or "sk-secret" in line for line in told)
    assert {
        "X_OTHER=kept",
        "SEEDANCE_EVENT=success",
        "SEEDANCE_TASK_ID=a",
        "SEEDANCE_LABEL=fruit tea",
        "SEEDANCE_STATUS=SUCCESS",
        f"SEEDANCE_PATH={tmp_path / 'a.mp4'}",
        f"SEEDANCE_RESULT_URL={LINK}",
        "SEEDANCE_ORIGINAL_URL=",
        "SEEDANCE_ERROR_CODE=",
        "SEEDANCE_MODEL=seedance-2",
        "SEEDANCE_RATIO=16:9",
        "SEEDANCE_RESOLUTION=",
        "SEEDANCE_TOKENS=",
    } <= set(told)


def test_the_key_is_taken_out_however_its_name_is_spelt(ended: MakeEntry) -> None:
    assert "sk-secret" not in environment(ended(), {"Anyfast_Api_Key": "sk-secret"}).values()


def test_a_failure_tells_its_reason(ended: MakeEntry) -> None:
    error = {"error": {"code": "Moderation", "message": "not allowed"}}
    told = environment(ended("FAILURE", fail_reason="generic", data=error), {})
    assert told["SEEDANCE_EVENT"] == "failure"
    assert told["SEEDANCE_ERROR_CODE"] == "Moderation"
    assert told["SEEDANCE_ERROR_MESSAGE"] == "not allowed"
    assert (
        environment(ended("FAILURE", fail_reason="generic"), {})["SEEDANCE_ERROR_MESSAGE"]
        == "generic"
    )


def test_on_success_a_legacy_link_is_no_error(ended: MakeEntry) -> None:
    assert environment(ended(fail_reason=LINK), {})["SEEDANCE_ERROR_MESSAGE"] == ""


async def test_hostile_text_arrives_as_one_harmless_line(ended: MakeEntry, tmp_path: Path) -> None:
    evil = "tea\0\x1b]52;c;AAAA\a\n$(touch pwned)\u202e\ud800"
    failures = await run(
        HookSettings(on_failure=keeping(tmp_path / "told")),
        ended("FAILURE", label=evil, fail_reason=evil + "x" * 10_000_000),
    )
    told = (tmp_path / "told").read_text(encoding="utf-8")
    assert not failures
    assert "SEEDANCE_LABEL=tea␀␛]52;c;AAAA␇ $(touch pwned)\ufffd\n" in told
    assert not (tmp_path / "pwned").exists()
    assert len(told) < 20_000


# Which command runs


@pytest.mark.parametrize(
    ("status", "command"),
    [
        ("SUCCESS", "yes"),
        ("FAILURE", "no"),
        ("CANCELLED", "no"),
        ("IN_PROGRESS", ""),
        ("A_NEW_WORD", ""),
    ],
)
def test_the_end_decides_which_command_runs(ended: MakeEntry, status: str, command: str) -> None:
    settings = HookSettings(on_success=("yes",), on_failure=("no",))
    assert "".join(settings.command_for(ended(status).status.phase)) == command


async def test_a_task_without_a_hook_waits_for_nothing(ended: MakeEntry) -> None:
    hooks = Hooks(HookSettings(), {})
    for _ in range(1000):
        hooks.feed(ended())
    await hooks.finish(0)
    assert not await run(HookSettings(on_success=("nowhere",)), ended("FAILURE"))


# How a command is kept apart


async def test_a_command_has_no_terminal_and_no_screen(
    ended: MakeEntry, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = (
        "import os, sys\n"
        "read = sys.stdin.read()\n"
        "print('\\x1b[2J'); print('oops', file=sys.stderr)\n"
        "own = os.name != 'posix' or os.getpgid(0) == os.getpid() == os.getsid(0)\n"
        "open(sys.argv[1], 'w').write(repr((read, own)))"
    )
    settings = HookSettings(on_success=python(script, tmp_path / "told"))
    assert not await run(settings, ended())
    assert (tmp_path / "told").read_text() == "('', True)"
    assert capfd.readouterr() == ("", "")


async def test_no_shell_reads_the_command(ended: MakeEntry, tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
    settings = HookSettings(on_success=python(script, tmp_path / "told", "$HOME; `id` *"))
    assert not await run(settings, ended())
    assert (tmp_path / "told").read_text() == "$HOME; `id` *"


# How it fails


async def test_a_failure_is_a_value_that_names_command_and_task(ended: MakeEntry) -> None:
    (failed,) = await run(HookSettings(on_success=python("raise SystemExit(3)")), ended())
    assert failed == HookFailed(Path(sys.executable).name, "exit status 3", "a")
    assert failed.text == f"The hook {failed.name} failed: exit status 3"


async def test_a_command_that_is_not_there_fails_alone(ended: MakeEntry, tmp_path: Path) -> None:
    (failed,) = await run(HookSettings(on_success=(str(tmp_path / "no\x1bwhere"),)), ended())
    assert failed.name == "no␛where"
    assert failed.why


@on_posix
async def test_a_signal_is_told(ended: MakeEntry) -> None:
    settings = HookSettings(on_success=python("import os; os.kill(os.getpid(), 9)"))
    (failed,) = await run(settings, ended())
    assert failed.why == "killed by signal 9"


@on_posix
async def test_what_does_not_end_in_time_is_terminated_then_killed(
    ended: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A child inherits that a signal is ignored, so there is no moment at which it is not.
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sent, killpg = [], os.killpg

    def spy(group: int, number: int) -> None:
        sent.append((group, number))
        killpg(group, number)

    monkeypatch.setattr(os, "killpg", spy)
    began = monotonic()
    try:
        settings = HookSettings(on_success=python("import time; time.sleep(60)"), timeout=0.05)
        (failed,) = await run(settings, ended(), grace=0.05)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert failed.why == "timed out after 0.05 s"
    assert [number for _, number in sent] == [signal.SIGTERM, signal.SIGKILL]
    with suppress(ProcessLookupError):
        while monotonic() - began < 20:  # until the loop has heard that it is gone
            os.kill(sent[0][0], 0)
            await asyncio.sleep(0.005)
    assert monotonic() - began < 20


@on_posix
async def test_leaving_ends_a_command_and_what_it_started(ended: MakeEntry, tmp_path: Path) -> None:
    from fcntl import LOCK_EX, LOCK_NB, flock

    # The lock is theirs together: it is free when both are gone.
    script = (
        "import fcntl, os, sys, time\n"
        "lock = open(sys.argv[1], 'w'); fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "os.fork() or time.sleep(60)\n"
        "open(sys.argv[2], 'w').close(); time.sleep(60)"
    )
    command = python(script, tmp_path / "lock", tmp_path / "ready")
    hooks = Hooks(HookSettings(on_success=command), os.environ, grace=5)
    async with running(hooks) as failures:
        hooks.feed(ended())
        await until((tmp_path / "ready").exists)

    def is_free() -> bool:
        with (tmp_path / "lock").open("w") as lock:
            try:
                flock(lock, LOCK_EX | LOCK_NB)
            except BlockingIOError:
                return False
            return True

    await until(is_free)
    assert not failures


# How many at once


class Children:
    """Stands in for child processes: each runs until the test ends it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[str] = []
        self.at_once = self.most = 0
        self._ends = asyncio.Semaphore(0)
        monkeypatch.setattr("seedance_tui.core.hooks._process.run", self._run)

    async def _run(self, command: object, environ: dict[str, str], *_: object, **__: object) -> str:
        self.begun.append(environ["SEEDANCE_LABEL"])
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self._ends.acquire()
        self.at_once -= 1
        return ""

    def end(self, count: int) -> None:
        for _ in range(count):
            self._ends.release()


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_two_run_at_once_and_the_others_wait_in_order(
    ended: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    children, hooks = Children(monkeypatch), Hooks(HookSettings(on_success=("x",)), {})
    names = [str(number) for number in range(6)]
    async with running(hooks):
        for name in names:
            hooks.feed(ended(label=name))
        await turns(20)
        assert children.begun == names[:2]
        children.end(1)
        await turns(20)
        assert children.begun == names[:3]
        children.end(5)
        await hooks.finish(20)
    assert (children.begun, children.most) == (names, 2)


async def test_of_a_batch_that_ends_together_none_is_dropped(
    ended: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    children, hooks = Children(monkeypatch), Hooks(HookSettings(on_success=("x",)), {})
    async with running(hooks):
        for _ in range(500):
            hooks.feed(ended())
        children.end(500)
        await hooks.finish(20)
    assert len(children.begun) == 500


async def test_waiting_for_the_last_ones_has_an_end(
    ended: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    children, hooks = Children(monkeypatch), Hooks(HookSettings(on_success=("x",)), {})
    async with running(hooks):
        hooks.feed(ended())
        await hooks.finish(0.01)
        assert children.at_once == 1


# The settings


def read(table: object) -> tuple[HookSettings, list[str]]:
    file = SettingsFile(Path("config.toml"))
    file.values = {"hooks": table}
    settings = HookSettings.read(file)
    return settings, [warning.removeprefix("config.toml: ") for warning in file.warnings]


def test_a_command_is_a_list_or_one_line_parted_as_in_a_shell() -> None:
    table = {"on_success": ["notify.sh", "--x y"], "on_failure": "say 'a b' c", "timeout": 5}
    settings = HookSettings(("notify.sh", "--x y"), ("say", "a b", "c"), 5.0)
    assert read(table) == (settings, [])


def test_the_home_of_the_program_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("USERPROFILE", "/home/me")
    settings, _ = read({"on_success": "~/bin/notify ~/x"})
    assert settings.on_success == (str(Path("/home/me/bin/notify")), "~/x")


@pytest.mark.parametrize("nothing", [{}, {"on_success": []}, {"on_success": ""}])
def test_nothing_set_runs_nothing(nothing: dict[str, object]) -> None:
    assert read(nothing) == (HookSettings(), [])


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"on_success": 3}, "hooks.on_success"),
        ({"on_success": ["x", 3]}, "hooks.on_success"),
        ({"on_success": ["x\0y"]}, "hooks.on_success"),
        ({"on_success": ["", "x"]}, "hooks.on_success"),
        ({"on_failure": "say 'a"}, "hooks.on_failure"),
        ({"timeout": 0}, "hooks.timeout"),
        ({"timeout": True}, "hooks.timeout"),
        ({"timeout": "soon"}, "hooks.timeout"),
        ({"on_sucess": "x"}, "hooks.on_sucess is not a known setting; did you mean on_success?"),
        ("x", "hooks must be a table"),
        (3, "hooks must be a table"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_default_stands(
    table: dict[str, object] | int | str, key: str
) -> None:
    settings, (warning,) = read(table)
    assert settings == HookSettings()
    assert warning.startswith(key)
