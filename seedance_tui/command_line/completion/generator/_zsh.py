"""The script for zsh: what may follow is offered with a word about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...command_specs import CommandSpec, Takes
from ._tables import filter_words, groups, one_line, quoted, values

_SCRIPT = r"""#compdef seedance-tui
# zsh completion of seedance-tui; in ~/.zshrc, behind compinit:
# eval "$(seedance-tui completion zsh)"
_seedance_tui() {
    emulate -L zsh
    setopt extended_glob
    local cur=${(Q)PREFIX} before=${words[CURRENT-1]} verb='' word ids='' takes='' given=''
    local -a verbs options operands offers lines tags
    verbs=(@VERBS@)
    for word in "${(@)words[2,CURRENT-1]}"; do
        if (( ${verbs[(I)${word}:*]} )); then verb=$word; break; fi
    done
    if [[ $PREFIX == --*=* ]]; then
        before=${PREFIX%%=*}
        compset -P '*='
        cur=${(Q)PREFIX}
    fi
    case $verb in
@OPTIONS@
    esac
    case "$verb $before" in
@VALUES@
    esac
    case $takes in
        words) compadd -- ${=given}; return ;;
        file) _files; return ;;
        folder) _files -/; return ;;
        fields) compset -P '*,'; compadd -S '' -- ${=given}; return ;;
        filter)
            compset -P '*[ ]'
            compset -P '!'
            if [[ ${(Q)PREFIX} == tag:* ]]; then
                compset -P 'tag:'
                tags=("${(@f)$(seedance-tui completion tags "${(Q)PREFIX}" 2>/dev/null)}")
                compadd -- $tags
            else
                compadd -S '' -- ${=given}
            fi
            return ;;
        tag) tags=("${(@f)$(seedance-tui completion tags "$cur" 2>/dev/null)}")
            compadd -- $tags; return ;;
        text) return ;;
    esac
    if [[ $cur == -* ]]; then _describe -o option options; return; fi
    if [[ -z $verb ]]; then _describe command verbs; ids=1; fi
    (( $#operands )) && compadd -- $operands
    if [[ -n $ids ]]; then
        # An ID that is found by its label does not begin as the word does.
        lines=("${(@f)$(seedance-tui completion ids "$cur" 2>/dev/null)}")
        offers=("${(@)lines%%$'\t'*}")
        lines=("${(@)lines/$'\t'/  }")
        [[ -n $offers ]] && compadd -U -Q -l -d lines -- "${(@)offers}"
    fi
}
compdef _seedance_tui seedance-tui
"""


def script(commands: Sequence[CommandSpec]) -> str:
    """Return the whole script."""
    verbs = _described((command.name, command.about) for command in commands)
    return (
        _SCRIPT.replace("@VERBS@", verbs)
        .replace("@OPTIONS@", "\n".join(_options(commands)))
        .replace("@VALUES@", "\n".join(_values(commands)))
    )


def _options(commands: Sequence[CommandSpec]) -> Iterator[str]:
    for command in commands:
        options = _described((n, option.help) for option in command.options for n in option.names)
        ids, operands = "1" if command.takes_ids else "''", " ".join(command.operands)
        yield f"        {command.name}) ids={ids} operands=({operands}) options=({options}) ;;"


def _values(commands: Sequence[CommandSpec]) -> Iterator[str]:
    for name, command, option in groups(commands):
        words = filter_words() if option.takes is Takes.FILTER else values(option)
        yield f"        '{command} {name}') takes={option.takes} given={quoted(words)} ;;"


def _described(words: Iterable[tuple[str, str]]) -> str:
    return " ".join(quoted([f"{word}:{one_line(about)}"]) for word, about in words)
