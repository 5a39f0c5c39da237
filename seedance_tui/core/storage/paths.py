"""Where the program's files are, by the conventions of the system. Nothing is created here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from ..text.i18n import _

_NAME = "seedance-tui"


class NoHome(Exception):
    """Neither a variable nor the system says where the user's home is."""


def config_dir(environ: Mapping[str, str]) -> Path:
    """`$XDG_CONFIG_HOME/seedance-tui`, on macOS too; the roaming profile on Windows."""
    return _directory(environ, "XDG_CONFIG_HOME", ".config", "user_config_path")


def key_file(environ: Mapping[str, str]) -> Path | None:
    """`api-key` beside the settings: a key that was typed in; None without a home."""
    try:
        return config_dir(environ) / "api-key"
    except NoHome:
        return None


def data_dir(environ: Mapping[str, str]) -> Path:
    """`$XDG_DATA_HOME/seedance-tui`."""
    return _directory(environ, "XDG_DATA_HOME", ".local/share", "user_data_path")


def state_dir(environ: Mapping[str, str]) -> Path:
    """`$XDG_STATE_HOME/seedance-tui`."""
    return _directory(environ, "XDG_STATE_HOME", ".local/state", "user_state_path")


def choices_path(watch_list: Path) -> Path:
    """Return where the choices that belong to a watch list are: beside it."""
    return watch_list.with_name(f"{watch_list.name.removesuffix('.toml')}.choices.toml")


def archive_path(watch_list: Path) -> Path:
    """Return where the archive of a watch list is: beside it, where a link leads to as well."""
    path = Path(os.path.realpath(watch_list))
    return path.with_name(f"{path.stem}.archive.toml")


def questions_path(history: Path) -> Path:
    """Return where the instances tell each other what they ask and hear: beside the history."""
    return history.with_suffix(".questions.db")


def posters_dir(environ: Mapping[str, str]) -> Path | None:
    """`$XDG_CACHE_HOME/seedance-tui/posters`: pictures that can be made again, if there is a home.

    Without a home nothing is kept.
    """
    try:
        return _directory(environ, "XDG_CACHE_HOME", ".cache", "user_cache_path") / "posters"
    except NoHome:
        return None


def log_file(environ: Mapping[str, str]) -> Path:
    """`seedance-tui.log` beside the history."""
    return state_dir(environ) / "seedance-tui.log"


def downloads_dir() -> Path:
    """`seedance` in the user's own folder for downloads; raises NoHome, as the others may."""
    import platformdirs

    _home()

    return platformdirs.user_downloads_path() / "seedance"


def _directory(environ: Mapping[str, str], variable: str, below_home: str, windows: str) -> Path:
    if sys.platform == "win32":
        import platformdirs

        is_local = {} if windows == "user_cache_path" else {"roaming": True}
        path: Path = getattr(platformdirs, windows)(_NAME, appauthor=False, **is_local)
        return path
    chosen = environ.get(variable, "")
    # The XDG specification has relative values ignored.
    base = Path(chosen) if chosen.startswith("/") else _home() / below_home
    return base / _NAME


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise NoHome(
            _(
                "no home directory: set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME and"
                " SEEDANCE_TUI_DOWNLOAD_DIR"
            )
        ) from error
