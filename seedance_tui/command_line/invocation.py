"""One call of a command: its command line read, its settings at hand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from ..core.model.codes import Exit
from ..core.settings.errors import ConfigError, KeyUnusable
from ..core.text import i18n
from ..core.text.i18n import _
from .output import say, say_only_errors
from .parser import JSON_FORMATS, Formatter, Parser, language_asked_for

if TYPE_CHECKING:  # a command that reads no settings does without
    from ..core.config import Config, Options

_SPAN = re.compile(r"([0-9]+(?:\.[0-9]+)?)([smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
NOBODY_IS_ASKED = ("--api-key-file", "--base-url", "--interval")
"""The shared options that a command does not use which only reads and writes files."""
Pause = Callable[[float], None]
"""Is given the seconds in place of every wait, from any thread; for tests."""


class Invocation(NamedTuple):
    """What was asked for: the arguments as read, the environment, what to do in place of a wait.

    No dataclass: to load what makes one takes as long as all that the shortest command needs.
    """

    given: argparse.Namespace
    environ: Mapping[str, str]
    pause: Pause | None = None

    @property
    def options(self) -> Options:
        """What the command line says of the shared options."""
        from ..core.config import Options

        return Options.of(vars(self.given))

    @property
    def json(self) -> bool:
        """Whether JSON is wanted, of errors too."""
        return self.given.json or getattr(self.given, "format", None) in JSON_FORMATS

    @property
    def asks_for_records(self) -> bool:
        """Whether records are wanted, in whatever shape: otherwise it is words for people."""
        return bool(self.json or self.given.format or self.given.fields)

    def config(self) -> Config:
        """Read settings and key; may raise ConfigError. A command for the key is not run yet.

        What cannot be used of them, or is dangerous, is told before anybody is asked; what is
        wrong with the key when somebody is: what is known already can be shown without it.
        """
        from dataclasses import replace

        from ..core.config import load
        from .addresses import check_address

        try:
            config = _told(load(self.options, self.environ))
        except KeyUnusable as error:
            config = replace(self.config_without_key(), key_trouble=str(error))
        check_address(config.base_url)
        return config

    def config_without_key(self, *, tells: bool = True) -> Config:
        """Read the settings where no key is needed: none is read and no command run for it.

        `tells` has what cannot be used of them told as well.
        """
        from ..core.config import load

        config = load(self.options, self.environ, with_key=False)
        return _told(config) if tells else config


class UsageError(ConfigError):
    """The words of a command line do not go together."""


class Command(Protocol):
    """A module of this package that is a command; `STATUSES` are the exit statuses of its own."""

    STATUSES: Sequence[Exit]

    def about(self) -> str:
        """Return the sentence that describes it."""
        ...

    def examples(self) -> Sequence[str]:
        """Return command lines that show what it is for, each below 78 characters."""
        ...

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add its own arguments."""
        ...

    def run(self, call: Invocation) -> Exit:
        """Do its work."""
        ...


class _Operand(str):
    """A word behind `--`: no option, whatever it begins with."""

    __slots__ = ()


class _Parser(Parser):
    """Takes no word behind `--` for an option."""

    def _parse_optional(self, arg_string: str) -> Any:
        return None if isinstance(arg_string, _Operand) else super()._parse_optional(arg_string)


def parsed(
    verb: str,
    argv: Sequence[str],
    parents: Sequence[argparse.ArgumentParser],
    environ: Mapping[str, str],
    pause: Pause | None,
) -> tuple[Command, Invocation]:
    """Find the command's module and read its command line; options may stand between IDs."""
    i18n.use(language_asked_for(argv, environ))
    module = cast(Command, import_module(f"..commands.{verb}", __package__))
    parser = _Parser(
        prog=f"seedance-tui {verb}",
        parents=list(parents),
        description=module.about(),
        allow_abbrev=False,
        formatter_class=Formatter,
    )
    parser.argv = argv
    parser.add_argument("--json", action="store_true", help=_("print JSON"))
    parser.add_argument("-q", "--quiet", action="store_true", help=_("say only errors"))
    module.arguments(parser)
    if {"-h", "--help"}.intersection(argv):
        from .help_page import complete

        complete(parser, module)
    # Intermixed parsing would take off as many letters as the English word for it has.
    parser.usage = parser.format_usage().removeprefix(_("usage: ")).rstrip()
    given = parser.parse_intermixed_args(_with_operands(argv))
    if words := _contradiction(given):
        parser.error(words)
    say_only_errors(only=given.quiet)
    return module, Invocation(given, environ, pause)


def _contradiction(given: argparse.Namespace) -> str:
    """Say which options do not go together, of those that several commands have."""
    chosen = getattr(given, "format", None)
    if getattr(given, "raw_csv", False) and (given.json or chosen not in (None, "csv")):
        return _("--raw-csv is for CSV alone")
    if given.json and chosen not in (None, *JSON_FORMATS):
        return _("give --json or another --format: only one of them")
    if chosen == "ids" and given.fields:
        return _("give --fields or --format ids: only one of them")
    if getattr(given, "offline", False) and getattr(given, "refresh", False):
        return _("give --offline or --refresh: only one of them")
    if getattr(given, "archived", False) and given.refresh:
        return _("give --archived or --refresh: only one of them")
    if getattr(given, "grace", None) is not None and not getattr(given, "wait", True):
        return _("--grace is for --wait")
    return ""


def _with_operands(argv: Sequence[str]) -> list[str]:
    """Mark the words behind `--`, which intermixed parsing does not know."""
    end = argv.index("--") if "--" in argv else len(argv)
    return [*argv[:end], *map(_Operand, argv[end + 1 :])]


def _told(config: Config) -> Config:
    """Say what a command cannot use of the settings, and on which line it stands."""
    from ..core.settings.toml_file import ScreenWarning

    for warning in config.warnings:
        if not isinstance(warning, ScreenWarning):
            say(warning)
    return config


def seconds(text: str) -> float:
    """Read a span of time from the command line: `90`, `90s`, `10m` or `1h`; `0` is none."""
    match = _SPAN.fullmatch(text)
    value = float(match[1]) * _UNITS[match[2]] if match else float("inf")
    if value == float("inf"):
        words = _("{text!r} is not a time such as 90, 90s, 10m or 1h")
        raise argparse.ArgumentTypeError(words.format(text=text))
    return value
