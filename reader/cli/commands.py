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
        "demo", "screen:open_demo", N_("open the reader on built-in sources; needs no network, keeps nothing"),
        "warta demo",
    ),
    Command("refresh", "refresh:refresh", N_("fetch what is due"), "warta refresh RRI 'Antara Kepri'"),
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
        "mark", "marks:mark", N_("mark all articles a query finds; undo takes it back"),
        "warta mark read 'older:2w'",
    ),
    Command(
        "purge", "marks:purge", N_("take out what the retention of feeds.toml no longer keeps"),
        "warta purge --dry-run",
    ),
    Command("undo", "marks:undo", N_("take the last step back, from app or command line"), "warta undo"),
    Command("feeds", "feeds:list_feeds", N_("list the feeds with their health"), "warta feeds --json"),
    Command(
        "add", "sources:add", N_("find a site's feed and add it to feeds.toml"),
        "warta add rri.co.id --folder Nasional",
    ),
    Command(
        "catalogue", "catalogue:list_catalogue", N_("list the sources Warta knows; `add` takes their names"),
        "warta catalogue kepri",
    ),
    Command(
        "remove", "sources:remove", N_("take a feed out of feeds.toml; its articles stay"),
        "warta remove 'Antara Kepri'",
    ),
    Command(
        "import", "exchange:import_file", N_("take in what another reader or another Warta kept"),
        "warta import subscriptions.opml",
    ),
    Command(
        "export", "exchange:export", N_("write the feeds for another reader, or all that is kept"),
        "warta export json everything.json",
    ),
    Command(
        "check", "check:check", N_("tell what is wrong with feeds.toml and with the feeds"), "warta check --online"
    ),
    Command("where", "where:where", N_("tell where feeds.toml, database and log are"), "warta where"),
    Command(
        "completion", "completion:completion", N_("print a script that lets a shell complete Warta's commands"),
        "warta completion bash",
    ),
)  # fmt: skip

COMMANDS: dict[str, Command] = {row.name: row for row in _ROWS}
"""In the order the help lists them."""
