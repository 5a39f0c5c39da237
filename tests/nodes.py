"""Whether a test of a name is there: promises name the tests that stand behind them."""

import ast
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent


@cache
def tests_in(file: str) -> frozenset[str]:
    """The names of the tests in a file below `tests`."""
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = {node.name for node in tree.body if isinstance(node, functions)}
    return frozenset(name for name in names if name.startswith("test_"))


def is_there(node: str) -> bool:
    """Whether there is the test `file::name`, or any in a file that is named alone."""
    file, _, name = node.partition("::")
    if not (TESTS / file).is_file():
        return False
    return name in tests_in(file) if name else bool(tests_in(file))
