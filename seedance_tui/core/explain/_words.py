"""Codes and sentences as plain lower-case words, without what they quote."""

from __future__ import annotations

import re
from functools import lru_cache

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_SCRIPTS = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
"""Where Chinese meets Latin letters without a space."""
_QUOTED = re.compile(
    r"""(?P<said>\b(?:error|message|msg|reason|detail|cause)s?\W{0,3} | (?:原因|错误|信息)\W{0,3})?
    (?:"[^"]*" | “[^”]*” | `[^`]*` | 「[^」]*」 | 『[^』]*』 | 《[^》]*》 | ‘[^’]*’
    | (?<!\w)'[^']*'(?!\w))""",
    re.VERBOSE | re.IGNORECASE,
)


_FOUND = (
    r"(?:sensitive(?: \w+)?|copyright(?:ed)?(?: \w+)?|human faces?|faces?|real (?:person|people)"
    r"|violations?|nsfw|risks?|credits?|points?|quota|balance)"
)
_DENIED = re.compile(
    rf"\b(?:no|not|without|free of)(?: any| an?| the)? {_FOUND}"
    r"(?: (?:was |were |is |are |been |has |have )*(?:detected|found|charged|deducted|issues?))?"
    r"|\b(?:credits?|points?|quota|balance) (?:was |were |is |are |has |have |been )*"
    r"(?:refunded|returned|sufficient)"
    r"|(?:未|没有|没|无)(?:能)?(?:命中|检测到|检出|发现|识别到|识别出|包含|涉及)[^，。；,;]{0,8}"
    r"|(?:未|没有|不)扣(?:除|减|费)?(?:积分|额度|余额|费用|点数)?"
    r"|(?:积分|额度|余额|费用|点数)(?:已|将)?(?:全部|自动)?(?:退还|退回|返还|返回|充足)"
    r"|(?:已|将)(?:退还|退回|返还)(?:积分|额度|余额|费用|点数)?"
)
"""What is said not to be so, or to have been made good: no cause of anything."""
_BEGIN, _END = 500, 300
"""Characters of a longer text in which its cause is looked for."""


@lru_cache(maxsize=512)
def words_of(text: str) -> str:
    """Lower-case words: `InputText.PolicyViolation` is `input text policy violation`.

    What stands in quotation marks is a prompt or a name, and no verdict, unless it is introduced
    as one; what is denied is none either.
    """
    if len(text) > _BEGIN + _END:
        text = f"{text[:_BEGIN]} … {text[-_END:]}"
    told = _QUOTED.sub(lambda match: match[0] if match["said"] else " ", text)
    told = _SCRIPTS.sub(" ", _HUMP.sub(" ", told))
    words = re.sub(r"[\s_.\-]+", " ", told).strip().lower()
    return _DENIED.sub(" ", words).strip()
