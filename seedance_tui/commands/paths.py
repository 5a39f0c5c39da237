"""`paths`: where everything is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..command_line.invocation import NOBODY_IS_ASKED, Invocation
from ..command_line.output import columns, show_json, show_lines, show_tabbed
from ..core.model.codes import Exit
from ..core.storage import paths as places
from ..core.text.i18n import _

NAMES = (
    "config", "api_key", "watchlist", "archive", "history", "queue", "questions",
    "choices",
    "download_dir", "posters", "log",
)  # fmt: skip

STATUSES: tuple[Exit, ...] = ()
UNUSED = NOBODY_IS_ASKED


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print the locations of the program's files.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return ("seedance-tui paths", '"$EDITOR" "$(seedance-tui paths watchlist)"')


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    parser.add_argument("name", nargs="?", choices=NAMES, metavar="NAME", help=", ".join(NAMES))


def run(call: Invocation) -> Exit:
    """Do its work."""
    paths, name = _paths(call), call.given.name
    if call.json:
        show_json(str(paths[name]) if name else {one: str(path) for one, path in paths.items()})
    elif name:
        print(paths[name])
    elif sys.stdout.isatty():
        show_lines(columns([(one, str(path)) for one, path in paths.items()]))
    else:
        show_tabbed((one, str(path)) for one, path in paths.items())
    return Exit.WELL


def _paths(call: Invocation) -> dict[str, Path]:
    config = call.config_without_key()
    found = (
        config.config,
        config.key_file,
        config.watchlist,
        places.archive_path(config.watchlist),
        config.history,
        config.queue,
        places.questions_path(config.history),
        places.choices_path(config.watchlist),
        config.download_dir,
        config.posters,
        places.log_file(call.environ),
    )
    return {name: path for name, path in zip(NAMES, found, strict=True) if path}
