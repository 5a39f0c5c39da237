"""The script for fish: one line an option, and two functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...command_specs import CommandSpec, OptionSpec, Takes
from ._tables import filter_words, one_line, quoted, shared_options, values

_SCRIPT = r"""# fish completion of seedance-tui:
# seedance-tui completion fish > ~/.config/fish/completions/seedance-tui.fish
function __seedance_tui_filter
    set -l word (commandline -ct | string trim -lc '"\'')
    set -l typed (string match -r '^((?:.* )?)(!?)([^ ]*)$' -- $word)
    set -l head $typed[2]$typed[3]
    if string match -q 'tag:*' -- $typed[4]
        for tag in (seedance-tui completion tags (string replace 'tag:' '' -- $typed[4]))
            echo "$head"tag:"$tag"
        end
    else
        printf "$head%s\n" $argv
    end
end
function __seedance_tui_fields
    set -l word (commandline -ct | string replace -r '^--fields=' '')
    set -l head (string replace -r '[^,]*$' '' -- $word)
    printf "$head%s\n" $argv
end
complete -c seedance-tui -f
"""
_IDS = "(seedance-tui completion ids (commandline -ct) 2>/dev/null)"
_TAGS = "(seedance-tui completion tags (commandline -ct) 2>/dev/null)"


def script(commands: Sequence[CommandSpec]) -> str:
    """Return the whole script."""
    return _SCRIPT + "".join(f"complete -c seedance-tui {line}\n" for line in _lines(commands))


def _lines(commands: Sequence[CommandSpec]) -> Iterator[str]:
    names = " ".join(command.name for command in commands)
    first = f"-n 'not __fish_seen_subcommand_from {names}'"
    shared = shared_options(commands)
    for command in commands:
        yield f"{first} -a {command.name} -d {_text(command.about)}"
    yield f"{first} -a {quoted([_IDS])}"
    for option in shared:
        yield _option(option)
    for command in commands:
        chosen = f"-n '__fish_seen_subcommand_from {command.name}'"
        if command.takes_ids:
            yield f"{chosen} -a {quoted([_IDS])}"
        if command.operands:
            yield f"{chosen} -a {quoted(command.operands)}"
        for option in command.options:
            if option not in shared:
                yield f"{chosen} {_option(option)}"


def _option(option: OptionSpec) -> str:
    names = (f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
    return f"{' '.join(names)} {_value(option)} -d {_text(option.help)}"


def _value(option: OptionSpec) -> str:
    if option.takes is Takes.NOTHING:
        return ""
    if option.takes is Takes.FILE:
        return "-rF"
    offers = {
        Takes.FOLDER: "(__fish_complete_directories)",
        Takes.FILTER: f"(__seedance_tui_filter {' '.join(map(_word, filter_words()))})",
        Takes.FIELDS: f"(__seedance_tui_fields {' '.join(values(option))})",
        Takes.TAG: _TAGS,
        Takes.WORDS: " ".join(option.words),
    }.get(option.takes, "")
    return f"-x -a {quoted([offers])}" if offers else "-x"


def _word(word: str) -> str:
    """Keep a sign of a filter from being taken for a redirection."""
    return f'"{word}"' if set("<>") & set(word) else word


def _text(about: str) -> str:
    return quoted([one_line(about)])
