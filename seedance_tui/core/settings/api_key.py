"""Find the API key: a file named on the command line, the environment, then config.toml."""

from __future__ import annotations

import os
import re
import shlex
import signal
import stat
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from ...api.key import ApiKey, cleaned_key
from ..text.i18n import _
from .errors import KeyUnusable

_VARIABLE = "ANYFAST_API_KEY"
_COMMAND_SECONDS = 15
_MASKED = re.compile(r"\*{3}|\.{3}|…")
_TERMINALS = ("GPG_TTY",)
"""What names the terminal to programs that are not on it."""


class KeyCommand:
    """The user's command that prints the key: run when the key is needed, for it may take long."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._arguments = tuple(arguments)
        self._process: subprocess.Popen[str] | None = None

    @classmethod
    def of(cls, value: object) -> Self:
        """Read a setting, a list of arguments or one line; KeyUnusable if it is neither."""
        try:
            arguments = shlex.split(value) if isinstance(value, str) else value
        except ValueError as error:
            raise KeyUnusable(f"api_key_command: {error}") from error
        if not (isinstance(arguments, list) and arguments and _are_texts(arguments)):
            raise KeyUnusable(_("api_key_command must be a string or a list of strings"))
        return cls(arguments)

    def run(self, *, alone: bool = False) -> ApiKey:
        """Run it without a shell and return what it prints; blocks, and may raise KeyUnusable.

        `alone` keeps it off the terminal, where a screen is drawn and keys are read: a prompt,
        such as for a passphrase, fails there. It is given up after 15 seconds.
        """
        try:
            return checked_key(self._printed(alone=alone).strip(), "api_key_command")
        except subprocess.SubprocessError as error:
            hint = (
                _("; it cannot prompt here, run `seedance-tui doctor` to unlock it")
                if alone
                else ""
            )
            raise KeyUnusable(_failed(error) + hint) from error
        except (OSError, ValueError) as error:
            raise KeyUnusable(_failed(error)) from error

    def stop(self) -> None:
        """End it, if it still runs, and what it has started where it is alone."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        with suppress(OSError):
            if os.name == "posix" and os.getpgid(process.pid) == process.pid:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()

    def _printed(self, *, alone: bool) -> str:
        with subprocess.Popen(  # noqa: S603  the user's own command, from the user's own file
            self._arguments,
            stdin=subprocess.DEVNULL if alone else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",  # what it complains of may be in another encoding; a key is ASCII
            start_new_session=alone,
            env={k: v for k, v in os.environ.items() if not (alone and k in _TERMINALS)},
        ) as self._process:
            try:
                output = self._process.communicate(timeout=_COMMAND_SECONDS)[0]
            finally:
                self.stop()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, self._arguments)
        return output


def find_key(
    option: str | None, environ: Mapping[str, str], file: Mapping[str, Any]
) -> ApiKey | KeyCommand | None:
    """Return the key or what prints it, None if none is set; KeyUnusable if it cannot be read."""
    if option:
        return _from_file(option)
    if secret := environ.get(_VARIABLE, "").strip():
        return checked_key(secret, _VARIABLE)
    if name := environ.get("ANYFAST_API_KEY_FILE"):
        return _from_file(name)
    in_file = file.get("api_key")
    if isinstance(in_file, str) and in_file.strip():
        return checked_key(in_file.strip(), "api_key")
    if command := file.get("api_key_command"):
        return KeyCommand.of(command)
    named = file.get("api_key_file")
    return _from_file(named) if isinstance(named, str) and named else None


def find_stored_key(path: Path | None, base_url: str) -> ApiKey | None:
    """Return the key that was typed in for this base URL and kept, as `stored_key` says."""
    from .stored_key import StoredKey

    return StoredKey(path).key_for(base_url) if path else None


def without_key(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment that programs get which we start: without the API key."""
    return {name: value for name, value in environ.items() if name.upper() != _VARIABLE}


def fix_for_others(path: Path) -> str:
    """Return the command that keeps others out of a file, empty if they are; may raise OSError."""
    mode = path.stat().st_mode
    is_open = os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077
    return f"chmod 600 {shlex.quote(str(path))}" if is_open else ""


def _from_file(name: str) -> ApiKey:
    path = Path(name)
    try:
        path = path.expanduser()
        if fix := fix_for_others(path):
            words = _("{path}: key file is readable by other users; run: {fix}")
            raise KeyUnusable(words.format(path=path, fix=fix))
        return checked_key(path.read_text(encoding="utf-8-sig").strip(), str(path))
    except (OSError, RuntimeError, ValueError) as error:
        from ...files.os_errors import reason

        raise KeyUnusable(f"{path}: {reason(error)}") from error


def _failed(error: Exception) -> str:
    return _("api_key_command failed: {error}").format(error=_why(error))


def _why(error: Exception) -> str:
    """Say it in words; nothing that the command has printed, which may be the key."""
    if isinstance(error, subprocess.CalledProcessError):
        if error.returncode < 0:
            return _("killed by signal {n}").format(n=-error.returncode)
        return _("exit status {n}").format(n=error.returncode)
    if isinstance(error, subprocess.TimeoutExpired):
        return _("no key after {n} seconds").format(n=_COMMAND_SECONDS)
    from ...files.os_errors import described

    return described(error) if isinstance(error, OSError) else str(error)


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def checked_key(text: str, source: str) -> ApiKey:
    """Return the key that a text means; KeyUnusable, with the source and why, if it can be none."""
    secret = cleaned_key(text)
    if why := _trouble(secret):
        words = _("{source}: what is there is not an API key: {why}")
        raise KeyUnusable(words.format(source=source, why=why))
    return ApiKey(secret)


def _trouble(key: str) -> str:
    """Say why it can be no key and what to do, never the key itself; empty if it can be one."""
    if not key:
        return _("it is empty")
    if "://" in key:
        return _("it is a web address, which belongs in base_url")
    if _MASKED.search(key):
        return _("part of it is masked, copy the whole key")
    if len(key.split()) > 1:
        return _("it has several words or lines, give the key alone")
    if not (key.isascii() and key.isprintable()):
        return _("it contains characters that no key has, copy it again")
    return ""
