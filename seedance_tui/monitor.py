"""The monitor's parts wired together: the user's own tasks, or those of a simulated gateway."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .core.config import Config, Options, load
from .core.storage import log
from .core.text import i18n
from .core.text.sanitize import safe

if TYPE_CHECKING:
    from .api.client import Client
    from .core.session import Session
    from .demo import Demo

DEMO_INTERVAL = 1.0
_DEMO_RATE = 250_000
"""Bytes a second that the demo's store sends, so that a download can be watched."""


def connect(config: Config) -> Client:
    """Build the client; imports httpx, so it is called late and in a thread.

    With that everything is there that will stay until the end. The collector of cyclic garbage
    is spared it: going through it all would now and then hold a key up by 50 ms.
    """
    from .api.absent_modules import without_command_line

    with without_command_line():
        from .api.client import Client

    client = Client(config.base_url, config.key)
    gc.freeze()
    return client


def run_monitor(options: Options, ids: Sequence[str]) -> int:
    """Show the user's own tasks; return the exit status."""
    return show(_session(load(options, os.environ)), ids)


def run_demo(options: Options, ids: Sequence[str], *, verbose: bool) -> int:
    """Show the simulated gateway; only files that the command line names are the user's own.

    The log stands in the demo's folder and goes with it; that of a fault is written anew there.
    """
    from .core.storage.run_folder import run_folder
    from .demo import Demo, running_demo

    with (
        running_demo(Demo(download_rate=_DEMO_RATE)) as gateway,
        run_folder("seedance-tui-demo-") as folder,
        log.closed_at_end(),
    ):
        log.begin(folder / "seedance-tui.log", verbose=verbose)
        config = demo_config(options, gateway, folder)
        _watch_demo(config, gateway)
        return show(_session(config), ids, keeps_files=False)


def demo_config(options: Options, demo: Demo, folder: Path) -> Config:
    """Return the settings of a demo whose files are in `folder`."""
    (folder / "config.toml").touch()
    options = replace(
        options,
        api_key_file=None,
        base_url=demo.url,
        config=str(folder / "config.toml"),
        watchlist=options.watchlist or str(folder / "watchlist.toml"),
        history=options.history or str(folder / "history.db"),
        download_dir=options.download_dir or str(folder / "videos"),
        interval=options.interval or str(DEMO_INTERVAL),
        lang=options.lang or i18n.from_environment(os.environ),
    )
    environ = {"ANYFAST_API_KEY": demo.key, "XDG_CACHE_HOME": str(folder)}
    return replace(load(options, environ), key_file=None)


def _watch_demo(config: Config, demo: Demo) -> None:
    from .core.model.watched import Watched
    from .core.watchlist.changes import Change, Step
    from .core.watchlist.file import WatchListFile

    now = datetime.now(UTC).replace(microsecond=0)
    WatchListFile(config.watchlist).apply(
        Change(tuple(Step(n, None, Watched(t.id, now, t.label)) for n, t in enumerate(demo.tasks)))
    )


def _session(config: Config) -> Session:
    from .core.session import Session
    from .ui.terminal.encoding import for_terminal

    return Session(for_terminal(config), connect)


def show(session: Session, ids: Sequence[str], *, keeps_files: bool = True) -> int:
    """Show a session until the user leaves; return the exit status."""
    from .ui.app import SeedanceApp

    app = SeedanceApp(session, ids, keeps_files=keeps_files)
    app.run(mouse=session.config.screen.mouse)
    if app.crash is not None:
        raise app.crash
    with suppress(OSError):
        print(*map(safe, app.farewell), sep="\n", end="\n" if app.farewell else "", file=sys.stderr)
    return app.return_code or 0
