"""The script that lets zsh complete Warta's commands."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.cli.completion import Option, Words

__all__ = ["script"]

_SCRIPT = r"""#compdef warta
# zsh completion for warta. For example, with ~/.zfunc in your $fpath:
#     warta completion zsh > ~/.zfunc/_warta

_warta() {
    local curcontext=$curcontext state line
    typeset -A opt_args
    _arguments -C \
@OPTIONS@
        '1: :_warta_commands' \
        '*:: :->arguments' && return
    [[ $state == arguments ]] || return 1
    case $words[1] in
@COMMANDS@
    esac
}

_warta_commands() {
    local -a commands=(
@DESCRIBED@
    )
    _describe -t commands command commands
}

# Names that Warta itself knows; what they are of is the last argument, the others are for compadd.
_warta_names() {
    local -a names=("${(@f)$(_call_program names warta completion $@[-1] 2> /dev/null)}")
    compadd "${@[1,-2]}" -M 'm:{[:lower:]}={[:upper:]}' -- ${names:#}
}

_warta_query() {
    compadd "$@" -S '' -- @QUERY@
}

if [[ $funcstack[1] == _warta ]]; then
    _warta "$@"
else
    compdef _warta warta
fi
"""
_NAMED = frozenset({"feeds", "catalogue", "shelves"})


def script(commands: Sequence[Words], query: Sequence[str]) -> str:
    """The script for these commands."""
    named = [words for words in commands if words.name]
    cases = []
    for words in named:
        specs = [*_options(words), *_arguments(words)]
        cases.append(f"        {words.name}) _arguments {' '.join(map(quote, specs))} ;;")
    told = {
        "@OPTIONS@": "\n".join(f"        {quote(spec)} \\" for spec in _options(commands[0])),
        "@COMMANDS@": "\n".join(cases),
        "@DESCRIBED@": "\n".join(f"        {quote(f'{words.name}:{_escaped(words.help)}')}" for words in named),
        "@QUERY@": " ".join(map(quote, query)),
    }
    text = _SCRIPT
    for place, said in told.items():
        text = text.replace(place, said)
    return text


def _options(words: Words) -> Iterator[str]:
    for option in words.options:
        value = f":{_escaped(option.names[-1].strip('-'))}:{_action(option.takes)}" if option.takes else ""
        for name in option.names:
            yield f"{_others(option)}{name}[{_escaped(option.help)}]{value}"


def _others(option: Option) -> str:
    """An option with two names is offered once."""
    return f"({' '.join(option.names)})" if len(option.names) > 1 else ""


def _arguments(words: Words) -> Iterator[str]:
    for number, kind in enumerate(words.takes, 1):
        place = "*" if number == len(words.takes) else str(number)
        yield f"{place}:{words.name}:{_action(kind)}"


def _action(kind: str) -> str:
    match kind:
        case "files":
            return "_files"
        case "folders":
            return "_files -/"
        case "query":
            return "_warta_query"
        case "any":
            return " "
        case _ if kind in _NAMED:
            return f"_warta_names {kind}"
        case _:
            return f"({kind})"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]")
