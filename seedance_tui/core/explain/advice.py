"""What happened to a failed task and what to try, in sentences.

Whether money comes back is nowhere said: the documentation promises it, and one real text denies
it.
"""

from __future__ import annotations

from enum import StrEnum

from ..text.i18n import _
from .causes import Cause, Subject


class Again(StrEnum):
    """Whether the same request, unchanged, can succeed."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"


_CONTENT = (Cause.MODERATION, Cause.COPYRIGHT, Cause.REAL_PERSON)
_AGAIN = {
    Cause.QUOTA: Again.YES,
    Cause.RATE_LIMIT: Again.YES,
    Cause.PARAMETER: Again.NO,
    Cause.INTERNAL: Again.YES,
    Cause.TIMEOUT: Again.YES,
    Cause.CANCELLED: Again.YES,
}


def again(cause: Cause, subject: Subject | None) -> Again:
    """Whether the same can succeed: a check of what was made looks at something new each time."""
    if cause in _CONTENT and subject and subject.is_input:
        return Again.NO
    return _AGAIN.get(cause, Again.PERHAPS)


def again_sentence(answer: Again) -> str:
    """Say it."""
    return {
        Again.YES: _("The same request can succeed."),
        Again.NO: _("The same request would fail again."),
        Again.PERHAPS: _("The same request may pass another time."),
    }[answer]


def happened(cause: Cause, subject: Subject | None) -> str:
    """Say what happened; empty where that is not known."""
    return {
        Cause.MODERATION: _("Refused: {what} may contain sensitive content."),
        Cause.COPYRIGHT: _("Refused: {what} may touch copyright or the platform's rules."),
        Cause.REAL_PERSON: _("Refused: {what} may show a real person."),
        Cause.QUOTA: _("The account that pays for it is out of quota, balance or turns to queue."),
        Cause.RATE_LIMIT: _("The upstream service is overloaded, or was asked too often."),
        Cause.PARAMETER: _("The request has a parameter that the service does not take."),
        Cause.INTERNAL: _("The upstream service had a fault of its own."),
        Cause.TIMEOUT: _("It was not done in the time it had."),
        Cause.CANCELLED: _("It was cancelled."),
        Cause.CHANNEL: _("The gateway has no working channel to the upstream service."),
        Cause.UNKNOWN: "",
    }[cause].format(what=_named(subject))


def _named(subject: Subject | None) -> str:
    if subject is None:
        return _("the request")
    return {
        Subject.INPUT_TEXT: _("the prompt"),
        Subject.INPUT_IMAGE: _("an input image"),
        Subject.INPUT_VIDEO: _("an input video"),
        Subject.INPUT_AUDIO: _("an input sound"),
        Subject.OUTPUT_VIDEO: _("the finished video"),
        Subject.OUTPUT_AUDIO: _("the sound of the finished video"),
    }[subject]


def to_try(cause: Cause, subject: Subject | None) -> str:
    """Say what to try."""
    if cause in _CONTENT:
        return _for_content(cause, subject)
    return {
        Cause.QUOTA: _(
            "Top up or raise the limit, then submit it again;"
            " if your own account is well, tell the gateway's support."
        ),
        Cause.RATE_LIMIT: _("Wait for some minutes, then submit it again, fewer at a time."),
        Cause.PARAMETER: _("Correct what the server's words name, then submit it again."),
        Cause.INTERNAL: _("Submit it again in some minutes; if it fails again, tell support."),
        Cause.TIMEOUT: _("Submit it again; when the service is less busy it is quicker."),
        Cause.CANCELLED: _("Submit it again if you still want the video."),
        Cause.CHANNEL: _("Submit it again; if it fails again, tell the gateway's support."),
    }.get(cause, _("Support can look it up by the IDs below."))


def _for_content(cause: Cause, subject: Subject | None) -> str:
    if cause is Cause.REAL_PERSON:
        return _("Use material in which no real person can be recognised.")
    if subject is Subject.OUTPUT_AUDIO:
        return _("Ask for other music and voices, or for no sound (generate_audio).")
    if cause is Cause.COPYRIGHT:
        return _("Leave out known characters, brands and works.")
    if subject and subject.is_input and subject is not Subject.INPUT_TEXT:
        return _("Use other material in its place.")
    return _("Word the prompt otherwise.")
