"""Whose an unfinished file is: said in `.part.json` beside it, before its first byte."""

from __future__ import annotations

import json
import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from ...files.replacing import discard
from .. import body as bodies
from ..json_values import JSON
from .remote_file import RemoteFile

MOST_NAMES = 9
"""Names that are tried for an unfinished file."""
_LARGEST = 64 * 1024
_LOOKS, _BETWEEN = 100, 0.01
"""How often, and seconds between, one looks whose a part is that was just made."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The file of a task: the task's ID, and which of its files it is."""

    task: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose a part is, of which object (host and path of its link), and what is known of that."""

    owner: Owner
    object: str = ""
    remote: RemoteFile = field(default_factory=RemoteFile)

    @classmethod
    def from_json(cls, data: JSON) -> Self | None:
        """Read what `to_json` gave; None for anything else."""
        known = data if isinstance(data, dict) else {}
        task, kind, of = map(known.get, ("task", "kind", "object"))
        if not (isinstance(task, str) and isinstance(kind, str) and isinstance(of, str)):
            return None
        return cls(Owner(task, kind), of, RemoteFile.from_json(known))

    def to_json(self) -> dict[str, JSON]:
        """Return what is written: nothing by which the file could be fetched."""
        owner: dict[str, JSON] = {"task": self.owner.task, "kind": self.owner.kind}
        return owner | {"object": self.object} | self.remote.to_json()


def object_of(url: str) -> str:
    """What a link leads to, without what makes it a secret: host and path."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] + parts.path


def part_of(target: Path, number: int = 1) -> Path:
    """Where the unfinished file of `target` is, the first or a further one."""
    return target.with_name(f"{target.name}{'' if number == 1 else f'.{number}'}.part")


def claim_path(part: Path) -> Path:
    """Where it is said whose a part is."""
    return part.with_name(f"{part.name}.json")


def read_claim(part: Path) -> Claim | None:
    """Read whose a part is; None where that is not said, or not by us."""
    try:
        with os.fdopen(os.open(claim_path(part), _FLAGS), "rb") as file:
            return Claim.from_json(bodies.parse(file.read(_LARGEST)))
    except (OSError, ValueError):
        return None


def awaited_claim(part: Path) -> Claim | None:
    """Read whose a part is that another process holds: it may be just about to say so."""
    for _ in range(_LOOKS):
        if claim := read_claim(part):
            return claim
        time.sleep(_BETWEEN)
    return None


_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def write_claim(part: Path, claim: Claim) -> None:
    """Say whose a part is; a kill leaves the old words or the new ones. May raise OSError."""
    path = claim_path(part)
    new = path.with_name(f"{path.name}~")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(claim.to_json(), file)
        new.replace(path)
    except OSError:
        discard(new)
        raise


def is_received(target: Path, claim: Claim) -> bool:
    """Whether all the bytes of an owner's object are there, and miss nothing but their name.

    Of `claim` the owner and the object count. Blocks.
    """
    for number in range(1, MOST_NAMES + 1):
        part = part_of(target, number)
        found = read_claim(part)
        if found and (found.owner, found.object) == (claim.owner, claim.object):
            try:
                status = part.lstat()
            except OSError:
                continue
            is_plain = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
            if is_plain and 0 < status.st_size == found.remote.total:
                return True
    return False


def may_be_part(part: Path, owner: Owner) -> bool:
    """Whether a part of `owner` can be there: nothing, or a plain file that has no other name.

    One of its own has two names where its process was killed while the part got its last one.
    """
    claim = read_claim(part)
    try:
        status = part.lstat()
    except FileNotFoundError:
        return claim is not None or not os.path.lexists(claim_path(part))
    is_own = claim is not None and claim.owner == owner
    return stat.S_ISREG(status.st_mode) and (is_own or status.st_nlink == 1)
