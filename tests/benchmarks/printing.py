"""Tables and promises, as the benchmarks print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: the first column to the left, numbers to the right."""
    lines = [tuple(map(str, line)) for line in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(f"\n{title}")
    for line in lines:
        first, *rest = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip(), flush=True)


def verdict(promises: Mapping[str, bool]) -> int:
    """Print which promises hold; return the exit status, 1 if one is broken."""
    print()
    for promise, holds in promises.items():
        print(f"{'holds ' if holds else 'BROKEN'}  {promise}")
    return 0 if all(promises.values()) else 1
