"""Read and write the usual table faster than what knows all of TOML can.

A table with nothing but one-line texts and moments in UTC is read by one expression; any other is
left to the parser alone. Where a table cannot be told from its neighbours, the whole is: a long
text, or a list, in which there is the head of a table does not parse when it is cut there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_HEAD = "\n[[tasks]]\n"
_KEYS = {"id", "added_at", "label"}
_TEXT = r'"([^"\\\x00-\x1f\x7f]*)"'
_PLAIN = re.compile(
    rf"id = {_TEXT}\n"
    r"added_at = (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    rf"(?:label = {_TEXT}\n)?\n?",
    re.ASCII,
)
"""Lines as the program writes them; a text without escapes, which means itself."""


def quick_document(text: str) -> dict[str, Any] | None:
    """Return what `tomllib.loads` would; None where only that can tell."""
    if "\r" in text:
        return None
    head, *blocks = text.split(_HEAD)
    try:
        document = tomllib.loads(head)
        tables = [_table(block) for block in blocks]
    except (ValueError, RecursionError):
        return None
    if "tasks" in document or None in tables:
        return None
    return document | {"tasks": tables} if tables else document


def _table(block: str) -> dict[str, Any] | None:
    """Read one table; None if there is more in the block than that."""
    if match := _PLAIN.fullmatch(block):
        task_id, added_at, label = match.groups()
        table = {"id": task_id, "added_at": datetime.fromisoformat(added_at)}
        return table if label is None else table | {"label": label}
    document = tomllib.loads(f"[[tasks]]\n{block}")
    tables = document.get("tasks")
    is_one = len(document) == 1 and isinstance(tables, list) and len(tables) == 1
    return tables[0] if is_one and isinstance(tables, list) else None


def quick_block(table: Mapping[str, Any]) -> str | None:
    """Write a table of that kind as `tomli_w` would, under its header; None for any other."""
    task_id, added_at, label = table.get("id"), table.get("added_at"), table.get("label")
    if set(table) - _KEYS or not isinstance(added_at, datetime):
        return None
    block = f'id = "{task_id}"\nadded_at = {added_at}\n'
    if label is not None:
        block += f'label = "{label}"\n'
    return f"[[tasks]]\n{block}" if _PLAIN.fullmatch(block) else None
