"""The subcommands: a row each, for the arguments, the help, the dispatch and the completion."""

from __future__ import annotations

from typing import NamedTuple

from reader.i18n import N_

__all__ = ["COMMANDS", "Command"]


class Command(NamedTuple):
    """A subcommand."""

    name: str
    """As typed; empty: the reader itself."""
    place: str
    """Module of `reader.cli` and its function: ``module:function``. Loaded when it is run."""
    help: str = ""
    """What it does; English msgid, one line without a full stop."""
    example: str = ""
    """A command line that works."""


_ROWS = (
    Command("", "screen:open_reader"),
    Command(
        "demo", "screen:open_demo", N_("try the reader with built-in sources; no network, nothing is kept"),
        "warta demo",
    ),
    Command("refresh", "refresh:refresh", N_("fetch the feeds that are due"), "warta refresh RRI 'Antara Kepri'"),
    Command(
        "list", "articles:list_articles", N_("list articles, newest first"),
        "warta list 'is:unread bpjs OR umkm newer:3d' --limit 20",
    ),
    Command(
        "search", "articles:list_articles", N_("the same as list"),
        "warta search 'is:unread bpjs OR umkm newer:3d' --limit 20",
    ),
    Command("show", "articles:show", N_("show one article"), "warta show 1234 --format markdown"),
    Command(
        "mark", "marks:mark", N_("mark all articles that match a query; undo reverts it"),
        "warta mark read 'older:2w'",
    ),
    Command(
        "purge", "marks:purge", N_("delete articles past the retention set in feeds.toml"),
        "warta purge --dry-run",
    ),
    Command("undo", "marks:undo", N_("undo the last change, made in the app or on the command line"), "warta undo"),
    Command("feeds", "feeds:list_feeds", N_("list the feeds and their health"), "warta feeds --json"),
    Command(
        "add", "sources:add", N_("find a site's feed and add it to feeds.toml"),
        "warta add rri.co.id --folder Nasional",
    ),
    Command(
        "catalogue", "catalogue:list_catalogue", N_("list the sources Warta knows; `add` accepts their names"),
        "warta catalogue kepri",
    ),
    Command(
        "remove", "sources:remove", N_("remove a feed from feeds.toml; its articles are kept"),
        "warta remove 'Antara Kepri'",
    ),
    Command(
        "import", "exchange:import_file", N_("import from another reader or another Warta"),
        "warta import subscriptions.opml",
    ),
    Command(
        "export", "exchange:export", N_("export the feeds for another reader, or everything stored"),
        "warta export json everything.json",
    ),
    Command(
        "check", "check:check", N_("report problems in feeds.toml and with the feeds"), "warta check --online"
    ),
    Command("where", "where:where", N_("show where feeds.toml, the database and the log are"), "warta where"),
    Command(
        "completion", "completion:completion", N_("print a shell completion script"),
        "warta completion bash",
    ),
)  # fmt: skip

COMMANDS: dict[str, Command] = {row.name: row for row in _ROWS}
"""In the order the help lists them."""
