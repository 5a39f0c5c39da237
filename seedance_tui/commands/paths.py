"""`paths`: where everything is."""

from __future__ import annotations

import argparse

from ..command_line.invocation import Invocation
from ..command_line.output import NOTHING, columns, show_json, show_lines
from ..core.model.codes import Exit
from ..core.settings.choices import Choices
from ..core.storage import paths as places
from ..core.text.i18n import _
from ..core.watchlist.archive import archive_path


def about() -> str:
    """Return the sentence that describes it."""
    return _("Print the locations of the program's files.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments: none."""


def run(call: Invocation) -> Exit:
    """Do its work."""
    config = call.config_without_key()
    paths = {
        "config": config.config,
        "watchlist": config.watchlist,
        "archive": archive_path(config.watchlist),
        "history": config.history,
        "queue": config.queue,
        "choices": Choices.beside(config.watchlist).path,
        "download_dir": config.download_dir,
        "posters": config.posters,
        "log": places.log_file(call.environ),
    }
    if call.json:
        show_json({name: str(path) if path else None for name, path in paths.items()})
    else:
        show_lines(columns([(name, str(path or NOTHING)) for name, path in paths.items()]))
    return Exit.WELL
