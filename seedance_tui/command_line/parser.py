"""Command lines that explain themselves in the chosen language."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn

from ..core.model.codes import Code, Exit
from ..core.text import i18n
from ..core.text.i18n import N_, _
from .output import cells

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

# argparse looks its own words up by the environment alone, and in a catalogue that nobody has.
argparse._ = _  # type: ignore[attr-defined]

JSON_FORMATS = ("json", "ndjson")
_WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
)
"""What argparse itself says, as far as this program lets it."""
_PIECE = re.compile(r"(?:[!-~]+|.)[，。；：、）]*\s*", re.DOTALL)
"""What stays on one line: a word or a wide character, with the marks behind it."""


def language_asked_for(argv: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return what `--lang` says or else the environment: what is spoken until config.toml is read.

    A wrong word is left to the parser, which says so.
    """
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", nargs="?")
    asked = early.parse_known_args([word for word in argv if word != "--"])[0].lang
    return asked if asked in i18n.LANGUAGES else i18n.from_environment(environ)


def asks_for_json(argv: Sequence[str]) -> bool:
    """Whether errors are to be JSON, also those of a command line that cannot be read."""
    words = _before_operands(argv)
    formats = {word.removeprefix("--format=") for word in words if word.startswith("--format=")}
    formats |= {after for word, after in pairwise(words) if word == "--format"}
    return "--json" in words or bool(formats.intersection(JSON_FORMATS))


def _before_operands(argv: Sequence[str]) -> Sequence[str]:
    """Return the words before `--`: none behind it is an option."""
    return argv[: argv.index("--")] if "--" in argv else argv


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return what the user may have meant, or where it is told what there is."""
    from difflib import get_close_matches

    bare = {one.lstrip("-"): one for one in words}  # or dashes alone would make options alike
    near = get_close_matches(word.lstrip("-"), list(bare), n=1)
    return _("did you mean {verb}?").format(verb=bare[near[0]]) if near else _("see --help")


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the words in `argv`, or as JSON where that is asked for.

    Lets out that its help cannot be printed, which argparse passes over in silence.
    """

    argv: Sequence[str] = ()

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, and end."""
        from .json_error import error, tell

        unknown = self._unknown()
        if unknown and self._is_about_operands(message):  # which may be what stands behind it
            message = _("unrecognized arguments: %s") % " ".join(unknown)
        verb = self.prog.partition(" ")[2]
        text = f"{verb}: {message}" if verb else message
        told = error(Code.USAGE, Exit.USAGE, text + self._meant(message))
        tell(told, as_json=asks_for_json(self.argv))
        raise SystemExit(Exit.USAGE)

    def _meant(self, message: str) -> str:
        """Say which option was meant by one that there is not."""
        if self._has_id_with_dash(message):
            return "; " + _("an ID that begins with a dash goes behind --")
        unknown = self._unknown()
        if not unknown or unknown[0] not in message:
            return ""
        return f"; {did_you_mean(unknown[0], self._option_string_actions)}"

    def _unknown(self) -> list[str]:
        """Return the options that there are not."""
        words = _before_operands(self.argv)
        options = [word.partition("=")[0] for word in words if word.startswith("--")]
        return [word for word in options if word not in self._option_string_actions]

    def _is_about_operands(self, message: str) -> bool:
        """Whether a word that is no option is said to be wrong, or to be missing."""
        what = _("argument %(argument_name)s: %(message)s")
        operands = (action for action in self._actions if not action.option_strings)
        beginnings = [
            what % {"argument_name": one.metavar or one.dest, "message": ""} for one in operands
        ]
        beginnings.append(_("the following arguments are required: %s") % "")
        return message.startswith(tuple(beginnings))

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

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is sys.stdout:
            print(message, end="", flush=True)
        else:
            super()._print_message(message, file)


class Formatter(argparse.HelpFormatter):
    """Breaks lines by cells: wide characters have no spaces between them."""

    def __init__(self, prog: str) -> None:
        usage = _("usage: ")
        room = shutil.get_terminal_size().columns - 2
        super().__init__(prog, width=room - (cells(usage) - len(usage)))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if text.isascii() else wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:  # lines that are meant as such
            return "\n".join(indent + line for line in text.splitlines())
        if text.isascii():
            return super()._fill_text(text, width, indent)
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many cells, where no single word is longer."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and cells(lines[-1]) + cells(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def explained(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield words with what each means beside it, in lines of at most so many cells."""
    margin = max(cells(word) for word, _text in rows) + 2
    for word, text in rows:
        for line in wrapped(text, width - margin):
            yield f"{word}{' ' * (margin - cells(word))}{line}"
            word = ""


def shared_options() -> argparse.ArgumentParser:
    """Return the options that the monitor and every command have."""
    options = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    options.add_argument("--api-key-file", metavar="FILE", help=_("read the API key from FILE"))
    options.add_argument("--base-url", metavar="URL", help=_("API base URL"))
    options.add_argument("--config", metavar="FILE", help=_("use this config file"))
    options.add_argument("--watchlist", metavar="FILE", help=_("watch list file"))
    options.add_argument("--history", metavar="FILE", help=_("response history database"))
    options.add_argument("--download-dir", metavar="DIR", help=_("download directory"))
    options.add_argument("--interval", metavar="SECONDS", help=_("polling interval, at least 0.5"))
    options.add_argument("--lang", choices=i18n.LANGUAGES, help=_("interface language"))
    options.add_argument(
        "--verbose",
        action="store_true",
        help=_("verbose logging (log location: seedance-tui paths)"),
    )
    return options
