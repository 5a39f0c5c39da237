r"""What to write to a terminal so that it rings, notifies the desktop or changes its title.

Nobody can ask a terminal which notification it takes, so its environment decides:

| sequence | terminals | source |
|---|---|---|
| OSC 99 | kitty | sw.kovidgoyal.net/kitty/desktop-notifications |
| OSC 777 | WezTerm | wezterm.org/config/lua/config/notification_handling.html |
| | Ghostty: text of OSC 9 may be taken for a ConEmu command | ghostty-org/ghostty#8413 |
| | foot, rxvt-unicode | foot-ctlseqs(7); foot's commit 975e70da |
| | Konsole | google-gemini/gemini-cli#25300 |
| | VTE from 0.46: Fedora's notifies, others ignore it | BuildStream commit fc3cff95 |
| OSC 9 | iTerm2 | iterm2.com/documentation-escape-codes.html |
| | Warp | openai/codex#16878 |
| none | Windows Terminal, Apple's Terminal, VS Code, Alacritty | google-gemini/gemini-cli#25300 |
| | Linux console, dumb, whatever is not known: it might print it | |

tmux and screen drop them unless wrapped (tmux/tmux#5136: `allow-passthrough on` from 3.3 on);
the bell and the title they take themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...core.settings.notifications import Desktop
from ...core.text.sanitize import safe

BELL = "\a"
PUSH_TITLE = "\x1b[22;2t"
"""Let the terminal remember its title (xterm's ctlseqs, XTWINOPS; most others know it too)."""
POP_TITLE = "\x1b[23;2t"
"""Let it have that title again."""
_LONGEST = 200
"""Characters of a text."""
_NAME = "seedance"
_SCREEN_PIECE = 120
"""Characters in one DCS of screen, which holds 768 bytes (anomalyco/opencode#28590)."""
_VTE_IGNORES = 4600


_BY_TERM = {
    "xterm-kitty": Desktop.OSC99,
    "xterm-ghostty": Desktop.OSC777,
    "wezterm": Desktop.OSC777,
    "foot": Desktop.OSC777,
    "rxvt-unicode": Desktop.OSC777,
    "alacritty": Desktop.OFF,
    "linux": Desktop.OFF,
    "dumb": Desktop.OFF,
}
"""By how TERM begins: it crosses SSH, and a terminal started from another one sets its own."""
_BY_PROGRAM = {
    "ghostty": Desktop.OSC777,
    "WezTerm": Desktop.OSC777,
    "iTerm.app": Desktop.OSC9,
    "WarpTerminal": Desktop.OSC9,
    "Apple_Terminal": Desktop.OFF,
    "vscode": Desktop.OFF,
}
_BY_VARIABLE = {
    "WT_SESSION": Desktop.OFF,
    "ConEmuPID": Desktop.OFF,
    "KITTY_WINDOW_ID": Desktop.OSC99,
    "GHOSTTY_RESOURCES_DIR": Desktop.OSC777,
    "WEZTERM_PANE": Desktop.OSC777,
    "ITERM_SESSION_ID": Desktop.OSC9,
    "KONSOLE_VERSION": Desktop.OSC777,
}
"""The weakest sign, for children inherit it; but the only one that is left in tmux."""


def detect(environ: Mapping[str, str]) -> Desktop:
    """Choose by the environment; OFF where nothing is known. Never AUTO."""
    term = environ.get("TERM", "")
    for begin, desktop in _BY_TERM.items():
        if term.startswith(begin):
            return desktop
    if found := _BY_PROGRAM.get(environ.get("TERM_PROGRAM", "")):
        return found
    if environ.get("LC_TERMINAL") == "iTerm2":
        return Desktop.OSC9
    for name, desktop in _BY_VARIABLE.items():
        if environ.get(name):
            return desktop
    vte = environ.get("VTE_VERSION", "")
    is_new = vte.isascii() and vte.isdigit() and int(vte[:9]) >= _VTE_IGNORES
    return Desktop.OSC777 if is_new else Desktop.OFF


def notification(text: str, desktop: Desktop, environ: Mapping[str, str]) -> str:
    """Return the sequence that notifies the desktop; empty if there is none, or no text.

    It is terminated by BEL: screen would take ST for the end of its own wrapping.
    """
    said = _plain(text)
    if not said:
        return ""
    match detect(environ) if desktop is Desktop.AUTO else desktop:
        case Desktop.OSC9:
            # A text that began with a number could be taken for a command of ConEmu.
            return through(f"\x1b]9;{_NAME}: {_unparted(said)}\a", environ)
        case Desktop.OSC777:
            return through(f"\x1b]777;notify;{_NAME};{_unparted(said)}\a", environ)
        case Desktop.OSC99:
            return through(f"\x1b]99;;{_NAME}: {said}\a", environ)
        case _:
            return ""


def title(text: str) -> str:
    """Return the sequence that sets the title of the window, or of the pane in tmux."""
    return f"\x1b]2;{_plain(text)}\a"


def has_title(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has a title to set, as far as TERM tells."""
    return environ.get("TERM", "") not in ("linux", "dumb")


def _plain(text: str) -> str:
    """Cut before it is made safe too: that takes its time with ten million characters."""
    said = safe(text[: 2 * _LONGEST]).strip()
    is_cut = len(said) > _LONGEST or len(text) > 2 * _LONGEST
    return said[: _LONGEST - 1] + "…" if is_cut else said


def _unparted(text: str) -> str:
    return text.replace(";", ",")


def through(sequence: str, environ: Mapping[str, str]) -> str:
    """Wrap for the multiplexer, if there is one: it hands what is in it to the terminal outside."""
    if environ.get("TMUX"):
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    return in_pieces(sequence) if environ.get("STY") else sequence


def in_pieces(sequence: str) -> str:
    """Wrap for screen, which hands on no more than it can hold at once."""
    starts = range(0, len(sequence), _SCREEN_PIECE)
    pieces = (sequence[at : at + _SCREEN_PIECE] for at in starts)
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
