"""Find task IDs in whatever a person types or pastes: lists, JSON, logs, links, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GATEWAY = re.compile(
    r"(?<![A-Za-z0-9_])(?:asyntask_[A-Za-z0-9_\-]+|task_[A-Za-z0-9]{16,})(?P<cut>…|\.\.\.)?"
)
_IN_PATH = re.compile(r"/v1/(?:video/generations|videos)/([^/?#\s\"'<>\\]+)")
_IN_JSON = re.compile(r"\\?\"task_id\\?\"\s*:\s*\\?\"([^\"\\\s]{1,200})\\?\"")
_UPSTREAM = re.compile(r"(?<![\w-])cgt-\d{8,14}-[A-Za-z0-9]+(?![\w-])")
_UUID = re.compile(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")
_BETWEEN = re.compile(r"[\s,;|\"'\[\](){}<>]+")
_PLAIN = re.compile(r"(?=.*\d)[A-Za-z0-9][\w.:\-]{5,127}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Found:
    """IDs in the order of the text, each once, and words that look like a damaged ID."""

    ids: tuple[str, ...]
    odd: tuple[str, ...] = ()


def find_ids(text: str) -> Found:
    """Find the task IDs in any text.

    The gateway's own IDs win: where there are any, upstream IDs and UUIDs in the same text are
    other fields of the same answers. A text of nothing but plain words is taken as a list of IDs,
    since the gateway's IDs may have any form.
    """
    ids: dict[str, None] = {}
    odd: dict[str, None] = {}
    for match in _GATEWAY.finditer(text):
        (odd if match.group("cut") else ids)[match.group()] = None
    for pattern in (_IN_PATH, _IN_JSON):
        ids |= {word: None for word in pattern.findall(text) if not word.endswith(("…", "..."))}
    for pattern in (_UPSTREAM, _UUID):
        if not ids:
            ids = dict.fromkeys(pattern.findall(text))
    if ids or odd:
        return Found(tuple(ids), tuple(odd))
    return _plain_words(text)


def _plain_words(text: str) -> Found:
    words = dict.fromkeys(word for word in _BETWEEN.split(text) if word)
    if not any(_PLAIN.fullmatch(word) for word in words):
        return Found((), tuple(words))
    ids = tuple(word for word in words if _PLAIN.fullmatch(word))
    if len(ids) * 2 < len(words):
        return Found((), tuple(words))
    return Found(ids, tuple(word for word in words if word not in ids))
