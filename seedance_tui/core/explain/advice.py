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
        Again.YES: _("Retrying the same request should work."),
        Again.NO: _("The same request will fail again."),
        Again.PERHAPS: _("Retrying the same request may work."),
    }[answer]


def happened(cause: Cause, subject: Subject | None) -> str:
    """Say what happened; empty where that is not known."""
    return {
        Cause.MODERATION: _("Rejected: {what} may contain sensitive content."),
        Cause.COPYRIGHT: _("Rejected: {what} may violate copyright or platform policy."),
        Cause.REAL_PERSON: _("Rejected: {what} may contain a real person."),
        Cause.QUOTA: _("The billing account is out of quota, balance or queue slots."),
        Cause.RATE_LIMIT: _("The upstream service is overloaded or rate-limited."),
        Cause.PARAMETER: _("The request has a parameter the service does not accept."),
        Cause.INTERNAL: _("Internal error in the upstream service."),
        Cause.TIMEOUT: _("The task timed out."),
        Cause.CANCELLED: _("The task was cancelled."),
        Cause.CHANNEL: _("The gateway has no available upstream channel."),
        Cause.UNKNOWN: "",
    }[cause].format(what=_named(subject))


def _named(subject: Subject | None) -> str:
    if subject is None:
        return _("the request")
    return {
        Subject.INPUT_TEXT: _("the prompt"),
        Subject.INPUT_IMAGE: _("an input image"),
        Subject.INPUT_VIDEO: _("an input video"),
        Subject.INPUT_AUDIO: _("an input audio file"),
        Subject.OUTPUT_VIDEO: _("the generated video"),
        Subject.OUTPUT_AUDIO: _("the generated audio"),
    }[subject]


def to_try(cause: Cause, subject: Subject | None) -> str:
    """Say what to try."""
    if cause in _CONTENT:
        return _for_content(cause, subject)
    return {
        Cause.QUOTA: _(
            "Top up or raise the limit and resubmit; if your account is in good "
            "standing, contact the gateway's support."
        ),
        Cause.RATE_LIMIT: _("Wait a few minutes, then resubmit with fewer concurrent tasks."),
        Cause.PARAMETER: _("Fix the parameter named in the error message and resubmit."),
        Cause.INTERNAL: _("Resubmit in a few minutes; if it fails again, contact support."),
        Cause.TIMEOUT: _("Resubmit; it runs faster when the service is less busy."),
        Cause.CANCELLED: _("Resubmit if you still need the video."),
        Cause.CHANNEL: _("Resubmit; if it fails again, contact the gateway's support."),
    }.get(cause, _("Contact support and quote the IDs below."))


def _for_content(cause: Cause, subject: Subject | None) -> str:
    if cause is Cause.REAL_PERSON:
        return _("Use material without recognizable real people.")
    if subject is Subject.OUTPUT_AUDIO:
        return _("Ask for different music or voices, or turn audio off (generate_audio).")
    if cause is Cause.COPYRIGHT:
        return _("Remove well-known characters, brands and works.")
    if subject and subject.is_input and subject is not Subject.INPUT_TEXT:
        return _("Use different material.")
    return _("Reword the prompt.")
