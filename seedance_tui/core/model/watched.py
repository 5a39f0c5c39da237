"""What the user says of a task, and changes to it that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Self

_KEYS = frozenset({"id", "added_at", "label", "tags", "note", "prompt", "pick", "archived"})


class _Written(datetime):
    """A moment that a TOML file shows as `2026-11-22T08:09:10Z`."""

    @classmethod
    def of(cls, moment: datetime) -> Self:
        """Take over any moment."""
        return cls.fromisoformat(moment.isoformat())

    def __str__(self) -> str:
        return self.isoformat().removesuffix("+00:00") + ("" if self.utcoffset() else "Z")


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry of the watch list; `extra` holds the keys and values that are not understood."""

    id: str
    added_at: datetime
    label: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    prompt: str = ""
    """What the video was asked for with, as far as the user keeps it."""
    pick: bool | None = None
    """Whether it was chosen among others, or rejected; None for neither."""
    archived: datetime | None = None
    """When it was put away, of an entry of the archive."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    is_listed: bool = True
    """Whether it is on the list or in the archive; one that is not was never added."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self | None:
        """Read a `[[tasks]]` table; None if it has no usable `id`, defaults for the rest."""
        task_id = table.get("id")
        if not isinstance(task_id, str) or not task_id.strip():
            return None
        extra = {k: v for k, v in table.items() if k not in _KEYS or not _fits(k, v)}
        known = {k: v for k, v in table.items() if k not in extra}
        return cls(
            id=task_id.strip(),
            added_at=_moment(known.get("added_at")),
            label=known.get("label", ""),
            tags=tuple(known.get("tags", ())),
            note=known.get("note", ""),
            prompt=known.get("prompt", ""),
            pick=known.get("pick"),
            archived=_moment(known["archived"]) if "archived" in known else None,
            extra=extra,
        )

    def over(self, other: Watched) -> Watched:
        """Return it with all that only the other entry of the same task says."""
        merged = Watched.from_table(other.to_table() | self.to_table())
        assert merged is not None, "both have an ID"  # noqa: S101
        return merged

    def to_table(self) -> dict[str, Any]:
        """Write the entry as a `[[tasks]]` table, empty optional keys left out."""
        table: dict[str, Any] = {"id": self.id, "added_at": _Written.of(self.added_at)}
        optional = {
            "label": self.label,
            "tags": list(self.tags),
            "note": self.note,
            "prompt": self.prompt,
            "pick": self.pick,
            "archived": self.archived and _Written.of(self.archived),
        }
        said = {key: value for key, value in optional.items() if value or value is False}
        return table | dict(self.extra) | said


def _fits(key: str, value: object) -> bool:
    """Whether the value of a key that the program knows is of the kind that it knows."""
    match key:
        case "added_at" | "archived":
            return isinstance(value, date)
        case "pick":
            return isinstance(value, bool)
        case "tags":
            return isinstance(value, list) and all(isinstance(tag, str) for tag in value)
    return isinstance(value, str)


def _moment(value: object) -> datetime:
    """Read a moment; one without a zone, or a day alone, is the local time's; nothing is now."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return value if value.tzinfo else value.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return value.replace(tzinfo=UTC)
