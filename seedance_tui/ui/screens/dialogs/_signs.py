"""What the signs of the screen mean, for help."""

from __future__ import annotations

from collections.abc import Iterator

from ....api.models import Phase
from ....core.model.urgency import Urgency
from ....core.text.i18n import _
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ...drawing.spans import ROLE_OF, URGENCY_ROLES, Line, Role

_CELLS = 12


def sign_sections() -> Iterator[list[Line]]:
    """The shapes, the marks, the words beside a status, and the times on a link, each explained."""
    for title, rows in (
        (_("Status signs"), _shapes()),
        (_("Signs before a row"), _marks()),
        (_("Words beside a status"), _words()),
        (_("Time left on a link"), _times()),
    ):
        lines = [_row(sign, role, meaning) for sign, role, meaning in rows if sign]
        if lines:
            yield [((title, "strong"),), *lines]


def _row(sign: str, role: Role, meaning: str) -> Line:
    return (fmt.fit(sign, _CELLS), role), (meaning, "normal")


def _shapes() -> Iterator[tuple[str, Role, str]]:
    yield glyphs().no_answer, "dim", _("no response yet")
    meanings = {
        Phase.NOT_STARTED: _("not started"),
        Phase.QUEUED: _("submitted or queued"),
        Phase.RUNNING: _("running"),
        Phase.DONE: _("done"),
        Phase.FAILED: _("failed"),
        Phase.ENDED: _("cancelled or expired"),
        Phase.UNKNOWN: _("unknown status, shown as the server spells it"),
    }
    for phase, meaning in meanings.items():
        yield glyphs().shapes[phase], ROLE_OF[phase], meaning


def _marks() -> Iterator[tuple[str, Role, str]]:
    yield glyphs().pointer, "accent", _("the cursor")
    yield glyphs().mark, "accent", _("marked: the next command acts on it")
    yield glyphs().unseen, "accent", _("ended and not looked at yet")
    sorting = f"{glyphs().descending} {glyphs().ascending}"
    yield sorting, "normal", _("sorted by this column, or reversed")


def _words() -> Iterator[tuple[str, Role, str]]:
    yield _("stale"), "warn", _("the last poll failed; older data is shown")
    yield _("slow"), "warn", _("takes longer than tasks like it usually do")
    yield _("not found"), "warn", _("the gateway does not know the task")
    yield _("saved"), "dim", _("its video is on the disk")
    yield _("waiting"), "accent", _("queued for download")
    yield _("not saved"), "bad", _("its download failed")
    yield _("expired"), "bad", _("the link has expired, and the video is not saved")
    yield _("lost"), "bad", _("the storage server refuses the unsaved video")


def _times() -> Iterator[tuple[str, Role, str]]:
    alert = glyphs().alert
    yield "23h", URGENCY_ROLES[Urgency.QUIET], _("expires in 23 hours")
    yield f"{alert} 2h10m".strip(), URGENCY_ROLES[Urgency.SOON], _("expires in less than 6 hours")
    yield f"{alert * 2} 9m".strip(), URGENCY_ROLES[Urgency.URGENT], _("expires within the hour")
    yield "~23h", "dim", _("a guess: the link does not say when it expires")
    yield _("~over"), "dim", _("the guess has passed; only the storage server knows")
    yield glyphs().no_link, "dim", _("no link yet")
