"""The headless commands: plain text and JSON for scripts and agents, never a screen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.model.codes import Code, Exit
from ..core.settings.errors import ConfigError, KeyUnusable
from .parser import asks_for_json

if TYPE_CHECKING:
    from .invocation import Pause

_COMMANDS = Path(__file__).parents[1] / "commands"
COMMANDS = tuple(sorted(path.stem for path in _COMMANDS.glob("[a-z]*.py")))
"""The names of the commands: a module in that folder is one, and is found by its name alone."""


def run(
    verb: str,
    argv: Sequence[str],
    parents: Sequence[argparse.ArgumentParser],
    environ: Mapping[str, str],
    *,
    pause: Pause | None = None,
    begin_log: Callable[[], None] | None = None,
) -> int:
    """Run one of `COMMANDS` and return the exit status.

    `parents` have the options shared with the monitor; `pause` is called in place of every
    wait between two tries and is for tests. `begin_log` is called before all that may have
    something to log. A wrong command line raises SystemExit, as argparse does.
    """
    from .invocation import parsed

    try:
        module, call = parsed(verb, argv, parents, environ, pause)
        if begin_log and "--verbose" not in getattr(module, "UNUSED", ()):
            begin_log()
        code = module.run(call)
        sys.stdout.flush()
    except (ConfigError, OSError) as error:
        return refused(error, as_json=asks_for_json(argv))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code


def refused(error: ConfigError | OSError, *, as_json: bool) -> Exit:
    """Tell settings from the disk: nothing else of the system's errors comes up to here."""
    from ..files.os_errors import described, is_full
    from . import json_error

    if isinstance(error, BrokenPipeError):
        return _nobody_reads()
    code, status = Code.DISK, Exit.DISK
    if isinstance(error, OSError) and is_full(error):
        code = Code.DISK_FULL
    elif isinstance(error, KeyUnusable):
        code, status = Code.KEY_MISSING, Exit.NO_KEY
    elif isinstance(error, ConfigError):
        code, status = Code.USAGE, Exit.USAGE
    words = described(error) if isinstance(error, OSError) else str(error)
    json_error.tell(json_error.error(code, status, words), as_json=as_json)
    return status


def _nobody_reads() -> Exit:
    """End quietly where the reader of our output has gone, as `| head` does."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())  # or the interpreter complains when it flushes
    os.close(nowhere)
    return Exit.PIPE_CLOSED
