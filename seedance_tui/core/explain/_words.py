"""Codes and sentences as plain lower-case words, without what they quote."""

from __future__ import annotations

import re
from functools import lru_cache

from ._denials import without_denials

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_SCRIPTS = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])")
"""Where Chinese meets Latin letters without a space."""
_QUOTED = re.compile(
    r"""(?P<said>\b(?:error|message|msg|reason|detail|cause)s?\W{0,3} | (?:原因|错误|信息)\W{0,3})?
    (?:"[^"]*" | “[^”]*” | `[^`]*` | 「[^」]*」 | 『[^』]*』 | 《[^》]*》 | ‘[^’]*’
    | (?<!\w)'[^']*'(?!\w))""",
    re.VERBOSE | re.IGNORECASE,
)

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
    clauses = re.sub(r"[\s_\-]+", " ", told).lower()
    return re.sub(r"[\s.]+", " ", without_denials(clauses)).strip()
