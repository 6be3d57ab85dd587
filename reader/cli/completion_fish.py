"""The script that lets fish complete Warta's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.cli.completion import Option, Words

__all__ = ["script"]

_HEAD = """# fish completion for warta. For example:
#     warta completion fish > ~/.config/fish/completions/warta.fish
complete -c warta -f"""
_NAMED = frozenset({"feeds", "catalogue", "shelves"})


def script(commands: Sequence[Words], query: Sequence[str]) -> str:
    """The script for these commands."""
    return "\n".join([_HEAD, *(line for words in commands for line in _lines(words, query))]) + "\n"


def _lines(words: Words, query: Sequence[str]) -> Iterator[str]:
    start = "complete -c warta -n "
    if words.name:
        yield f"{start}__fish_use_subcommand -a {words.name} -d {_quoted(words.help)}"
    condition = f"'__fish_seen_subcommand_from {words.name}'" if words.name else "__fish_use_subcommand"
    for option in words.options:
        yield f"{start}{condition}{_names(option)}{_value(option.takes)} -d {_quoted(option.help)}"
    for kind in dict.fromkeys(words.takes):
        offered = _quoted(" ".join(query)) if kind == "query" else _offered(kind)
        if offered:
            yield f"{start}{condition} -a {offered}"
        elif kind == "files":
            yield f"{start}{condition} -F"


def _names(option: Option) -> str:
    return "".join(f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}" for name in option.names)


def _value(kind: str) -> str:
    match kind:
        case "":
            return ""
        case "files":
            return " -r -F"
        case "folders":
            return " -x -a '(__fish_complete_directories)'"
        case _:
            offered = _offered(kind)
            return f" -x -a {offered}" if offered else " -x"


def _offered(kind: str) -> str:
    if kind in {"any", "files", "folders"}:
        return ""
    return f"'(command warta completion {kind} 2>/dev/null)'" if kind in _NAMED else _quoted(kind)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
