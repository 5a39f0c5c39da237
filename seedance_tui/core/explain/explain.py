"""Why a task failed and what to do about it; where the two services contradict each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...api.models import Phase, Task
from ...api.reasons import is_reason, telling_first
from ...api.web_addresses import web_link
from ..text.i18n import _
from .causes import Cause, Subject

if TYPE_CHECKING:
    from ._advice import Again

_CODE_KEYS = frozenset({"code", "errorcode", "errcode", "failcode", "failurecode"})
_NO_CODE = re.compile(r"[\d\s]*|success|ok|error|fail(ed|ure)?|task[ _]failed", re.IGNORECASE)
_CODE_IN_TEXT = re.compile(
    r"""\\*["']code\\*["']\s*:\s*\\*["']([^"'\\]+)
    | \b((?:[A-Z][a-z0-9]+){2,}(?:\.[A-Za-z]+)?)\b""",
    re.VERBOSE,
)
_MESSAGE_IN_TEXT = re.compile(
    r'"(?:message|msg|reason|detail|(?:error|fail)_?(?:message|msg|reason)|error)"'
    r'\s*:\s*("(?:[^"\\]|\\.)+")',
    re.IGNORECASE,
)
_TRACE = re.compile(r"[\s(（]*request\s*id\s*[:：]\s*[\w-]*[)）.]*", re.IGNORECASE)
_LONGEST_CODE, _LONGEST_TEXT = 120, 2000


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a task came to nothing, in sentences; `code` and `said` are the server's own words.

    What the server said is as it came, except that the trace at its end is left out.
    """

    cause: Cause
    subject: Subject | None
    code: str
    said: str
    happened: str
    to_try: str
    again: Again

    @property
    def advice(self) -> str:
        """What to try, and whether the same request can succeed: the same words everywhere."""
        from ._advice import again_sentence

        return f"{self.to_try} {again_sentence(self.again)}"


def explain(task: Task) -> Explanation | None:
    """Explain a task that is over without a video; None for any other.

    A task that only the upstream service has given up is explained too.
    """
    if task.status.phase is Phase.DONE or not _is_lost(task):
        return None
    # Phrases in two languages take their time to be compiled: not before a task has failed.
    from ._advice import again, happened, to_try
    from ._reading import sharpest, subject_of, with_subject

    texts = telling_first(_texts(task))
    code = _code(task)
    statuses = (task.upstream.status or "", task.status.word)
    cause = sharpest([code, *texts]) or sharpest(statuses) or Cause.UNKNOWN
    subject = next(filter(None, map(subject_of, [code, *texts])), None)
    cause = with_subject(cause, subject)
    said = texts[0] if texts else ""
    return Explanation(
        cause,
        subject,
        code,
        said if said != code else "",
        happened(cause, subject) or said or _("No reason given."),
        to_try(cause, subject),
        again(cause, subject),
    )


def _is_lost(task: Task) -> bool:
    return task.status.phase.is_lost or task.upstream_phase.is_lost


def _texts(task: Task) -> Iterator[str]:
    """Every reason that was given, the upstream service's first, then the innermost first."""
    yield _plain(task.upstream.error_message or "")
    for value in task.envelope.reasons():
        yield _plain(value)
    yield _plain(task.result_url or "")


def _plain(text: str) -> str:
    """A reason without the JSON around it and the trace behind it; empty if it is a link."""
    text = text[:_LONGEST_TEXT].strip()
    if web_link(text) or not is_reason(text):
        return ""
    return _TRACE.sub("", _message_in(text) or text).strip()


def _message_in(text: str) -> str:
    """The message of a JSON object within a text, which may have been quoted once more."""
    for written in (text, text.replace('\\"', '"')):
        if match := _MESSAGE_IN_TEXT.search(written):
            try:
                return str(json.loads(match[1]))
            except ValueError:
                continue
    return ""


def _code(task: Task) -> str:
    """The most telling code: the upstream's, else one in a field or in a text."""
    fields = task.envelope.texts(_CODE_KEYS)
    for code in (task.upstream.error_code or "", *fields, *_codes_in(task)):
        if not _NO_CODE.fullmatch(code) and len(code) <= _LONGEST_CODE:
            return code.strip()
    return ""


def _codes_in(task: Task) -> Iterator[str]:
    """Codes within a text: those that are named so, and words such as `QuotaExceeded`."""
    from ._reading import cause_of

    for text in (task.upstream.error_message, task.fail_reason, task.result_url):
        if not text or web_link(text):
            continue
        for match in _CODE_IN_TEXT.finditer(text[:_LONGEST_TEXT]):
            if code := match[1] or (match[2] if cause_of(match[2]) else ""):
                yield code
