"""What happened to a failed task and what to try, in sentences.

Whether money comes back is nowhere said: the documentation promises it, and one real text denies
it.
"""

from __future__ import annotations

from enum import StrEnum

from ..text.i18n import _
from .causes import CONTENT, Cause, Subject


class Again(StrEnum):
    """Whether the same request, unchanged, can succeed."""

    YES = "yes"
    NO = "no"
    PERHAPS = "perhaps"


_AGAIN = {
    Cause.SENSITIVE_INPUT: Again.NO,
    Cause.BAD_PARAMETER: Again.NO,
    Cause.INPUT_NOT_READY: Again.YES,
    Cause.QUOTA: Again.YES,
    Cause.OVERDUE: Again.YES,
    Cause.OVERLOADED: Again.YES,
    Cause.UPSTREAM: Again.YES,
    Cause.TIMEOUT: Again.YES,
    Cause.CANCELLED: Again.YES,
}


def again(cause: Cause, subject: Subject | None) -> Again:
    """Whether the same can succeed: a check of what was made looks at something new each time."""
    if cause in CONTENT and subject and subject.is_input:
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
        Cause.SENSITIVE_INPUT: _("Refused: {what} may contain sensitive content."),
        Cause.SENSITIVE_OUTPUT: _("Refused: {what} may contain sensitive content."),
        Cause.COPYRIGHT: _("Refused: {what} may touch copyright or the platform's rules."),
        Cause.AUDIO_COPYRIGHT: _("Refused: {what} may touch copyright or the platform's rules."),
        Cause.REAL_PERSON: _("Refused: {what} may show a real person."),
        Cause.BAD_PARAMETER: _("The request has a parameter that the service does not take."),
        Cause.INPUT_UNREACHABLE: _("An input file could not be fetched from its link."),
        Cause.INPUT_NOT_READY: _("An input file was still being processed by the service."),
        Cause.QUOTA: _("The account that pays for it is out of quota, balance or credits."),
        Cause.OVERDUE: _("The account that pays for it has an overdue bill."),
        Cause.CHANNEL: _("The gateway has no working channel to the upstream service."),
        Cause.OVERLOADED: _("The upstream service is overloaded, or was asked too often."),
        Cause.UPSTREAM: _("The upstream service had a fault of its own."),
        Cause.TIMEOUT: _("It was not done in the time it had."),
        Cause.CANCELLED: _("It was cancelled."),
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
    if cause in CONTENT:
        return _for_content(cause, subject)
    return {
        Cause.BAD_PARAMETER: _("Correct what the server's words name, then submit it again."),
        Cause.INPUT_UNREACHABLE: _(
            "Check that the link opens without a login and has not expired, or upload the file"
            " elsewhere; then submit it again."
        ),
        Cause.INPUT_NOT_READY: _("Wait until the input file is ready, then submit it again."),
        Cause.QUOTA: _(
            "Top up or raise the limit, then submit it again;"
            " if your own account is well, tell the gateway's support."
        ),
        Cause.OVERDUE: _(
            "Pay the bill, then submit it again;"
            " if your own account is well, tell the gateway's support."
        ),
        Cause.CHANNEL: _("Submit it again; if it fails again, tell the gateway's support."),
        Cause.OVERLOADED: _("Wait for some minutes, then submit it again, fewer at a time."),
        Cause.UPSTREAM: _("Submit it again in some minutes; if it fails again, tell support."),
        Cause.TIMEOUT: _("Submit it again; when the service is less busy it is quicker."),
        Cause.CANCELLED: _("Submit it again if you still want the video."),
    }.get(cause, _("Support can look it up by the task's IDs."))


def _for_content(cause: Cause, subject: Subject | None) -> str:
    if cause is Cause.REAL_PERSON:
        return _("Use material in which no real person can be recognised.")
    if subject and subject.is_audio and not subject.is_input:
        return _("Ask for other music and voices, or for no sound (generate_audio).")
    if cause is Cause.AUDIO_COPYRIGHT:
        return _("Use music and voices that nobody else has rights in.")
    if cause is Cause.COPYRIGHT:
        return _("Leave out known characters, brands and works.")
    if subject and subject.is_input and subject is not Subject.INPUT_TEXT:
        return _("Use other material in its place.")
    return _("Change the wording of the prompt.")
