"""The command line: arguments to the monitor or to a command, and the parts wired together."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from . import __version__
from .command_line.addresses import checked
from .command_line.output import prepare_streams
from .command_line.parser import (
    Formatter,
    asks_for_json,
    did_you_mean,
    language_asked_for,
    shared_options,
)
from .command_line.run import COMMANDS, run
from .core.config import Config, Options, load
from .core.model.codes import Code, Exit
from .core.settings.errors import ConfigError, KeyUnusable
from .core.storage import log, paths
from .core.storage.run_folder import run_folder
from .core.text import i18n
from .core.text.i18n import _
from .core.text.sanitize import safe
from .core.watchlist.find_ids import find_in_words

if TYPE_CHECKING:
    from .api.client import Client
    from .core.session import Session
    from .demo import Demo

DEMO_INTERVAL = 1.0
_DEMO_RATE = 250_000
"""Bytes a second that the demo's store sends, so that a download can be watched."""
_CODES = {Exit.USAGE: Code.USAGE, Exit.NO_KEY: Code.KEY_MISSING, Exit.OTHER: Code.INTERNAL}
_YOUNG = 10_000
"""New objects before the garbage collector looks: more often costs a tenth of the start."""


def monitor_parser(*, with_help: bool = True) -> argparse.ArgumentParser:
    """Return the parser of the monitor's command line."""
    parser = argparse.ArgumentParser(
        prog="seedance-tui",
        parents=[shared_options()],
        add_help=with_help,
        allow_abbrev=False,
        formatter_class=Formatter,
        description=_("Watch Seedance 2.0 video tasks of the Anyfast API in a terminal."),
        epilog=_(
            "Non-interactive commands: seedance-tui {verbs} --help. The API key "
            "cannot be passed on the command line: set ANYFAST_API_KEY, or "
            "api_key in config.toml."
        ).format(verbs=f"{{{','.join(COMMANDS)}}}"),
    )
    parser.add_argument(
        "ids", nargs="*", metavar="TASK_ID", help=_("add this task to the watch list")
    )
    parser.add_argument(
        "--demo", action="store_true", help=_("run against a simulated gateway; no API key needed")
    )
    parser.add_argument("--ascii", action="store_true", help=_("use ASCII characters only"))
    parser.add_argument(
        "--plain-ui", action="store_true", help=_("screen-reader-friendly interface")
    )
    parser.add_argument(
        "--no-mouse",
        action="store_true",
        help=_("disable mouse support (the terminal keeps the mouse)"),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"seedance-tui {__version__}",
        help=_("show program's version number and exit"),
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the program and exit with its status."""
    gc.set_threshold(_YOUNG)
    prepare_streams()
    argv = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _exit(_run(argv))
    except KeyUnusable as error:
        _fail(str(error), Exit.NO_KEY)
    except ConfigError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:  # noqa: BLE001  the outermost: what nobody expected ends here
        _fail(log.fault(error), Exit.OTHER, as_json=asks_for_json(argv))
    finally:
        gc.freeze()  # what is left ends with the process: looking through it is a tenth of a verb


def _exit(code: int) -> NoReturn:
    """Exit with `code`, also where the terminal that should hear of it is gone."""
    with suppress(OSError):
        if code != Exit.HUNG_UP:  # or what still waits for the dead terminal would be waited for
            sys.stdout.flush()
            sys.stderr.flush()
            sys.exit(code)
    os._exit(code)


def _run(argv: list[str]) -> int:
    """Run a command, if the first word is one, or else the monitor."""
    i18n.use(language_asked_for(argv, os.environ))
    given = monitor_parser(with_help=False).parse_known_args(argv)[0]
    verb = given.ids[0] if given.ids and given.ids[0] in COMMANDS else None
    with suppress(paths.NoHome):  # the settings say so; for --help no log is needed
        log.begin(paths.log_file(os.environ), verbose=given.verbose, on_screen=verb is not None)
    if verb:
        argv.remove(verb)
        return run(verb, argv, [shared_options()], os.environ)
    _need_meaning(given.ids[:1], as_json=asks_for_json(argv))
    given = monitor_parser().parse_args(argv)
    options = Options.of(vars(given))
    if given.demo:
        return _demo(options, given.ids, verbose=given.verbose)
    return _monitor(checked(options), given.ids)


def connect(config: Config) -> Client:
    """Build the client; imports httpx, so it is called late and in a thread.

    With that everything is there that will stay until the end. The collector of cyclic garbage
    is spared it: going through it all would now and then hold a key up by 50 ms.
    """
    from .api.client import Client

    client = Client(config.base_url, config.key)
    gc.freeze()
    return client


def _monitor(options: Options, ids: Sequence[str]) -> int:
    _need_terminal()
    return _show(_session(load(options, os.environ)), ids)


def _demo(options: Options, ids: Sequence[str], *, verbose: bool) -> int:
    """Show the simulated gateway; only files that the command line names are the user's own.

    The log stands in the demo's folder and goes with it; that of a fault is written anew there.
    """
    _need_terminal()
    from .demo import Demo, running_demo

    with (
        running_demo(Demo(download_rate=_DEMO_RATE)) as demo,
        run_folder("seedance-tui-demo-") as folder,
        log.closed_at_end(),
    ):
        log.begin(folder / "seedance-tui.log", verbose=verbose)
        config = _demo_config(options, demo, folder)
        _watch_demo(config, demo)
        return _show(_session(config), ids, keeps_files=False)


def _demo_config(options: Options, demo: Demo, folder: Path) -> Config:
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


def _show(session: Session, ids: Sequence[str], *, keeps_files: bool = True) -> int:
    from .ui.app import SeedanceApp

    app = SeedanceApp(session, ids, keeps_files=keeps_files)
    app.run(mouse=session.config.screen.mouse)
    if app.crash is not None:
        raise app.crash
    with suppress(OSError):
        print(*map(safe, app.farewell), sep="\n", end="\n" if app.farewell else "", file=sys.stderr)
    return app.return_code or 0


def _need_meaning(words: Sequence[str], *, as_json: bool) -> None:
    """End with a word of what was meant, if the first word can be no ID: a command mistyped."""
    if not words or find_in_words(words).ids:
        return
    text = _("{word} is neither a task ID nor a command; {hint}")
    _fail(text.format(word=words[0], hint=did_you_mean(words[0], COMMANDS)), as_json=as_json)


def _need_terminal() -> None:
    if os.environ.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stderr.isatty()):
        _fail(_("monitor needs a terminal (no TERM=dumb); use: list, show, wait, download"))


def _fail(text: str, code: Exit = Exit.USAGE, *, as_json: bool = False) -> NoReturn:
    from .command_line.json_error import error, tell

    with suppress(OSError):
        tell(error(_CODES[code], code, text), as_json=as_json)
    sys.exit(code)
