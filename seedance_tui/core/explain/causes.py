"""The causes of failures, and what a check of content was of."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """The kind of a failure."""

    SENSITIVE_INPUT = "sensitive_input"
    SENSITIVE_OUTPUT = "sensitive_output"
    REAL_PERSON = "real_person"
    COPYRIGHT = "copyright"
    AUDIO_COPYRIGHT = "audio_copyright"
    BAD_PARAMETER = "bad_parameter"
    INPUT_UNREACHABLE = "input_unreachable"
    INPUT_NOT_READY = "input_not_ready"
    QUOTA = "quota"
    OVERDUE = "overdue"
    CHANNEL = "channel"
    OVERLOADED = "overloaded"
    UPSTREAM = "upstream"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        """The word by which scripts know it: an overload is a trouble of the upstream service."""
        return Cause.UPSTREAM.value if self is Cause.OVERLOADED else self.value


class Subject(StrEnum):
    """What was refused by a check of content."""

    INPUT_TEXT = "input text"
    INPUT_IMAGE = "input image"
    INPUT_VIDEO = "input video"
    INPUT_AUDIO = "input audio"
    OUTPUT_VIDEO = "output video"
    OUTPUT_AUDIO = "output audio"

    @property
    def is_input(self) -> bool:
        """Whether the user sent it, so that the same again is refused again."""
        return self.value.startswith("input")

    @property
    def is_audio(self) -> bool:
        """Whether it is sound."""
        return self.value.endswith("audio")


CONTENT = frozenset(
    {
        Cause.SENSITIVE_INPUT,
        Cause.SENSITIVE_OUTPUT,
        Cause.REAL_PERSON,
        Cause.COPYRIGHT,
        Cause.AUDIO_COPYRIGHT,
    }
)
"""The causes that are a verdict on what somebody sent or what was made."""
