"""The checks of `doctor` on this machine: settings, key, files, terminal."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ... import __version__
from ...api.key import ApiKey
from ...core.config import Config, Options, load
from ...core.history.history import History
from ...core.model.codes import Exit
from ...core.settings.errors import ConfigError
from ...core.settings.stored_key import StoredKey
from ...core.storage.paths import archive_path
from ...core.storage.probe import try_writing
from ...core.storage.sqlite import DatabaseUnusable
from ...core.text.i18n import _, plural
from ...core.text.units import size
from ...core.watchlist.file import WatchListFile
from ...files.os_errors import reason
from .finding import Finding, fail, ok, warn

_USUAL_KEY = 20
"""Characters: a key of the gateway has about 51."""
_SCARCE = 1_000_000_000
"""Bytes; a video has some tens of millions."""


def program(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Say which program, Python and terminal this is, and whether it can show Chinese."""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield ok("program", f"seedance-tui {__version__}, {python}")
    encoding = sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False)
    facts = [environ.get("TERM", ""), environ.get("LANG", ""), encoding]
    text = ", ".join(fact for fact in facts if fact)
    if encoding.lower().replace("-", "") == "utf8":
        yield ok("terminal", text)
    else:
        yield warn("terminal", _("{facts}: not UTF-8, Chinese is shown as ?").format(facts=text))


def settings(config: Config) -> Iterator[Finding]:
    """Say where the settings come from, and which of them cannot be used."""
    for warning in config.warnings:
        yield warn("config", warning)
    if not config.warnings:
        exists = config.config.exists()
        words = "{path}" if exists else _("{path}: not found, using defaults")
        yield ok("config", words.format(path=config.config))


def key(options: Options, environ: Mapping[str, str]) -> tuple[Finding, ApiKey | None]:
    """Find the key: its source and whether its length is usual, never the key itself."""
    try:
        config = load(options, environ).with_key()
    except ConfigError as error:
        return fail("key", str(error), Exit.NO_KEY), None
    if config.key is None:
        text = _("none: set ANYFAST_API_KEY, or api_key in config.toml") + _unused(config)
        return fail("key", text, Exit.NO_KEY), None
    source = _source(options, environ, config)
    if len(config.key.reveal()) < _USUAL_KEY:
        text = _("from {source}; unusually short, is it complete?")
        return warn("key", text.format(source=source)), config.key
    return ok("key", _("from {source}, length looks right").format(source=source)), config.key


def watch_list(config: Config) -> Finding:
    """Say whether the watch list can be read, and by whom else."""
    path = config.watchlist
    try:
        loaded = WatchListFile(path).load()
        try_writing(path)
    except OSError as error:
        return fail("watch list", _("{path}: {error}").format(path=path, error=reason(error)))
    count = plural("{n} task", "{n} tasks", len(loaded.watched))
    if loaded.damage:
        text = _("{path}: damaged ({damage}); {count} readable; fix it in an editor")
        return fail("watch list", text.format(path=path, damage=loaded.damage, count=count))
    if _is_open_to_others(path):
        text = _("{path}: readable by other users; run: chmod 600 {path}")
        return warn("watch list", text.format(path=path))
    return ok("watch list", _(", ").join((str(path), count)))


def history(config: Config) -> Finding:
    """Say whether answers can be kept, and who else can read them."""
    path = config.history
    try:
        if path.exists():
            History(path).check()
        else:
            try_writing(path)
    except (OSError, DatabaseUnusable) as error:
        return fail("history", _("{path}: {error}").format(path=path, error=reason(error)))
    if _is_open_to_others(path):
        text = _("{path}: readable by other users; run: chmod 600 {path}")
        return warn("history", text.format(path=path))
    return ok("history", str(path))


def _is_open_to_others(path: Path) -> bool:
    """Whether others can read or write a file that has links and labels in it."""
    if os.name != "posix" or not path.exists():
        return False
    return bool(path.stat().st_mode & 0o077)


def archive(config: Config) -> Finding:
    """Say where what was put away is; it may be long, and is not read."""
    path = archive_path(config.watchlist)
    return ok("archive", str(path) if path.exists() else _("{path}: empty").format(path=path))


def download_folder(config: Config) -> Finding:
    """Say whether videos can be saved, and for how long the disk lasts."""
    folder = config.download_dir
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        text = _("{path}: not writable; set download_dir to another folder")
        return fail("downloads", text.format(path=there))
    free = _free(there)
    if free < _SCARCE:
        text = _("{path}: only {free} free")
        return warn("downloads", text.format(path=folder, free=size(free)))
    return ok("downloads", _("{path}, {free} free").format(path=folder, free=size(free)))


def _unused(config: Config) -> str:
    """Say that a key was kept which is not for this base URL."""
    if config.key_file is None or not StoredKey(config.key_file).is_there:
        return ""
    text = _("; the key in {path} is not for this base URL")
    return text.format(path=config.key_file)


def _source(options: Options, environ: Mapping[str, str], config: Config) -> str:
    """Return where the key is from, in the order in which it is looked for."""
    if config.key_is_stored:
        return str(config.key_file)
    if options.api_key_file:
        return options.api_key_file
    if environ.get("ANYFAST_API_KEY", "").strip():
        return "ANYFAST_API_KEY"
    return environ.get("ANYFAST_API_KEY_FILE") or str(config.config)


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
