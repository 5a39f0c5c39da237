"""The mutants of some files: each a small change of one place, as cosmic-ray makes them."""

from __future__ import annotations

import ast
import difflib
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

ROOT = Path(__file__).parents[2]
_ARITHMETIC = {"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod"}
_COMPARISONS = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"}
_ALIKE = (_ARITHMETIC, _COMPARISONS, {"Is", "IsNot"}, {"In", "NotIn"}, {"BitOr", "BitAnd"})
"""Signs that stand for one another; `>>` in place of `+` fails at once, and tells nothing."""


@dataclass(frozen=True)
class Mutant:
    """One change: the `occurrence`-th that an operator of cosmic-ray can make in a file."""

    file: str
    line: int
    operator: str
    occurrence: int

    @property
    def code(self) -> str | None:
        """The file with the change made; None if there is none, or it is no Python."""
        operator = OperatorProvider()[self.operator]()
        code: str | None = mutate_code(source_of(self.file), operator, self.occurrence)
        with suppress(SyntaxError):
            return code if code and compile(code, self.file, "exec") else None
        return None

    @property
    def diff(self) -> list[str]:
        """The lines that it changes, before and after."""
        after = (self.code or "").splitlines()
        lines = difflib.unified_diff(source_of(self.file).splitlines(), after, n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def sample(files: Sequence[str], count: int, seed: str) -> list[Mutant]:
    """Return so many mutants of the files, those at different places first."""
    chance = random.Random(seed)
    places: dict[object, list[Mutant]] = defaultdict(list)
    for file in files:
        for place, mutant in _mutants(file):
            places[file, place].append(mutant)
    ranked: list[tuple[int, float, Mutant]] = []
    for there in places.values():
        chance.shuffle(there)
        ranked += [(rank, chance.random(), mutant) for rank, mutant in enumerate(there)]
    found: list[Mutant] = []
    for _rank, _chance, mutant in sorted(ranked, key=lambda one: one[:2]):
        if len(found) < count and mutant.code:
            found.append(mutant)
    return found


def _mutants(file: str) -> Iterator[tuple[tuple[int, int], Mutant]]:
    """Every change that can be made in a file, with its line and column."""
    source = source_of(file)
    nodes = list(ast_nodes(get_ast(source)))
    untold = _untold(source)
    for name in filter(_is_telling, OperatorProvider()):
        operator, occurrence = OperatorProvider()[name](), 0
        for node in nodes:
            for start, _end in operator.mutation_positions(node):
                if not any(begin <= start < end for begin, end in untold):
                    yield start, Mutant(file, start[0], name, occurrence)
                occurrence += 1


def _is_telling(name: str) -> bool:
    """Whether a change of that kind can pass unnoticed, and needs to be told no names."""
    kind, _, signs = name.partition("Operator_")
    if kind in ("ReplaceBinary", "ReplaceComparison"):
        return any(set(signs.split("_")) <= alike for alike in _ALIKE)
    return not name.startswith("Variable")


def _untold(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where that begins and ends which no test can tell from another.

    With `from __future__ import annotations` an annotation is text; `frozen` and `slots` of a
    dataclass are for the reader and the type checker.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for part in (*parts, *getattr(node, "decorator_list", ())):
            if isinstance(part, ast.expr):
                end = part.end_lineno or part.lineno, part.end_col_offset or 0
                found.append(((part.lineno, part.col_offset), end))
    return found


@cache
def source_of(file: str) -> str:
    """What is written there; also what was, if it is changed while mutants are tried."""
    return (ROOT / file).read_text(encoding="utf-8")
