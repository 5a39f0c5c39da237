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
        Again.YES: _("Retrying the same request should work."),
        Again.NO: _("The same request will fail again."),
        Again.PERHAPS: _("Retrying the same request may work."),
    }[answer]


def happened(cause: Cause, subject: Subject | None) -> str:
    """Say what happened; empty where that is not known."""
    return {
        Cause.SENSITIVE_INPUT: _("Rejected: {what} may contain sensitive content."),
        Cause.SENSITIVE_OUTPUT: _("Rejected: {what} may contain sensitive content."),
        Cause.COPYRIGHT: _("Rejected: {what} may violate copyright or platform policy."),
        Cause.AUDIO_COPYRIGHT: _("Rejected: {what} may violate copyright or platform policy."),
        Cause.REAL_PERSON: _("Rejected: {what} may contain a real person."),
        Cause.BAD_PARAMETER: _("The request has a parameter the service does not accept."),
        Cause.INPUT_UNREACHABLE: _("An input file could not be fetched from its link."),
        Cause.INPUT_NOT_READY: _("An input file was still being processed by the service."),
        Cause.QUOTA: _("The account that pays for it is out of quota, balance or credits."),
        Cause.OVERDUE: _("The account that pays for it has an overdue bill."),
        Cause.CHANNEL: _("The gateway has no available upstream channel."),
        Cause.OVERLOADED: _("The upstream service is overloaded or rate-limited."),
        Cause.UPSTREAM: _("Internal error in the upstream service."),
        Cause.TIMEOUT: _("The task timed out."),
        Cause.CANCELLED: _("The task was cancelled."),
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
    if cause in CONTENT:
        return _for_content(cause, subject)
    return {
        Cause.BAD_PARAMETER: _("Fix the parameter named in the error message and resubmit."),
        Cause.INPUT_UNREACHABLE: _(
            "Check that the link opens without a login and has not expired, or upload the file"
            " elsewhere; then submit it again."
        ),
        Cause.INPUT_NOT_READY: _("Wait until the input file is ready, then submit it again."),
        Cause.QUOTA: _(
            "Top up or raise the limit and resubmit; if your account is in good "
            "standing, contact the gateway's support."
        ),
        Cause.OVERDUE: _(
            "Pay the bill, then submit it again;"
            " if your own account is well, tell the gateway's support."
        ),
        Cause.CHANNEL: _("Resubmit; if it fails again, contact the gateway's support."),
        Cause.OVERLOADED: _("Wait a few minutes, then resubmit with fewer concurrent tasks."),
        Cause.UPSTREAM: _("Resubmit in a few minutes; if it fails again, contact support."),
        Cause.TIMEOUT: _("Resubmit; it runs faster when the service is less busy."),
        Cause.CANCELLED: _("Resubmit if you still need the video."),
    }.get(cause, _("Support can look it up by the task's IDs."))


def _for_content(cause: Cause, subject: Subject | None) -> str:
    if cause is Cause.REAL_PERSON:
        return _("Use material without recognizable real people.")
    if subject and subject.is_audio and not subject.is_input:
        return _("Ask for different music or voices, or turn audio off (generate_audio).")
    if cause is Cause.AUDIO_COPYRIGHT:
        return _("Use music and voices that nobody else has rights in.")
    if cause is Cause.COPYRIGHT:
        return _("Remove well-known characters, brands and works.")
    if subject and subject.is_input and subject is not Subject.INPUT_TEXT:
        return _("Use different material.")
    return _("Change the wording of the prompt.")
