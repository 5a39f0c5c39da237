"""The command line: arguments to the monitor or to a verb, and the parts wired together."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import __version__
from .core import language
from .core.config import Config, Options, load
from .core.failures import ConfigError, KeyUnusable

if TYPE_CHECKING:
    from .api.client import Client
    from .core.session import Session
    from .demo import Demo

USAGE, NO_KEY = 2, 3
DEMO_INTERVAL = 1.0
_DEMO_RATE = 250_000
"""Bytes a second that the demo's store sends, so that a download can be watched."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options that the monitor and all verbs share."""
    root = argparse.ArgumentParser(
        prog="seedance-tui",
        description="Watch Seedance 2.0 video tasks of the Anyfast API in a terminal.",
        epilog="The API key is never an option: set ANYFAST_API_KEY, or api_key in config.toml.",
        allow_abbrev=False,
    )
    root.add_argument("ids", nargs="*", metavar="TASK_ID", help="watch this task from now on")
    root.add_argument("--demo", action="store_true", help="show a simulated gateway, no key needed")
    root.add_argument("--api-key-file", metavar="FILE", help="read the API key from FILE")
    root.add_argument("--base-url", metavar="URL", help="where the API is")
    root.add_argument("--config", metavar="FILE", help="settings, instead of config.toml")
    root.add_argument("--watchlist", metavar="FILE", help="the watch list")
    root.add_argument("--history", metavar="FILE", help="the history of answers")
    root.add_argument("--download-dir", metavar="DIR", help="where videos are saved")
    root.add_argument("--interval", metavar="SECONDS", help="between two questions about a task")
    root.add_argument("--lang", choices=("en", "zh"), help="the language of the screen")
    root.add_argument("--version", action="version", version=f"seedance-tui {__version__}")
    return root


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its status."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    given = parser().parse_args(argv)
    names = {field.name for field in fields(Options)}
    options = Options(**{k: v for k, v in vars(given).items() if k in names})
    try:
        sys.exit(_demo(options) if given.demo else _monitor(options, given.ids))
    except KeyUnusable as error:
        _fail(str(error), NO_KEY)
    except ConfigError as error:
        _fail(str(error), USAGE)
    except KeyboardInterrupt:
        sys.exit(130)


def connect(config: Config) -> Client:
    """Build the client; imports httpx, so it is called late and in a thread."""
    from .api.client import Client

    return Client(config.base_url, config.key)


def _monitor(options: Options, ids: Sequence[str]) -> int:
    _need_terminal()
    config = load(options, os.environ)
    language.use(config.lang)
    return _show(_session(config), ids)


def _demo(options: Options) -> int:
    """Show the simulated gateway; only files that the command line names are the user's own."""
    _need_terminal()
    from .demo import Demo, running_demo

    with (
        running_demo(Demo(download_rate=_DEMO_RATE)) as demo,
        tempfile.TemporaryDirectory(prefix="seedance-tui-demo-") as folder,
    ):
        config = _demo_config(options, demo, Path(folder))
        language.use(config.lang)
        _watch_demo(config, demo)
        return _show(_session(config), ())


def _demo_config(options: Options, demo: Demo, folder: Path) -> Config:
    (folder / "config.toml").touch()
    options = replace(
        options,
        base_url=demo.url,
        config=str(folder / "config.toml"),
        watchlist=options.watchlist or str(folder / "watchlist.toml"),
        history=options.history or str(folder / "history.db"),
        download_dir=options.download_dir or str(folder / "videos"),
        interval=options.interval or str(DEMO_INTERVAL),
        lang=options.lang or language.from_environment(os.environ),
    )
    return load(options, {"ANYFAST_API_KEY": demo.key})


def _watch_demo(config: Config, demo: Demo) -> None:
    from .core.watched import Change, Step, Watched
    from .core.watchlist import WatchList

    now = datetime.now(UTC).replace(microsecond=0)
    tasks = enumerate(demo.tasks)
    WatchList(config.watchlist).apply(
        Change(tuple(Step(n, None, Watched(task.id, now, task.label)) for n, task in tasks))
    )


def _session(config: Config) -> Session:
    from .core.session import Session

    return Session(config, connect)


def _show(session: Session, ids: Sequence[str]) -> int:
    from .ui.app import SeedanceApp

    app = SeedanceApp(session, ids)
    app.run()
    return app.return_code or 0


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        _fail("the monitor needs a terminal; in scripts use: list, show, wait, download", USAGE)


def _fail(text: str, code: int) -> NoReturn:
    print(f"seedance-tui: {text}", file=sys.stderr)
    sys.exit(code)
