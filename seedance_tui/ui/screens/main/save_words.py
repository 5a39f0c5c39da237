"""What is said of files that were asked for: how many are to be saved, and why others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ....core.text.i18n import _, plural
from ...drawing.glyphs import glyphs
from ...drawing.spans import Role


class Why(Enum):
    """Why a file is not put into the queue, in the order of the telling."""

    SAVED = auto()
    UNDER_WAY = auto()
    NO_LINK = auto()
    NO_CLIENT = auto()
    ARCHIVED = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not put into the queue; `text` says why where it is the only one."""

    why: Why
    text: str
    role: Role


def summary(wanted: int, refusals: Sequence[Refusal]) -> str:
    """Sum up in one sentence what becomes of several files."""
    counts = Counter(refusal.why for refusal in refusals)
    parts = [plural("{n} file queued", "{n} files queued", wanted)] if wanted else []
    parts += [_counted(why, counts[why]) for why in Why if counts[why]]
    if wanted or counts[Why.UNDER_WAY]:
        parts.append(_("press w to view"))
    return glyphs().joint.join(parts)


def _counted(why: Why, count: int) -> str:
    match why:
        case Why.SAVED:
            return plural("{n} already saved", "{n} already saved", count)
        case Why.UNDER_WAY:
            return plural("{n} already downloading", "{n} already downloading", count)
        case Why.NO_LINK:
            return plural("{n} has no link", "{n} have no link", count)
        case Why.ARCHIVED:
            return plural("{n} in the archive", "{n} in the archive", count)
        case Why.NO_CLIENT:
            return plural("{n} cannot be downloaded now", "{n} cannot be downloaded now", count)
