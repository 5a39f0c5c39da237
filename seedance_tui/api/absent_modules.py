"""Modules that libraries look for, and that are not installed or of no use here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import cast


def note_absent(*names: str) -> None:
    """Note which of these modules are not installed, so that importing one fails at once.

    httpcore 1.0 tries to import `sniffio` a dozen times a request. Python remembers a module that
    it has found, and searches the whole path again for one that it has not: with eight requests at
    once that is a third of the time of each (measured). `None` in `sys.modules` is the documented
    way to say that there is no such module.
    """
    for name in names:
        if name not in sys.modules and find_spec(name) is None:
            sys.modules[name] = cast(ModuleType, None)


@contextmanager
def without_command_line() -> Iterator[None]:
    """Let httpx be loaded without its command line, where click is installed.

    It would load click, Pygments and Rich: a sixth of a short command (measured). httpx does
    without where there is no click, and says so in its own source.
    """
    if "click" in sys.modules:
        yield
        return
    sys.modules["click"] = cast(ModuleType, None)
    try:
        yield
    finally:
        del sys.modules["click"]
