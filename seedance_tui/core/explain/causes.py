"""Why a task came to nothing, read from the codes and the texts of several services.

The codes are those of Volcengine Ark (documents 82379/1299023 and 82379/1099476): what was checked,
such as `OutputVideo`, what was found, such as `SensitiveContentDetected`, and after a dot the
ground, `PolicyViolation` for copyright and `PrivacyInformation` for a real person. The gateway's
own texts are those of QuantumNous/new-api, in English and in Chinese. A code is read by its words,
so that one nobody has seen yet is still understood.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Cause(StrEnum):
    """The kind of a failure."""

    MODERATION = "moderation"
    COPYRIGHT = "copyright"
    REAL_PERSON = "real person"
    QUOTA = "quota"
    RATE_LIMIT = "rate limit"
    PARAMETER = "parameter"
    INTERNAL = "internal error"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    CHANNEL = "channel"
    UNKNOWN = "unknown"


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


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_CAUSES = (
    (Cause.REAL_PERSON, _any(r"privacy\ information | real\ person | deep\ ?fake | 真人")),
    (Cause.COPYRIGHT, _any(r"copyright | policy\ violation | 版权")),
    (Cause.INTERNAL, _any(r"security\ detection\ error")),
    (
        Cause.MODERATION,
        _any(r"sensitive | risk\ detection | content\ polic | moderation | 敏感 | 审核 | 违规"),
    ),
    (
        Cause.CHANNEL,
        _any(
            r"""channel | invalid\ endpoint | model\ not\ (open|found) | service\ not\ open
            | access\ denied | authentication | unauthorized | invalid\ account\ status
            | invalid\ api\ ?key | 渠道 | 无权"""
        ),
    ),
    (
        Cause.RATE_LIMIT,
        _any(
            r"""rate\ ?limit | too\ many\ requests | request\ burst | overload | inflight
            | \b429\b | 饱和 | 频繁 | 限流 | 请求数限制"""
        ),
    ),
    (
        Cause.QUOTA,
        _any(r"quota | overdue | set\ limit | insufficient | balance | 额度 | 余额 | 欠费"),
    ),
    (
        Cause.PARAMETER,
        _any(
            r"""(invalid|missing|unsupported)\ (parameter|argument|image|video|audio|request)
            | out\ ?of\ ?context | bad\ request | parameter.*not\ valid | 参数"""
        ),
    ),
    (Cause.TIMEOUT, _any(r"time[ds]?\ ?out | deadline\ exceeded | expired | 超时 | 过期")),
    (Cause.CANCELLED, _any(r"cancel | 取消")),
    (
        Cause.INTERNAL,
        _any(
            r"""internal | server\ error | bad\ gateway | unavailable | unmarshal | panic
            | \b50[0234]\b | 内部 | 网关错误 | 上游错误"""
        ),
    ),
)
"""The first that fits is the cause; what is more telling comes before what is less so."""

_SUBJECT = _any(
    r"(input|output|generated|输入|输出|生成)的?\ ?(text|image|video|audio|文本|文字|图|视频|音频)"
)
_MEDIA = {"文本": "text", "文字": "text", "图": "image", "视频": "video", "音频": "audio"}
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def cause_of(text: str) -> Cause | None:
    """The cause that a code or a sentence speaks of; None where it says nothing known."""
    words = _words(text)
    return next((cause for cause, pattern in _CAUSES if pattern.search(words)), None)


def subject_of(text: str) -> Subject | None:
    """What a code or a sentence says was checked; None where it says nothing of it.

    `SensitiveContentDetected` by itself speaks of the prompt (source: Ark's list of codes).
    """
    words = _words(text)
    if match := _SUBJECT.search(words):
        medium = _MEDIA.get(match[2], match[2])
        if match[1] in ("input", "输入"):
            return Subject(f"input {medium}")
        return Subject.OUTPUT_AUDIO if medium == "audio" else Subject.OUTPUT_VIDEO
    return Subject.INPUT_TEXT if words.startswith("sensitive content detected") else None


def _words(text: str) -> str:
    """Lower-case words: `InputText.PolicyViolation` is `input text policy violation`."""
    return re.sub(r"[\s_.]+", " ", _HUMP.sub(" ", text)).lower()
