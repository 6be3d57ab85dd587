"""The script that lets bash complete Warta's commands."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.cli.completion import Words

__all__ = ["script"]

_SCRIPT = r"""# bash completion for warta. For example:
#     warta completion bash > ~/.local/share/bash-completion/completions/warta
_warta() {
    local line=${COMP_LINE:0:COMP_POINT} raw word quoted= command= option= at=0 index skip= kind= reply
    # bash cuts words at colons, which stand in fields and titles: take all since the last blank instead.
    if [[ ${COMP_WORDS[COMP_CWORD]} == [\"\']* ]]; then
        raw=${COMP_WORDS[COMP_CWORD]:1} word=$raw quoted=1
    else
        [[ $line =~ (([^[:space:]\\]|\\.)*)$ ]]
        raw=${BASH_REMATCH[1]} word=${raw//\\/}
    fi
    # Which command it is, and which of its arguments.
    for ((index = 1; index < COMP_CWORD; index++)); do
        option=
        if [[ -n $skip ]]; then
            skip=
        elif [[ ${COMP_WORDS[index]} == -* ]]; then
            option=$(_warta_option "$command" "${COMP_WORDS[index]}")
            [[ -n $option ]] && skip=1
        elif [[ -z $command ]]; then
            command=${COMP_WORDS[index]}
        else
            ((at++))
        fi
    done
    COMPREPLY=()
    if [[ -n $option ]]; then
        kind=$option
    elif [[ $word == -* ]]; then
        _warta_offer "$(_warta_options "$command")"
        return
    elif [[ -z $command ]]; then
        _warta_offer "@COMMANDS@"
        return
    else
        kind=$(_warta_argument "$command" "$at")
    fi
    case $kind in
        files) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
        folders) compopt -o filenames 2> /dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
        feeds | catalogue | shelves) _warta_offer "$("${COMP_WORDS[0]}" completion "$kind" 2> /dev/null)" ;;
        query) compopt -o nospace 2> /dev/null; _warta_offer @QUERY@ ;;
        any | '') ;;
        *) _warta_offer "${kind// /$'\n'}" ;;
    esac
}

# Offers those of some lines that begin with the word, whatever the case. Uses the variables of _warta.
_warta_offer() {
    local offered prefix=
    [[ -z $quoted && $COMP_WORDBREAKS == *:* && $raw == *:* ]] && prefix=${raw%"${raw##*:}"}
    while IFS= read -r offered; do
        [[ -n $offered && ${offered,,} == "${word,,}"* ]] || continue
        if [[ -n $quoted ]]; then
            COMPREPLY+=("$offered")
        else
            printf -v reply %q "$offered"
            COMPREPLY+=("${reply:${#prefix}}")
        fi
    done <<< "$1"
}

# What the value of an option is; nothing: it takes none.
_warta_option() {
    case "$1 $2" in
@VALUES@
    esac
}

# The options of a command.
_warta_options() {
    case "$1" in
@OPTIONS@
    esac
}

# What an argument of a command is, by its number; behind the last one, as that.
_warta_argument() {
    local kinds
    case "$1" in
@ARGUMENTS@
    esac
    [[ ${#kinds[@]} -gt 0 ]] && printf %s "${kinds[$2 < ${#kinds[@]} ? $2 : ${#kinds[@]} - 1]}"
}

complete -F _warta warta
"""


def script(commands: Sequence[Words], query: Sequence[str]) -> str:
    """The script for these commands."""
    values: list[str] = []
    options: list[str] = []
    arguments: list[str] = []
    for words in commands:
        names = " ".join(name for option in words.options for name in option.names)
        options.append(f"        {quote(words.name)}) printf '%s\\n' {names} ;;")
        for option in words.options:
            if option.takes:
                cases = " | ".join(quote(f"{words.name} {name}") for name in option.names)
                values.append(f"        {cases}) printf %s {quote(option.takes)} ;;")
        if words.takes:
            arguments.append(f"        {quote(words.name)}) kinds=({' '.join(map(quote, words.takes))}) ;;")
    told = {
        "@COMMANDS@": "\n".join(words.name for words in commands if words.name),
        "@QUERY@": quote("\n".join(query)),
        "@VALUES@": "\n".join(values),
        "@OPTIONS@": "\n".join(options),
        "@ARGUMENTS@": "\n".join(arguments),
    }
    text = _SCRIPT
    for place, said in told.items():
        text = text.replace(place, said)
    return text
