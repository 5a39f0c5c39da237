"""What is told of a watch list that cannot be read as a whole."""

from __future__ import annotations

from pathlib import Path

from ..core.model.codes import Code, Exit
from ..core.session import Session
from ..core.text.i18n import _
from .json_error import error, tell
from .output import say


def tell_damage(session: Session, damage: str, *, is_needed: bool, as_json: bool) -> list[Exit]:
    """Tell of it, if any; return what it adds to the exit statuses.

    It is an error where the whole list is needed: for a few named tasks the work is done as ever.
    """
    if not damage:
        return []
    words = _("the watch list {path} is damaged: {damage}")
    words = words.format(path=session.config.watchlist, damage=damage)
    if not is_needed:
        say(words)
        return []
    tell(error(Code.SETUP, Exit.OTHER, words), as_json=as_json)
    return [Exit.OTHER]


def tell_kept_aside(path: Path | None) -> None:
    """Say where a damaged list was put before it was written anew, if it was."""
    if path:
        say(_("the damaged watch list was backed up to {path}").format(path=path))
