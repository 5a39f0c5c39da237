"""The signs that the screen is drawn with: one set, chosen when the program starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...api.models import Phase
from ...core.settings.screen import ScreenSettings
from ...core.text import i18n


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Every sign that is no letter; where one is empty, a word stands in its place, or nothing."""

    shapes: Mapping[Phase, str]
    no_answer: str = "·"
    """The shape of a task that was not yet answered for."""
    bar: tuple[str, str] = ("━", "╌")
    """The full and the empty part."""
    pointer: str = "▌"
    pointer_at_rest: str = "│"
    mark: str = "✓"
    unseen: str = "•"
    alert: str = "!"
    ellipsis: str = "…"
    nothing: str = "—"
    no_link: str = "–"
    unsteady: str = "▯"
    """In a row, for a character that is not as wide in every terminal."""
    joint: str = " · "
    """Between two facts in a line."""
    ascending: str = "↑"
    descending: str = "↓"
    more: str = "↓ "
    saving: str = "↓"
    times: str = "×"
    masked: str = "•"
    """For a character of a key."""
    unfolded: str = "▾"
    folded: str = "▸"
    half_block: str = "▀"
    """The upper half of a cell in one colour, the lower one in another: pictures are made of it."""
    frame: Sequence[str] = tuple("┌─┐│└┘")
    """The corners and sides of a place without a picture: above, at the side, below."""
    noticed: str = "▲"
    noticed_later: str = "▶"
    keys: Mapping[str, str] = field(default_factory=dict)
    """How keys are called in place of the signs that Textual has for them."""
    sentences: Mapping[str, str] = field(default_factory=dict)
    """What stands in place of signs in the program's own sentences."""
    hyperlinks: bool = False
    """Whether links can be clicked in the terminal."""
    plain: bool = False
    """Whether the screen is read aloud: one thing on a line, words in place of signs."""


UNICODE = Glyphs(
    {
        Phase.NOT_STARTED: "◌",
        Phase.SUBMITTED: "○",
        Phase.QUEUED: "○",
        Phase.RUNNING: "◐",
        Phase.DONE: "●",
        Phase.FAILED: "✕",
        Phase.ENDED: "⊘",
        Phase.UNKNOWN: "?",
    }
)
ASCII = Glyphs(
    {
        Phase.NOT_STARTED: ".",
        Phase.SUBMITTED: "o",
        Phase.QUEUED: "o",
        Phase.RUNNING: "%",
        Phase.DONE: "*",
        Phase.FAILED: "x",
        Phase.ENDED: "/",
        Phase.UNKNOWN: "?",
    },
    no_answer="-",
    bar=("=", "-"),
    pointer=">",
    pointer_at_rest="|",
    mark="+",
    unseen="!",
    ellipsis="~",
    nothing="-",
    no_link="-",
    unsteady="?",
    half_block="",
    joint=" | ",
    ascending="^",
    descending="v",
    more="... ",
    saving="",
    times="x",
    masked="*",
    unfolded="-",
    folded="+",
    frame=tuple("+-+|++"),
    noticed="^",
    noticed_later=">",
    keys={"⏎": "enter", "↑": "up", "↓": "down", "←": "left", "→": "right", "⌫": "backspace"},
    sentences={" · ": " | ", "…": "...", "—": "-", "–": "-", "×": "x", "“": '"', "”": '"'},
)
PLAIN = replace(
    ASCII,
    shapes=dict.fromkeys(Phase, ""),
    no_answer="",
    bar=("", ""),
    pointer_at_rest=">",
    mark="",
    unseen="",
    frame=tuple(" " * 6),
    ellipsis="...",
    nothing="",
    no_link="",
    joint=", ",
    more="",
    unfolded="",
    folded="",
    keys={**ASCII.keys, "^": "ctrl+"},
    sentences={**ASCII.sentences, " · ": ", "},
    plain=True,
)

_current = UNICODE


def choose(settings: ScreenSettings, *, has_hyperlinks: bool = False) -> None:
    """Draw with the set that the settings want from here on, as far as the terminal can."""
    global _current
    chosen = PLAIN if settings.plain else ASCII if settings.ascii else UNICODE
    hyperlinks = has_hyperlinks and settings.hyperlinks and not settings.plain
    _current = replace(chosen, hyperlinks=hyperlinks)
    i18n.spell(_current.sentences)


def glyphs() -> Glyphs:
    """Return the set in use."""
    return _current
