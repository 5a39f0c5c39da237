"""A wrong key beside an instance whose key is good: its answers say nothing of this one."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.core.model.outcomes import Outcome
from seedance_tui.core.polling.poller import ask
from seedance_tui.core.polling.shared_questions import SharedQuestions
from seedance_tui.demo import Demo
from tests.commands.conftest import KEY, Shell

WRONG = "sk-another-key-of-a-usual-length-9876543210"
Lend = Callable[[str, float], Outcome]


@pytest.fixture
def lend(demo: Demo, home: Path) -> Lend:
    """Asks about a task with the good key, as a monitor does that goes on at this interval."""

    async def asked(task_id: str, interval: float) -> Outcome:
        path = home / "state" / "seedance-tui" / "history.questions.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        client = Client(demo.url, ApiKey(KEY))
        try:
            shared = SharedQuestions(path, demo.url, interval)
            outcome = await shared.ask(task_id, lambda: ask(client, task_id))
            async with asyncio.timeout(10):
                while await shared.heard(task_id) is None:
                    pass  # it is written in a moment
            return outcome
        finally:
            await client.aclose()

    return lambda task_id, interval: asyncio.run(asked(task_id, interval))


def test_wait_ends_with_3_at_its_first_own_request(
    shell: Shell, lend: Lend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDANCE_TUI_INTERVAL", "1")
    monkeypatch.setenv("ANYFAST_API_KEY", WRONG)
    lend("asyntask_open1", 1.0)
    result = shell("wait", "asyntask_open1", "--timeout", "6")
    assert "asyntask_open1\tqueued" in result.out, "what the other one heard is shown"
    assert result.code == 3
    assert "timed out" not in result.err


def test_watch_ends_with_3_at_its_first_own_request(
    shell: Shell, lend: Lend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDANCE_TUI_INTERVAL", "1")
    monkeypatch.setenv("ANYFAST_API_KEY", WRONG)
    lend("asyntask_open1", 1.0)
    result = shell("watch", "--json", "asyntask_open1")
    assert result.code == 3
    assert '"status": "QUEUED"' in result.out, "what the other one heard is told"


UNREADABLE = [
    {"ANYFAST_API_KEY": "sk-***"},
    {"ANYFAST_API_KEY": "", "ANYFAST_API_KEY_FILE": "/nowhere/key"},
]


@pytest.mark.parametrize("environ", UNREADABLE, ids=str)
def test_a_key_that_cannot_be_read_is_missing_where_somebody_is_to_be_asked(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]
) -> None:
    assert shell("show", "asyntask_done1").code == 0
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for verb in ("show", "wait", "link", "download"):
        result = shell(verb, "asyntask_open1", "--json", "--format", "ndjson")
        (record,) = map(json.loads, result.lines)
        assert (result.code, record["error"]["code"]) == (3, "key_missing")
    for verb in ("show", "wait", "link"):
        assert shell(verb, "asyntask_done1").code == 0, "it has ended: nobody is asked"


def test_a_command_for_the_key_is_not_run_where_nobody_is_asked(
    demo: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("show", "asyntask_done1").code == 0
    monkeypatch.delenv("ANYFAST_API_KEY")
    (home / "config/seedance-tui").mkdir(parents=True)
    settings = f"api_key_command = ['touch', '{home / 'run'}']\n"
    (home / "config/seedance-tui/config.toml").write_text(settings, encoding="utf-8")
    for verb, code in (("wait", 0), ("wait --refresh", 3)):
        result = shell(*verb.split(), "asyntask_done1", "--json")
        assert (result.code, (home / "run").exists()) == (code, code != 0)
        assert [json.loads(line)["phase"] for line in result.lines] == ["done"]
