"""The arguments of every command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from reader import __version__
from reader.cli.commands import COMMANDS, Command
from reader.i18n import N_, _, ngettext

__all__ = ["build_parser", "parse"]

# argparse looks its own words up in gettext's global domain; named here, they stand in our catalogue.
ARGPARSE_WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("expected at most one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)

_QUERY_COMMANDS = frozenset({"list", "search", "mark"})
_BARE = "\0"
"""Before a query word that begins with a dash, so that argparse takes it for no option. No argument holds it."""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace whose ``command`` is the subcommand's name, empty for the reader itself.

    Raises:
        SystemExit: with 2 after a message if they are wrong; with 0 after ``--help`` and ``--version``.

    """
    setattr(argparse, "_", _)  # noqa: B010 - argparse has no other way to be given a language
    setattr(argparse, "ngettext", ngettext)  # noqa: B010
    arguments = build_parser().parse_args(_shield_queries(_places_first(argv)))
    if hasattr(arguments, "query"):
        arguments.query = " ".join(word.removeprefix(_BARE) for word in arguments.query)
    return arguments


class _Parser(argparse.ArgumentParser):
    """Knows no abbreviations: a new option must not change what an old script means."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)  # type: ignore[arg-type] # passed on as they came

    def error(self, message: str) -> NoReturn:
        from reader.text.clean import clean

        super().error(clean(message.replace(_BARE, "")))


def build_parser() -> argparse.ArgumentParser:
    """The whole tree of commands and their arguments, in the current language."""
    parser = _Parser(
        prog="warta",
        description=_("Warta, a news reader for the terminal. With no command, it opens the reader."),
        epilog=_("`warta COMMAND --help` has details and an example."),
    )
    _add_places(parser, is_top=True)
    parser.add_argument("--no-refresh", action="store_true", help=_("do not refresh; read what is stored"))
    parser.add_argument(
        "--version", action="version", version=f"warta {__version__}", help=_("show program's version number and exit")
    )
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=_Parser)
    parser.set_defaults(command="")
    for row in COMMANDS.values():
        if row.name:
            _add_command(commands, row)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001 - what add_subparsers returns has no public name


def _add_command(commands: _Commands[_Parser], row: Command) -> None:
    help_ = _(row.help)
    parser = commands.add_parser(
        row.name,
        help=help_,
        description=help_[:1].upper() + help_[1:] + ".",
        epilog=_("example:\n  {example}").format(example=row.example),
    )
    _add_places(parser, is_top=False)
    if add_arguments := _ARGUMENTS.get(row.name):
        add_arguments(parser)


def _add_places(parser: argparse.ArgumentParser, *, is_top: bool) -> None:
    """The options that stand before or after the command; after it they must not undo what stood before."""
    default = "" if is_top else argparse.SUPPRESS
    parser.add_argument("--feeds", metavar=_("FILE"), default=default, help=_("the feeds.toml to use"))
    parser.add_argument("--data", metavar=_("DIR"), default=default, help=_("folder for the database and log"))
    parser.add_argument(
        "--language", choices=("auto", "id", "en"), default=default, metavar="id|en", help=_("interface language")
    )
    parser.add_argument(
        "--log-level",
        choices=("debug", "info", "warning", "error"),
        default="warning" if is_top else argparse.SUPPRESS,
        metavar=_("LEVEL"),
        help=_("log level for warta.log: debug, info, warning or error"),
    )


def _add_demo(parser: _Parser) -> None:
    parser.set_defaults(feeds="")


def _add_refresh(parser: _Parser) -> None:
    parser.add_argument(
        "--force", action="store_true", help=_("also feeds that are not due; Retry-After still applies")
    )
    parser.add_argument(
        "--full", action="store_true", help=_("then fetch the full text of unread articles, for offline reading")
    )
    _add_json(parser)
    parser.add_argument("feed", nargs="*", metavar=_("FEED"), help=_("title, URL or id; default: all"))


def _add_list(parser: _Parser) -> None:
    parser.epilog = f"{_query_words()}\n\n{parser.epilog}"
    parser.add_argument("query", nargs="*", metavar=_("QUERY"), help=_("query in the filter language"))
    parser.add_argument("--limit", type=_positive, metavar="N", default=0, help=_("at most N articles"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("print a JSON array"))
    form.add_argument(
        "--tsv", action="store_true", help=_("one tab-separated line each: id, date, read, starred, feed, title, URL")
    )
    form.add_argument("--count", action="store_true", help=_("print only the number"))


def _query_words() -> str:
    """The filter language in a few lines."""
    return _(
        "the filter language:\n"
        "  bpjs natuna                both words\n"
        "  bpjs OR umkm -politik      either word, without a third\n"
        '  "jaminan sosial"           a phrase\n'
        "  nat*  ~tangkap             a prefix; a word family (menangkap, ditangkap …)\n"
        "  title: author: feed: folder: #tag site: url: place:\n"
        "  is:unread is:starred is:new has:audio after:2026-11-01 before:2026-11 newer:3d older:2w date:2026-11 today\n"
        "  /rp ?\\d+ miliar/i          a regular expression"
    )


def _add_show(parser: _Parser) -> None:
    parser.add_argument("id", type=_positive, metavar="ID", help=_("its id, as shown by list"))
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help=_("default: text"))


def _add_mark(parser: _Parser) -> None:
    kinds = ("read", "unread", "star", "unstar")
    parser.add_argument("mark", choices=kinds, metavar="|".join(kinds), help=_("how to mark them"))
    parser.add_argument("query", nargs="+", metavar=_("QUERY"), help=_("query in the filter language"))
    _add_dry_run(parser)


def _add_new(parser: _Parser) -> None:
    parser.add_argument(
        "url",
        nargs="?",
        default="",
        metavar=_("ADDRESS"),
        help=_("URL of a feed or site, or a name from the catalogue; default: ask, and offer the catalogue"),
    )
    parser.add_argument("--title", default="", metavar=_("TITLE"), help=_("title to give it; default: its own"))
    parser.add_argument("--folder", default="", metavar=_("FOLDER"), help=_("folder to put it in; A/B nests"))
    parser.add_argument("--yes", action="store_true", help=_("if several are found, take the best"))


def _add_catalogue(parser: _Parser) -> None:
    parser.add_argument(
        "query", nargs="*", metavar=_("WORD"), help=_("words from a name, region, topic or address; default: all")
    )
    _add_json(parser)


def _add_remove(parser: _Parser) -> None:
    parser.add_argument("feed", metavar=_("FEED"), help=_("title, URL or id"))


def _add_import(parser: _Parser) -> None:
    parser.add_argument("file", metavar=_("FILE"), help=_("OPML, newsboat's urls or cache.db, or Warta's own JSON"))


def _add_export(parser: _Parser) -> None:
    parser.add_argument(
        "form", choices=("opml", "json"), metavar="opml|json", help=_("the feeds, or everything stored")
    )
    parser.add_argument(
        "file", nargs="?", default="", metavar=_("FILE"), help=_("output file; default, and for -: standard output")
    )


def _add_check(parser: _Parser) -> None:
    parser.add_argument("--online", action="store_true", help=_("fetch every feed once, without storing anything"))
    parser.add_argument("--json", action="store_true", help=_("with --online: print a JSON array"))


def _add_completion(parser: _Parser) -> None:
    shells = ("bash", "zsh", "fish")
    parser.add_argument(
        "shell", choices=_Shells(shells), metavar="|".join(shells), help=_("shell to write the script for")
    )


class _Shells(tuple[str, ...]):
    """The shells; the names that their scripts ask for are taken in the same way, but told to nobody."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or word in {"feeds", "catalogue", "shelves"}


