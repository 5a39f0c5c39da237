"""Which texts of a response say why there is no video, and which say nothing.

Gateways fill the places of a reason on every response, with success as with failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ABOUT = (
    r"(?:(?:the |api )?(?:request|operation|query|task|call|api|submit|get|fetch|job|video|process"
    r"|generation|generate)(?: task| result)?[ :_-]*(?:is |was |has |been )*)?"
)
_ABOUT_ZH = r"(?:请求|操作|查询|获取|提交|任务|调用|处理|执行|返回|生成|接口|视频|结果|创建|已)*"
_SAYS_WELL = re.compile(
    rf"{_ABOUT}(?:success(?:ful(?:ly)?)?|succe+d(?:ed)?|ok(?:ay)?"
    r"|(?:processed|completed?|finished|done)(?: successfully)?)|successfully \w+"
    rf"|{_ABOUT_ZH}(?:成功|完成)了?|正常|(?:没有|无)错误|no errors?",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"[\W_]*|0|200|null|none|nil|undefined|n/?a|无|high|low|auto", re.IGNORECASE
)
"""No words, or the `detail` of a picture that was sent."""
_SAYS_FAILED = re.compile(
    rf"{_ABOUT}(?:fail(?:ed|ure)?|errors?|unsuccessful|unknown(?: error)?)|{_ABOUT_ZH}失败",
    re.IGNORECASE,
)
"""What says that it failed, and not why."""
_AROUND = " \t\r\n.!。！"


def is_reason(text: str) -> bool:
    """Whether a text says why: a link does not, nor does a text that means success."""
    is_link = text.strip().lower().startswith(("http://", "https://"))
    said = text.strip(_AROUND)
    return not (is_link or _SAYS_WELL.fullmatch(said) or _SAYS_NOTHING.fullmatch(said))


def telling_first(texts: Iterable[str | None]) -> list[str]:
    """Return the texts that are not empty; those that say no more than a failure come last.

    So do those that are JSON: what is in them is told by itself.
    """
    return sorted(filter(None, texts), key=_is_poor)


def _is_poor(text: str) -> bool:
    said = text.strip(_AROUND)
    return said.startswith(("{", "[{")) or _SAYS_FAILED.fullmatch(said) is not None
