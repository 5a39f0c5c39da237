"""Whether a click on words can open a link: OSC 8, which no terminal can be asked about.

Most terminals show the words alone where they do not know it. Left out are those that are known
to print the link, to cut it off, or to have nothing that opens it:

| terminal | source |
|---|---|
| Linux console, dumb, the old VT and Windows consoles, rxvt, Emacs | no OSC 8 in their manuals |
| screen: prints what is longer than its 768 bytes (MAXSTR in its ansi.c) | links are longer |
| VTE before 0.50 crashed on it | GNOME bug 779734 |
| Apple's Terminal | egmontkob's gist on hyperlinks in terminal emulators |
"""

from __future__ import annotations

from collections.abc import Mapping

_WITHOUT = ("linux", "dumb", "vt", "ansi", "cygwin", "rxvt", "eterm", "emacs", "sun", "unknown")
"""How TERM begins."""
_VTE_KNOWS = 5000


def can_open_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal may have hyperlinks, as far as its environment tells."""
    term, in_tmux = environ.get("TERM", ""), environ.get("TMUX")
    is_screen = term.startswith("screen") and not in_tmux
    if environ.get("STY") or is_screen or term.startswith(_WITHOUT):
        return False
    if environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    vte = environ.get("VTE_VERSION", "")
    return not (vte.isascii() and vte.isdigit() and int(vte[:9]) < _VTE_KNOWS)
