"""What `doctor` found out: one line each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...core.model.codes import Exit


class Severity(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `text` says what to do where it is not well."""

    level: Severity
    subject: str
    text: str
    exit: Exit = Exit.OTHER
    """The exit status that a failure means."""

    def to_json(self) -> dict[str, str]:
        """Return it under stable names."""
        return {"level": self.level.value, "subject": self.subject, "text": self.text}


def ok(subject: str, text: str) -> Finding:
    """Return that all is well."""
    return Finding(Severity.OK, subject, text)


def warn(subject: str, text: str) -> Finding:
    """Return that something wants a look."""
    return Finding(Severity.WARN, subject, text)


def fail(subject: str, text: str, code: Exit = Exit.OTHER) -> Finding:
    """Return that something does not work."""
    return Finding(Severity.FAIL, subject, text, code)
