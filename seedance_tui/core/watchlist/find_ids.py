"""Find task IDs in whatever the user types or pastes: lists, JSON, logs, links, tables."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from ...api.envelope import Envelope
from ...api.json_values import as_text
from ...api.key import redact
from ...api.links import SUFFIXES
from ._wrapped import unwrapped

_SURE = re.compile(
    r"/v1/(?:video/generations|videos)/(?P<path>[A-Za-z0-9][\w.~%:\-]*)(?P<path_cut>…)?"
    r"|\"task_id\\*\"\s*:\s*\\*\"(?P<json>[^\"\\\s]{1,200})\\*\""
    r"|(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))"
    r"(?P<gateway>asyntask_[A-Za-z0-9](?:[A-Za-z0-9_\-]*[A-Za-z0-9])?|task_[A-Za-z0-9]{16,})"
    r"(?P<cut>…|\.\.\.)?",
    re.ASCII,
)
"""Where an ID certainly is: in the gateway's paths, behind the key `task_id`, by its form."""
_OUR_FORM = re.compile(r"(?:asyn)?task_[A-Za-z0-9]", re.ASCII)
_WHOLE = re.compile(r"(?:asyn)?task_[A-Za-z0-9]{32,}", re.ASCII)
_FILE_SUFFIX = re.compile(rf"(?:{'|'.join(SUFFIXES)}|(?<=[A-Za-z0-9]{{32}})_(?:[2-9]|[1-9][0-9]))$")
_UPSTREAM = re.compile(r"(?<![\w-])cgt-\d{8,14}-[A-Za-z0-9]+(?![\w-])")
_UUID = re.compile(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")
_BETWEEN = re.compile(r"[\s,;|\"'`\[\](){}<>,;、。“”「」()【】]+")
_PLAIN = re.compile(
    r"(?!\d{4}-\d\d-\d\d)(?=.*\d)(?=.*[A-Za-z]|\d+$)[A-Za-z0-9][\w.:\-]{4,126}\w", re.ASCII
)
"""A digit, and a letter too unless it is digits alone: dates, times and versions are no IDs."""
_KEY = re.compile(r"(?<![A-Za-z0-9])sk-", re.ASCII)
"""An API key is pasted by mistake: as an ID it would be kept, and sent in an address."""
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


_TEXT = re.compile(r"[\s\"'<>{}()\[\],;|…]|\.\.\.|://|/v1/")
"""What an ID has nowhere in it, and a link, JSON or a list does."""
_ID = re.compile(r"(?=.*\d)[A-Za-z0-9_.:=+\-]{6,128}", re.ASCII)
"""What may be an ID where one is asked for: a mistyped command has no digit."""


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
    text = unwrapped(_with_answers_as_ids(_COLOUR.sub(" ", text)))
    ids: dict[str, None] = {}
    odd: dict[str, None] = {}
    for match in _SURE.finditer(text):
        word, is_cut = _word(match)
        if is_cut:
            odd[word] = None
        elif _is_usable(word):
            ids[word] = None
    for pattern in (_UPSTREAM, _UUID):
        if not ids:
            ids = dict.fromkeys(pattern.findall(text))
    if ids or odd:
        return Found(tuple(ids), tuple(odd))
    return _plain_words(text)


def _word(match: re.Match[str]) -> tuple[str, bool]:
    """Return the ID, and whether someone has shortened it."""
    if path := match["path"]:
        is_cut = bool(match["path_cut"]) or path.endswith("...")
        return (match.group() if is_cut else unquote(path.rstrip(".:"))), is_cut
    if in_json := match["json"]:
        return in_json, "…" in in_json or "..." in in_json
    if match["cut"] and not _WHOLE.fullmatch(match["gateway"]):
        return match.group(), True
    return _FILE_SUFFIX.sub("", match["gateway"]), False


def _is_usable(word: str) -> bool:
    """Whether it can be an ID: `string` and `YOUR_ID` in examples cannot."""
    if not word.isprintable() or " " in word or _KEY.search(word):
        return False
    return bool(_OUR_FORM.match(word)) or any(c.isdigit() for c in word)


def _with_answers_as_ids(text: str) -> str:
    """Put the task's ID in the place of every whole response, since other IDs stand in it too."""
    if (short := _ids_of_answers(text)) is not None:
        return short
    lines = text.split("\n")
    return "\n".join(line if (ids := _ids_of_answers(line)) is None else ids for line in lines)


def _ids_of_answers(text: str) -> str | None:
    """Return the ID of a response, or those of a list of responses; None if it is neither."""
    text = text.strip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return None
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    ids = []
    for answer in parsed if isinstance(parsed, list) else [parsed]:
        envelope = Envelope.open(answer)
        if envelope is None or not (task_id := as_text(envelope.task.get("task_id"))):
            return None
        ids.append(json.dumps({"task_id": task_id}, ensure_ascii=False))
    return "\n".join(ids)


def _plain_words(text: str) -> Found:
    words = dict.fromkeys(word.rstrip(".:") for word in _BETWEEN.split(text) if word)
    words.pop("", None)
    ids = {word: None for word in words if _PLAIN.fullmatch(word) and not _KEY.search(word)}
    if len(ids) * 2 < len(words):
        return Found((), tuple(map(redact, words)))
    return Found(tuple(ids), tuple(redact(word) for word in words if word not in ids))


def find_in_words(
    words: Iterable[str], is_known: Callable[[str], bool] = lambda word: False
) -> Found:
    """Find the IDs that a command line means: a plain word is one whatever its form.

    Any other word is searched as a text. A word that `is_known` is an ID too.
    """
    ids: dict[str, None] = {}
    odd: dict[str, None] = {}
    for word in words:
        found = Found((word,)) if is_known(word) else _in_word(word)
        ids |= dict.fromkeys(found.ids)
        odd |= dict.fromkeys(found.odd)
    return Found(tuple(ids), tuple(odd))


def _in_word(word: str) -> Found:
    if _TEXT.search(word):
        return find_ids(word)
    is_id = (_ID.fullmatch(word) or _SURE.fullmatch(word)) and not _KEY.search(word)
    return Found((word,)) if is_id else Found((), (redact(word),))
