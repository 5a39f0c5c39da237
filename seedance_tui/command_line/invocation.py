"""One call of a command: its command line read, its settings at hand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, cast

from ..core.model.codes import Code, Exit
from ..core.settings.errors import ConfigError
from ..core.text import i18n
from ..core.text.i18n import _
from .output import say, say_only_errors
from .parser import JSON_FORMATS, Formatter, Parser, asks_for_json, did_you_mean, language_asked_for

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
        """Read settings and key; may raise ConfigError.

        What cannot be used of them, or is dangerous, is told before anybody is asked.
        """
        from ..core.config import load
        from .addresses import check_address

        config = _told(load(self.options, self.environ))
        check_address(config.base_url)
        return config.with_key()

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
    """Says in one line what is wrong with the command line."""

    argv: Sequence[str] = ()

    def _parse_optional(self, arg_string: str) -> Any:
        return None if isinstance(arg_string, _Operand) else super()._parse_optional(arg_string)

    def error(self, message: str) -> NoReturn:
        from .json_error import error, tell

        text = f"{self.prog.rpartition(' ')[2]}: {message}{self._meant(message)}"
        as_json = asks_for_json(self.argv)
        tell(error(Code.USAGE, Exit.USAGE, text), as_json=as_json)
        raise SystemExit(Exit.USAGE)

    def _meant(self, message: str) -> str:
        """Say which option was meant by one that there is not."""
        if self._has_id_with_dash(message):
            return "; " + _("an ID that begins with a dash goes behind --")
        options = [word.partition("=")[0] for word in self.argv if word.startswith("--")]
        unknown = [word for word in options if word not in self._option_string_actions]
        if not unknown or unknown[0] not in message:
            return ""
        return f"; {did_you_mean(unknown[0], self._option_string_actions)}"

    def _has_id_with_dash(self, message: str) -> bool:
        """Whether what was taken for an option, or was missed, may be an ID."""
        from ..core.watchlist.find_ids import find_in_words

        takes_ids = any(action.dest == "ids" for action in self._actions)
        misses_id = message == _("the following arguments are required: %s") % "ID"
        return takes_ids and any(
            word[:1] == "-" != word[1:2] and find_in_words([word]).ids
            for word in self.argv
            if misses_id or word in message
        )


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
    call = Invocation(given, environ, pause)
    if call.json and getattr(given, "raw_csv", False):
        parser.error(_("--raw-csv is for CSV, not for JSON"))
    say_only_errors(only=given.quiet)
    return module, call


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
        raise argparse.ArgumentTypeError(_("{text!r} is not a number of seconds").format(text=text))
    return value
