"""The script for bash; it needs nothing but bash itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...command_specs import CommandSpec, Takes
from ._tables import filter_words, groups, quoted, values

_SCRIPT = r"""# bash completion of seedance-tui, in ~/.bashrc:
# eval "$(seedance-tui completion bash)"
_seedance_tui_cases() {
    verbs=@VERBS@
    options='' operands='' ids='' takes='' words=''
    case $1 in
@OPTIONS@
    esac
    case "$1 $2" in
@VALUES@
    esac
}
_seedance_tui() {
    local line=${COMP_LINE:0:COMP_POINT} cur=${COMP_WORDS[COMP_CWORD]} before verb='' head='' word
    local verbs options operands ids takes words offers=() IFS=$' \t\n'
    case $cur in
        [\"\']*)
            head=${cur:0:1} cur=${cur:1} before=${COMP_WORDS[COMP_CWORD-1]}
            case $cur in *' '*) head="$head${cur% *} " cur=${cur##* } ;; esac ;;
        *)
            cur=${line##*[[:space:]]}
            before=${line%"$cur"} before=${before%"${before##*[![:space:]]}"}
            before=${before##*[[:space:]]} ;;
    esac
    case $cur in --*=*) before=${cur%%=*} cur=${cur#*=} ;; esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        _seedance_tui_cases '' ''
        case " $verbs " in *" $word "*) verb=$word; break ;; esac
    done
    _seedance_tui_cases "$verb" "$before"
    compopt +o nospace 2>/dev/null
    case $takes in
        words) offers=($(compgen -W "$words" -- "$cur")) ;;
        file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return ;;
        folder) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); return ;;
        fields)
            case $cur in *,*) head="$head${cur%,*}," cur=${cur##*,} ;; esac
            compopt -o nospace 2>/dev/null; offers=($(compgen -W "$words" -- "$cur")) ;;
        filter)
            case $cur in '!'*) head="$head!" cur=${cur:1} ;; esac
            case $cur in
                tag:*) IFS=$'\n'
                    offers=($(seedance-tui completion tags "${cur#tag:}" 2>/dev/null))
                    offers=("${offers[@]/#/tag:}") ;;
                *) compopt -o nospace 2>/dev/null; offers=($(compgen -W "$words" -- "$cur")) ;;
            esac ;;
        tag) IFS=$'\n'; offers=($(seedance-tui completion tags "$cur" 2>/dev/null)) ;;
        text) return ;;
        *)
            case $cur in
                -*) offers=($(compgen -W "$options" -- "$cur")) ;;
                *)
                    [ -n "$verb" ] || operands=$verbs ids=1
                    offers=($(compgen -W "$operands" -- "$cur"))
                    if [ -n "$ids" ]; then
                        IFS=$'\n'
                        offers+=($(seedance-tui completion ids "$cur" 2>/dev/null | cut -f1))
                    fi ;;
            esac ;;
    esac
    # Readline replaces what stands behind the last of its own word breaks.
    local kept=''
    case ${COMP_WORDS[COMP_CWORD]} in
        [\"\']*) ;;
        *)
            word=${line##*[[:space:]]} kept=${word%"${word##*[$COMP_WORDBREAKS]}"}
            case $word in --*=*) head="${word%%=*}=$head" ;; esac ;;
    esac
    COMPREPLY=()
    for word in "${offers[@]}"; do word=$head$word; COMPREPLY+=("${word#"$kept"}"); done
}
complete -F _seedance_tui seedance-tui
"""


def script(commands: Sequence[CommandSpec]) -> str:
    """Return the whole script."""
    return (
        _SCRIPT.replace("@VERBS@", quoted(command.name for command in commands))
        .replace("@OPTIONS@", "\n".join(_options(commands)))
        .replace("@VALUES@", "\n".join(_values(commands)))
    )


def _options(commands: Sequence[CommandSpec]) -> Iterator[str]:
    for command in commands:
        names = quoted(name for option in command.options for name in option.names)
        words, ids = quoted(command.operands), "1" if command.takes_ids else "''"
        yield f"        {command.name}) options={names} operands={words} ids={ids} ;;"


def _values(commands: Sequence[CommandSpec]) -> Iterator[str]:
    for name, command, option in groups(commands):
        words = filter_words() if option.takes is Takes.FILTER else values(option)
        yield f"        '{command} {name}') takes={option.takes} words={quoted(words)} ;;"
