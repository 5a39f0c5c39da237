"""The key: from a file, the environment or the settings, and never from where others read."""

import os
import shlex
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from seedance_tui.core.config import Options, load
from seedance_tui.core.settings import api_key
from seedance_tui.core.settings.api_key import KeyCommand, find_key
from seedance_tui.core.settings.errors import ConfigError, KeyUnusable
from seedance_tui.core.storage import log

PRINTS = [sys.executable, "-c", "print('sk-command')"]


WriteKey = Callable[..., str]


@pytest.fixture
def key_file(tmp_path: Path) -> WriteKey:
    def write(content: str = "sk-file\n", name: str = "key", mode: int = 0o600) -> str:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        path.chmod(mode)
        return str(path)

    return write


def found(option: str | None, environ: dict[str, str], file: dict[str, Any]) -> str | None:
    key = find_key(option, environ, file)
    if isinstance(key, KeyCommand):
        key = key.run()
    return key.reveal() if key else None


def test_each_place_comes_before_the_next(key_file: WriteKey) -> None:
    option, variable, setting = (key_file(f"sk-{n}", n) for n in ("option", "variable", "setting"))
    environ = {"ANYFAST_API_KEY": "sk-environ", "ANYFAST_API_KEY_FILE": variable}
    file: dict[str, Any] = {
        "api_key": "sk-setting",
        "api_key_command": PRINTS,
        "api_key_file": setting,
    }
    assert found(option, environ, file) == "sk-option"
    assert found(None, environ, file) == "sk-environ"
    del environ["ANYFAST_API_KEY"]
    assert found(None, environ, file) == "sk-variable"
    assert found(None, {}, file) == "sk-setting"
    del file["api_key"]
    assert found(None, {}, file) == "sk-command"
    del file["api_key_command"]
    assert found(None, {}, file) == "sk-setting"
    assert found(None, {}, {}) is None


@pytest.mark.parametrize(
    "file", [{"api_key": ""}, {"api_key": 5}, {"api_key_file": ""}, {"api_key_command": ""}]
)
def test_what_is_empty_is_not_set(file: dict[str, Any]) -> None:
    assert found("", {"ANYFAST_API_KEY": " ", "ANYFAST_API_KEY_FILE": ""}, file) is None


@pytest.mark.parametrize("content", ["sk-file", "sk-file\r\n", "\ufeff  sk-file \n\n"])
def test_a_key_file_may_come_from_any_editor(key_file: WriteKey, content: str) -> None:
    assert found(key_file(content), {}, {}) == "sk-file"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o620])
def test_a_key_file_that_others_can_read_is_refused_with_the_fix(
    key_file: WriteKey, mode: int
) -> None:
    path = key_file(mode=mode, name="my key")
    with pytest.raises(KeyUnusable) as refusal:
        find_key(path, {}, {})
    assert f"chmod 600 {shlex.quote(path)}" in str(refusal.value)
    assert "sk-file" not in str(refusal.value)
    os.chmod(path, 0o600)
    assert found(path, {}, {}) == "sk-file"


@pytest.mark.skipif(os.name != "posix", reason="no FIFO on Windows")
def test_a_key_may_come_through_a_pipe_of_the_shell() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"sk-pipe\n")
    os.close(writer)
    try:
        assert found(f"/dev/fd/{reader}", {}, {}) == "sk-pipe"
    finally:
        os.close(reader)


@pytest.mark.parametrize("name", ["none", ".", "~nobody-of-that-name/key", "nul\0"])
def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    path = name if name.startswith("~") else str(tmp_path / name)
    with pytest.raises(KeyUnusable):
        find_key(path, {}, {})


@pytest.mark.parametrize("content", ["", "  \n", "two words", "sk-a\nsk-b", "sk-茶", "sk-\x07"])
def test_what_is_no_key_is_refused_without_being_shown(key_file: WriteKey, content: str) -> None:
    with pytest.raises(KeyUnusable) as refusal:
        find_key(key_file(content), {}, {})
    assert not content.strip() or content.strip() not in str(refusal.value)
    with pytest.raises(KeyUnusable, match="ANYFAST_API_KEY"):
        find_key(None, {"ANYFAST_API_KEY": "two words"}, {})


def test_a_command_is_run_without_a_shell() -> None:
    line = shlex.join([*PRINTS[:2], "import sys; print('sk-' + sys.argv[1])", "$HOME;id"])
    assert found(None, {}, {"api_key_command": line}) == "sk-$HOME;id"


@pytest.mark.parametrize(
    "command",
    [
        "pass 'show",
        "   ",
        5,
        ["x", 5],
        [""],
        "no-such-command-anywhere",
        [sys.executable, "-c", "print('sk-x'); exit(3)"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "import os; os.write(1, b'\\xff')"],
    ],
)
def test_a_command_that_gives_no_key_is_an_error_in_words(command: object) -> None:
    with pytest.raises(KeyUnusable, match="api_key_command"):
        found(None, {}, {"api_key_command": command})


def test_a_command_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_key, "_COMMAND_SECONDS", 0.05)
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    with pytest.raises(KeyUnusable, match=r"no key after 0\.05 seconds"):
        found(None, {}, {"api_key_command": command})


@pytest.mark.skipif(os.name != "posix", reason="no terminal to ask on elsewhere")
def test_beside_a_screen_a_command_has_no_terminal_and_no_name_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GPG_TTY", "/dev/pts/0")
    script = "import os; print(f'{os.getsid(0) == os.getpid()}{os.environ.get(\"GPG_TTY\")}')"
    command = KeyCommand([sys.executable, "-c", script])
    assert command.run(alone=True).reveal() == "TrueNone"
    assert command.run().reveal() == "False/dev/pts/0"
    asks = KeyCommand([sys.executable, "-c", "print(input())"])
    with pytest.raises(KeyUnusable, match="`seedance-tui doctor` to unlock it"):
        asks.run(alone=True)


@pytest.mark.skipif(os.name != "posix", reason="a group of processes ends as one there")
def test_a_command_that_is_stopped_takes_along_what_it_has_started(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "started")
    inner = f"import signal; open({str(tmp_path / 'started')!r}, 'w').close(); signal.pause()"
    outer = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    command = KeyCommand([sys.executable, "-c", outer, inner])
    with ThreadPoolExecutor() as threads:
        running = threads.submit(command.run, alone=True)
        (tmp_path / "started").read_bytes()
        command.stop()
        with pytest.raises(KeyUnusable, match="killed by signal 9"):
            running.result(timeout=5)


def test_the_settings_run_the_command_when_the_key_is_wanted_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    ran = tmp_path / "ran"
    script = f"open({str(ran)!r}, 'w'); print('sk-of-a-command')"
    path.write_text(tomli_w.dumps({"api_key_command": [sys.executable, "-c", script]}))
    config = load(Options(config=str(path)), {})
    assert config.says_key
    assert config.key is None
    assert not ran.exists()
    key = config.with_key().key
    assert key is not None
    assert key.reveal() == "sk-of-a-command"
    assert "sk-of" not in log.redacted("the key is sk-of-a-command")


def test_the_settings_find_the_key_and_tell_what_is_wrong_with_it(key_file: WriteKey) -> None:
    config = load(Options(api_key_file=key_file()), {"ANYFAST_API_KEY": "sk-other"})
    assert config.key is not None
    assert config.key.reveal() == "sk-file"
    with pytest.raises(ConfigError, match="ANYFAST_API_KEY"):
        load(Options(), {"ANYFAST_API_KEY": "two words"})