def _add_dry_run(parser: _Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("only print the number"))


def _add_purge(parser: _Parser) -> None:
    _add_dry_run(parser)
    parser.add_argument(
        "--removed",
        action="store_true",
        help=_("also articles of feeds no longer in feeds.toml; marked ones are kept"),
    )


def _add_where(parser: _Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print a JSON object"))


def _add_json(parser: _Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print a JSON array"))


_ARGUMENTS: dict[str, Callable[[_Parser], None]] = {
    "demo": _add_demo,
    "refresh": _add_refresh,
    "list": _add_list,
    "search": _add_list,
    "show": _add_show,
    "mark": _add_mark,
    "purge": _add_purge,
    "feeds": _add_json,
    "add": _add_new,
    "catalogue": _add_catalogue,
    "remove": _add_remove,
    "import": _add_import,
    "export": _add_export,
    "check": _add_check,
    "where": _add_where,
    "completion": _add_completion,
}
"""What a subcommand takes beside the places; those without a row take nothing."""


def _positive(text: str) -> int:
    """A number from 1 that SQLite can hold."""
    if not re.fullmatch(r"0*[1-9]\d{0,17}", text, re.ASCII):
        raise argparse.ArgumentTypeError(_("must be a number from 1"))
    return int(text)


def _places_first(argv: Sequence[str]) -> list[str]:
    """The options of every command before it: between two arguments argparse would take the second for none."""
    places: list[str] = []
    others: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return [*places, *others, word, *words]
        if word in _WITH_VALUE:
            places += [word, *(value for value in [next(words, None)] if value is not None)]
        elif word.partition("=")[0] in _WITH_VALUE:
            places.append(word)
        else:
            others.append(word)
    return [*places, *others]


def _shield_queries(argv: Sequence[str]) -> list[str]:
    """Let words of a query begin with one dash (``-politik``: without it)."""
    shielded: list[str] = []
    is_query = False
    for position, word in enumerate(argv):
        if word == "--" and is_query:
            # Versions of argparse differ in what becomes of the dashes before a command's arguments.
            return [*shielded, *(_BARE * each.startswith("-") + each for each in argv[position + 1 :])]
        if word == "--":
            return [*shielded, *argv[position:]]
        if not is_query:
            is_query = word in _QUERY_COMMANDS and (position == 0 or argv[position - 1] not in _WITH_VALUE)
        elif re.match(r"-[^-\d]", word) and word != "-h":
            word = _BARE + word  # noqa: PLW2901 - the word as argparse is to see it
        shielded.append(word)
    return shielded


_WITH_VALUE = frozenset({"--feeds", "--data", "--language", "--log-level"})
