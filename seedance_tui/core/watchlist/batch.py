"""What is said of several tasks at once: labels that are numbered, tags that some of them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..text.sanitize import safe

NUMBER = "{n}"
"""What stands in a pattern for the number of the task, from 1 on."""
_SEPARATORS = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ","})


def numbered(pattern: str, number: int) -> str:
    """Return the label of the task with that number: `rain {n}` becomes `rain 3`."""
    return pattern.replace(NUMBER, str(number))


def labels(pattern: str, count: int) -> list[str]:
    """Return a label for each of so many tasks; an empty pattern gives none."""
    return [numbered(pattern, number) for number in range(1, count + 1)] if pattern else []


def tags_in(text: str) -> tuple[str, ...]:
    """Read tags with commas between them, Chinese ones as well; a `#` before one is not its."""
    words = safe(text).translate(_SEPARATORS).split(",")
    tags = (word.strip().lstrip("#").strip() for word in words)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def frequent_tags(tags_of_tasks: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return all tags, those of most tasks first."""
    counted = Counter(tag for tags in tags_of_tasks for tag in dict.fromkeys(tags))
    return tuple(sorted(counted, key=lambda tag: (-counted[tag], tag)))
