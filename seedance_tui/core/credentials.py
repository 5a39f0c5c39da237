"""Find the API key: a file named on the command line, the environment, then config.toml."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..api.key import ApiKey
from .failures import KeyUnusable

_COMMAND_SECONDS = 15


def find_key(
    option: str | None, environ: Mapping[str, str], file: Mapping[str, Any]
) -> ApiKey | None:
    """Return the key, or None if none is set; KeyUnusable if one is set and cannot be read."""
    if option:
        return _from_file(option)
    if secret := environ.get("ANYFAST_API_KEY", "").strip():
        return _checked(secret, "ANYFAST_API_KEY")
    if name := environ.get("ANYFAST_API_KEY_FILE"):
        return _from_file(name)
    in_file = file.get("api_key")
    if isinstance(in_file, str) and in_file.strip():
        return _checked(in_file.strip(), "api_key")
    if command := file.get("api_key_command"):
        return _from_command(command)
    named = file.get("api_key_file")
    return _from_file(named) if isinstance(named, str) and named else None


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
            raise KeyUnusable(f"{path}: others can read this key file; run: {fix}")
        return _checked(path.read_text(encoding="utf-8-sig").strip(), str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise KeyUnusable(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _from_command(command: object) -> ApiKey:
    """Run the command, a list of arguments or one line, without a shell."""
    try:
        arguments = shlex.split(command) if isinstance(command, str) else command
        if not (isinstance(arguments, list) and arguments and _are_texts(arguments)):
            raise KeyUnusable("api_key_command: a text or a list of texts is wanted")
        done = subprocess.run(  # noqa: S603  the user's own command, from the user's own file
            arguments, capture_output=True, text=True, timeout=_COMMAND_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise KeyUnusable(f"api_key_command failed: {type(error).__name__}") from error
    return _checked(done.stdout.strip(), "api_key_command")


def _are_texts(values: list[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def _checked(secret: str, source: str) -> ApiKey:
    if not secret or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise KeyUnusable(f"{source}: what is there is not an API key")
    return ApiKey(secret)
