"""Put text on the clipboard by the way that works here, and say which way it went."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping

from ...core.settings.api_key import without_key
from ...core.text.i18n import _

_SECONDS = 2.0
_LONGEST_OSC = 74_994
"""Bytes of text that common terminals take by OSC 52; hterm and others stop at 100,000 coded."""


async def copy(text: str, environ: Mapping[str, str], osc52: Callable[[str], None]) -> str:
    """Copy and return what to tell: only a tool that answered has copied.

    A local session uses the native tool. Over SSH that would fill the clipboard of the wrong
    machine, so the terminal gets the text (OSC 52), and tmux by its own command, since it drops
    OSC 52 by default. The tools read the text from their standard input, never from argv.
    """
    text = text.encode("utf-8", "replace").decode()
    native = _native(environ)
    if native and await _took(native, text):
        return _("copied ({tool})").format(tool=native[0])
    tmux = environ.get("TMUX") and shutil.which("tmux")
    if tmux and await _took([tmux, "load-buffer", "-w", "-"], text):
        osc52(text)
        return _("copied to the tmux buffer and sent to the terminal")
    if len(text.encode()) > _LONGEST_OSC:
        return _("too long for the terminal clipboard; press Y l to view it")
    osc52(text)
    sent = _("sent to the terminal (OSC 52)")
    return _("; ").join(filter(None, (sent, _what_it_needs(environ))))


def _what_it_needs(environ: Mapping[str, str]) -> str:
    """Say what is in the way at the near end of SSH, where only the user can change it."""
    term = environ.get("TERM", "")
    if not environ.get("TMUX") and not environ.get("STY"):
        if term.startswith("tmux"):
            return _("tmux needs: set -g set-clipboard on")
        if term.startswith("screen"):
            return _("in tmux: set -g set-clipboard on, default-terminal tmux-256color")
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return _("if it did not arrive: Y l")
    return ""


def _native(environ: Mapping[str, str]) -> list[str] | None:
    """Return the command of the session's own clipboard, None over SSH or where there is none."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return None
    candidates: list[list[str]] = []
    if sys.platform == "darwin":
        candidates.append(["pbcopy"])
    if environ.get("WAYLAND_DISPLAY"):
        candidates.append(["wl-copy"])
    if environ.get("DISPLAY"):
        candidates += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if sys.platform == "win32" or environ.get("WSL_DISTRO_NAME"):
        candidates.append(["clip.exe"])
    return next((command for command in candidates if shutil.which(command[0])), None)


async def _took(command: list[str], text: str) -> bool:
    return await asyncio.to_thread(_fed, command, text)


def _fed(command: list[str], text: str) -> bool:
    """Feed the text to the command; whether it took it.

    xclip and wl-copy leave a process behind that serves the clipboard, so nothing of their
    output is waited for. Its session is its own: the end of the window does not end it.
    """
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, the text on its standard input
            command,
            input=text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
            start_new_session=True,
            env=without_key(os.environ),
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
