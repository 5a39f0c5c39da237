"""Open a file, a folder or a link with the system's own program, and say what came of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping

from ...core.settings.api_key import without_key
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ...files.os_errors import reason


def open_outside(target: str, environ: Mapping[str, str]) -> str:
    """Open it, and return why it could not be; empty if it was handed over.

    Whether the system then shows it is not known.
    """
    try:
        if sys.platform == "win32":
            _start_on_windows(target)
        elif command := _command(environ):
            _start(command, target)
        else:
            return _("no graphical display available")
    except OSError as error:
        return safe(reason(error))
    return ""


def _start_on_windows(target: str) -> None:
    """Let Windows open it; what it starts inherits the environment as it is at that moment."""
    before = dict(os.environ)
    kept = without_key(before)
    hidden = {name: value for name, value in before.items() if name not in kept}
    for name in hidden:
        del os.environ[name]
    try:
        os.startfile(target)  # type: ignore[attr-defined]  # noqa: S606  the user's own file
    finally:
        os.environ.update(hidden)


def _start(command: str, target: str) -> None:
    """Start it in a session of its own, so that it outlives this one and writes nothing here."""
    process = subprocess.Popen(  # noqa: S603  a fixed command, nothing of a shell
        [command, target],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=without_key(os.environ),
    )
    # It is waited for, else it would stay as a zombie once it has ended.
    threading.Thread(target=process.wait, daemon=True).start()


def _command(environ: Mapping[str, str]) -> str | None:
    """Return the system's opener; over SSH without a display there is none that helps."""
    if sys.platform == "darwin":
        return None if environ.get("SSH_CONNECTION") else shutil.which("open")
    if environ.get("WSL_DISTRO_NAME") and (found := shutil.which("wslview")):
        return found
    has_display = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    return shutil.which("xdg-open") if has_display else None
