"""Every source is compiled once in a run, not once in each process of it.

To rewrite the assertions of all tests takes 15 s of a processor, and each of the workers would do
it; the commands that tests start are compiled in half of the time that they take. Where Python
is told to leave no bytecode behind, what a run has written goes with it.
"""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _caches() -> set[Path]:
    return {folder for top in ("seedance_tui", "tests") for folder in _below(ROOT / top)}


def _below(top: Path) -> Iterator[Path]:
    for folder, names, _files in os.walk(top):
        if "__pycache__" in names:
            yield Path(folder, "__pycache__")


@contextmanager
def kept_for_a_run() -> Iterator[None]:
    """Have bytecode written, also by the processes that are started; take away what is new."""
    if not sys.dont_write_bytecode:
        yield
        return
    before = _caches()
    sys.dont_write_bytecode = False
    unsaid = os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    yield
    sys.dont_write_bytecode = True
    if unsaid is not None:
        os.environ["PYTHONDONTWRITEBYTECODE"] = unsaid
    for folder in _caches() - before:
        shutil.rmtree(folder, ignore_errors=True)


def import_beginning_with_a_share(worker: int, workers: int) -> None:
    """Import all tests, each worker from another one on: it finds the others' share compiled.

    What cannot be imported is left to the collection, which says so.
    """
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
    ]
    begin = len(names) * worker // workers
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in names[begin:] + names[:begin]:
            with suppress(Exception, pytest.skip.Exception):
                import_module(name)
