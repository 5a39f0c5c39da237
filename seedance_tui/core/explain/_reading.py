"""Why a task came to nothing, read from the codes and the texts of several services.

The codes are those of Volcengine Ark (documents 82379/1299023 and 82379/1099476): what was checked,
such as `OutputVideo`, what was found, such as `SensitiveContentDetected`, and after a dot the
ground, `PolicyViolation` for copyright and `PrivacyInformation` for a real person. The texts are
those of QuantumNous/new-api, in English and in Chinese, and of the services behind it. A code is
read by its words, so that one nobody has seen yet is still understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ._phrases import RULES, STATUS
from ._subjects import AUDIO, SIDE, SUBJECT
from ._words import words_of
from .causes import CONTENT, Cause, Subject

_GROUNDS = frozenset({Cause.REAL_PERSON, Cause.COPYRIGHT, Cause.AUDIO_COPYRIGHT})
_SHARPER = {
    Cause.SENSITIVE_INPUT: _GROUNDS,
    Cause.SENSITIVE_OUTPUT: _GROUNDS,
    Cause.BAD_PARAMETER: CONTENT | {Cause.INPUT_UNREACHABLE, Cause.INPUT_NOT_READY},
    Cause.QUOTA: frozenset({Cause.OVERLOADED}),
    Cause.CHANNEL: frozenset({Cause.OVERDUE, Cause.QUOTA}),
    Cause.UPSTREAM: frozenset(Cause) - {Cause.UPSTREAM, Cause.CANCELLED},
}
"""Causes that are said of much, and what is believed in their place where it is said as well."""


@lru_cache(maxsize=512)
def cause_of(text: str) -> Cause | None:
    """The cause that a code or a sentence speaks of; None where it says nothing known."""
    words = words_of(text)
    found = next((Cause(word) for word, pattern in RULES if pattern.search(words)), None)
    if found is None and (status := STATUS.search(words)):
        return _cause_of_status(int(status[1] or status[2]))
    if found is Cause.SENSITIVE_INPUT and _is_of_output(words):
        return Cause.SENSITIVE_OUTPUT
    if found is Cause.COPYRIGHT and AUDIO.search(words):
        return Cause.AUDIO_COPYRIGHT
    return found


def sharpest(evidence: Iterable[str]) -> Cause | None:
    """The cause that the first telling text names, or a more telling one that another names."""
    causes = [cause for cause in map(cause_of, evidence) if cause]
    if not causes:
        return None
    sharper = _SHARPER.get(causes[0], frozenset())
    return next((cause for cause in causes[1:] if cause in sharper), causes[0])


def with_subject(cause: Cause, subject: Subject | None) -> Cause:
    """The cause where another text says what was checked."""
    if cause is Cause.SENSITIVE_INPUT and subject and not subject.is_input:
        return Cause.SENSITIVE_OUTPUT
    if cause is Cause.COPYRIGHT and subject and subject.is_audio:
        return Cause.AUDIO_COPYRIGHT
    return cause


def _cause_of_status(status: int) -> Cause | None:
    """What the upstream service's HTTP status means for who asked through the gateway."""
    known = {
        400: Cause.BAD_PARAMETER,
        401: Cause.CHANNEL,
        402: Cause.QUOTA,
        403: Cause.CHANNEL,
        413: Cause.BAD_PARAMETER,
        422: Cause.BAD_PARAMETER,
        429: Cause.OVERLOADED,
    }
    return known.get(status, Cause.UPSTREAM if status >= 500 else None)


@lru_cache(maxsize=512)
def subject_of(text: str) -> Subject | None:
    """What a code or a sentence says was checked; None where it says nothing of it.

    `SensitiveContentDetected` by itself speaks of the prompt (source: Ark's list of codes).
    """
    words = words_of(text)
    if match := SUBJECT.search(words):
        side = "output" if match["output"] else "input"
        medium = next(name for name in ("image", "video", "audio", "text") if match[name])
        if side == "output":
            return Subject.OUTPUT_AUDIO if medium == "audio" else Subject.OUTPUT_VIDEO
        return Subject(f"input {medium}")
    if words.startswith("sensitive content detected"):
        return Subject.INPUT_TEXT
    return Subject.OUTPUT_VIDEO if _is_of_output(words) else None


def _is_of_output(words: str) -> bool:
    """Whether a verdict is on what was made."""
    side = SIDE.search(words)
    return bool(side and side["output"])
