"""Whose saved file stands at a path, also while another instance is about to say so."""

from __future__ import annotations

import time
from pathlib import Path

from ..storage.sqlite import DatabaseUnusable
from .ledger import Key, Ledger

_YOUNG = 10.0
"""Seconds within which an instance has noted that a file which it has placed is its task's.

A busy machine may take that long; it is waited for only where a file is new and nobody's.
"""
_LOOK = 0.05


def is_of_another(ledger: Ledger, path: Path, key: Key) -> bool:
    """Whether another task's file was saved as `path`, by any instance; blocks.

    A file that has just got its name, and that nobody has noted yet, is looked at again.
    """
    while (age := _age(path)) is not None:
        try:
            owners = ledger.owners(path)
        except DatabaseUnusable:
            return False
        if owners or age >= _YOUNG:
            return bool(owners - {(key[0], key[1].value)})
        time.sleep(_LOOK)
    return False


def _age(path: Path) -> float | None:
    """Return for how many seconds the file has had its name, by the disk; None if there is none."""
    try:
        return abs(time.time() - path.stat().st_ctime)
    except OSError:
        return None
