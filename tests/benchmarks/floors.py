"""How far above the floor the program stands: `python tests/benchmarks/floors.py [ROW...]`.

Each row measures the program and a floor in turn, in the same run: the least Textual app that has
a table, a pane and a footer; a loop over httpx; curl; Python alone. The figure that counts is the
ratio of the medians. `--against COMMIT` measures that commit too; `--json FILE` writes everything.
Linux alone: it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from floor_rows import ROWS, Figure
from printing import table

ROOT = Path(__file__).parents[2]
HEAD = ("what", "ours", "floor", "ratio", "goal", "met")


def measure(tree: Path, names: list[str], rounds: int) -> list[Figure]:
    """Measure the program of a tree."""
    figures: list[Figure] = []
    for name in names:
        with tempfile.TemporaryDirectory(prefix="floors-") as folder:
            for figure in ROWS[name](tree, Path(folder), rounds):
                print(*figure.cells, sep=" · ", file=sys.stderr, flush=True)
                figures.append(figure)
    return figures


def main() -> int:
    """Print the table; exit with 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", nargs="*", help=f"of {', '.join(ROWS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="of each pair (default: 5)")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--against", metavar="COMMIT", help="measure that one, too")
    given = parser.parse_args()
    names = given.rows or list(ROWS)
    if unknown := set(names) - set(ROWS):
        parser.error(f"no row: {', '.join(sorted(unknown))}")
    found = {"this tree": measure(ROOT, names, given.rounds)}
    if given.against:
        with tempfile.TemporaryDirectory(prefix="floors-tree-") as tree:
            _check_out(given.against, tree)
            found[given.against] = measure(Path(tree), names, given.rounds)
    for whose, figures in found.items():
        table(whose, HEAD, [figure.cells for figure in figures])
    if given.json:
        told = {whose: [asdict(one) for one in figures] for whose, figures in found.items()}
        given.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0 if all(figure.is_met for figure in found["this tree"]) else 1


def _check_out(commit: str, folder: str) -> None:
    """Put the tree of a commit there."""
    archive = subprocess.run(
        ["git", "archive", commit, "seedance_tui"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder], check=True)


if __name__ == "__main__":
    sys.exit(main())
