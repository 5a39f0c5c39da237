"""Keep the key tables of both READMEs in step with the registry of actions.

`python tests/readme_keys.py` writes them; a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedance_tui.core.text import i18n
from seedance_tui.core.text.i18n import _
from seedance_tui.ui.keys.action import GROUPS, NO_KEY, Action
from seedance_tui.ui.keys.monitor import MONITOR
from seedance_tui.ui.keys.widgets import DETAIL, MARKS, ROWS

ROOT = Path(__file__).parent.parent
READMES = {
    "en": (ROOT / "README.md", "| key | what it does |", "Move"),
    "zh": (ROOT / "screenshots" / "README.zh-CN.md", "| 按键 | 作用 |", "移动"),
}
"""By language: the file, the head of its table, and the word for the last row."""
SPELT = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "equals_sign": "=",
    "asterisk": "*",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "dollar_sign": "$",
    "number_sign": "#",
}


def table(language: str) -> str:
    """Return the table in a language: a row for each help text, and one for moving."""
    _path, head, moving = READMES[language]
    i18n.use(language)
    try:
        rows = [f"| {keys} | {text} |" for keys, text in _rows()]
    finally:
        i18n.use("en")
    moves = [key for action in (*ROWS, *DETAIL) for key in _keys(action)]
    named = {key for action in (*MONITOR, *MARKS) for key in _keys(action)}
    others = " ".join(dict.fromkeys(f"`{key}`" for key in moves if key not in named))
    return "\n".join([head, "|---|---|", *rows, f"| {others} | {moving} |"])


def _rows() -> Iterator[tuple[str, str]]:
    """The keys and the help of each action; those with the same help share a row."""
    rows: dict[str, list[str]] = {}
    for group in GROUPS:
        for action in (*MONITOR, *MARKS):
            if action.group == group and action.help:
                rows.setdefault(action.help, []).extend(_keys(action))
    for text, keys in ((text, keys) for text, keys in rows.items() if keys):
        yield " ".join(f"`{key}`" for key in keys), _(text)


def _keys(action: Action) -> Iterable[str]:
    keys = (key for key in action.keys.split(",") if not key.startswith(NO_KEY))
    return (SPELT.get(key, key) for key in keys)


def written(text: str, language: str) -> str:
    """Return the README with the table in it as it has to be."""
    _path, head, _moving = READMES[language]
    return re.sub(re.escape(head) + r"\n(\|.*\n)+", lambda _old: table(language) + "\n", text)


if __name__ == "__main__":
    for language, (path, *_rest) in READMES.items():
        path.write_text(written(path.read_text(encoding="utf-8"), language), encoding="utf-8")
