"""The command line: arguments to the monitor or to a command."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import NoReturn

from . import __version__
from .command_line.output import prepare_streams
from .command_line.parser import (
    Formatter,
    Parser,
    asks_for_json,
    did_you_mean,
    language_asked_for,
    shared_options,
)
from .command_line.run import COMMANDS, refused, run
from .core.model.codes import Code, Exit
from .core.settings.errors import ConfigError, KeyUnusable
from .core.text import i18n
from .core.text.i18n import _

_CODES = {Exit.USAGE: Code.USAGE, Exit.NO_KEY: Code.KEY_MISSING, Exit.OTHER: Code.INTERNAL}
_YOUNG = 10_000
"""New objects before the garbage collector looks: more often costs a tenth of the start."""


def monitor_parser(*, with_help: bool = True) -> Parser:
    """Return the parser of the monitor's command line."""
    parser = Parser(
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
        ).format(verbs=f"{{{', '.join(COMMANDS)}}}"),
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
        _exit(_status(argv))
    finally:
        gc.freeze()  # what is left ends with the process: looking through it is a tenth of a verb


def _status(argv: list[str]) -> int:
    """Return the exit status, whatever happens."""
    try:
        return _run(argv)
    except SystemExit as end:
        return int(end.code or 0)
    except KeyUnusable as error:
        return _told(str(error), Exit.NO_KEY)
    except ConfigError as error:
        return _told(str(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001  the outermost: what nobody expected ends here
        return _told(_logged(error), Exit.OTHER, as_json=asks_for_json(argv))


def _exit(code: int) -> NoReturn:
    """Exit with `code`, also where what should hear of it is gone or full."""
    with suppress(OSError):
        if code != Exit.HUNG_UP:  # or what still waits for the dead terminal would be waited for
            sys.stdout.flush()
            sys.stderr.flush()
            sys.exit(code)
    os._exit(code)


def _run(argv: list[str]) -> int:
    """Run a command, if the first word is one, or else the monitor."""
    i18n.use(language_asked_for(argv, os.environ))
    given = _read(argv, _first_look(), lambda parser: parser.parse_known_args(argv)[0])
    verb = given.ids[0] if given.ids and given.ids[0] in COMMANDS else None
    if verb:
        argv.remove(verb)
        begin_log = partial(_begin_log, verbose=given.verbose, on_screen=True)
        return run(verb, argv, [shared_options()], os.environ, begin_log=begin_log)
    _need_meaning(given.ids[:1], as_json=asks_for_json(argv))
    given = _read(argv, monitor_parser(), lambda parser: parser.parse_args(argv))
    _begin_log(verbose=given.verbose)
    return _run_monitor(given)


def _first_look() -> Parser:
    """Return the parser that finds the command: no word behind `--format` is one."""
    parser = monitor_parser(with_help=False)
    parser.add_argument("--format", nargs="?")
    return parser


def _read(
    argv: list[str], parser: Parser, read: Callable[[Parser], argparse.Namespace]
) -> argparse.Namespace:
    """Read the command line; end where what it asks for at once cannot be printed."""
    parser.argv = argv
    try:
        return read(parser)
    except OSError as error:
        raise SystemExit(refused(error, as_json=asks_for_json(argv))) from error


def _run_monitor(given: argparse.Namespace) -> int:
    from .command_line.addresses import checked
    from .core.config import Options

    options = Options.of(vars(given))
    if not given.demo:
        checked(options)
    _need_terminal()
    from .monitor import run_demo, run_monitor

    if given.demo:
        return run_demo(options, given.ids, verbose=given.verbose)
    return run_monitor(options, given.ids)


def _begin_log(*, verbose: bool = False, on_screen: bool = False) -> None:
    from .core.storage import log, paths

    with suppress(paths.NoHome):  # the settings say so
        log.begin(paths.log_file(os.environ), verbose=verbose, on_screen=on_screen)


def _logged(error: Exception) -> str:
    """Log what nobody expected, also before the log was begun; return the line that tells of it."""
    from .core.storage import log

    if not log.is_begun():
        _begin_log()
    return log.fault(error)


def _need_meaning(words: Sequence[str], *, as_json: bool) -> None:
    """End with a word of what was meant, if the first word can be no ID: a command mistyped."""
    if not words:
        return
    from .core.watchlist.find_ids import find_in_words

    if find_in_words(words).ids:
        return
    text = _("{word} is neither a task ID nor a command; {hint}")
    told = text.format(word=words[0], hint=did_you_mean(words[0], COMMANDS))
    raise SystemExit(_told(told, as_json=as_json))


def _need_terminal() -> None:
    if os.environ.get("TERM") == "dumb" or not (sys.stdin.isatty() and sys.stderr.isatty()):
        text = _("monitor needs a terminal (no TERM=dumb); use: list, show, wait, download")
        raise SystemExit(_told(text))


def _told(text: str, code: Exit = Exit.USAGE, *, as_json: bool = False) -> Exit:
    """Tell what was wrong; return the exit status."""
    from .command_line.json_error import error, tell

    tell(error(_CODES[code], code, text), as_json=as_json)
    return code
