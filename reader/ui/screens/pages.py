"""Which page of words stands where the list has nothing to show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.text.times import ago
from reader.text.urls import without_secrets
from reader.ui.cells import simple
from reader.ui.keys import display
from reader.ui.screens.listing import ALL
from reader.ui.widgets.notice_page import Offer, Page
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from reader.model import Answer, Config, Feed, RefreshProgress
    from reader.ui.commands import KeyMap
    from reader.ui.screens.listing import Listing

__all__ = ["Situation", "failure_page", "list_page", "trouble_page", "with_keys"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is to know when the list is empty."""

    config: Config
    """feeds.toml as obeyed."""
    listing: Listing
    """What was asked."""
    answer: Answer | None = None
    """What came back; None: nothing yet."""
    feeds: Sequence[Feed] = ()
    """All feeds."""
    progress: RefreshProgress | None = None
    """A refresh that is under way."""
    has_network: bool = True
    """Feeds are asked in this session."""
    notices: Sequence[str] = ()
    """What must be told about the database."""
    next_unread: str = ""
    """Name of a source that has something unread."""

    @property
    def stored(self) -> int:
        """Articles in the store."""
        return sum(feed.articles for feed in self.feeds)


def with_keys(page: Page, keymap: KeyMap) -> Page:
    """The page with the keys its commands really have; what has none is still clicked.

    A key that types nothing comes first for what is of use while a filter is typed.
    """

    def key(id_: str) -> str:
        keys = keymap.keys(id_)
        silent = [key for key in keys if len(key) > 1] if id_ in {"filter.widen", "view.escape"} else []
        return display((*silent, *keys)[0]) if keys else "·"

    return replace(
        page, offers=tuple(offer._replace(key=key(offer.command)) if offer.command else offer for offer in page.offers)
    )


def list_page(situation: Situation) -> Page | None:
    """The page for an empty list; None while nothing need be said."""
    answer = situation.answer
    if answer is not None and len(answer.ids):
        return None
    if not situation.config.feeds:
        return _no_feeds(situation.config)
    if not situation.stored:
        page = _nothing_yet(situation)
        if not situation.notices:
            return page
        return replace(page, lines=(*map(simple, situation.notices), "", *page.lines), is_warning=True)
    if situation.listing.query:
        return _nothing_matched(situation) if answer is not None and answer.is_final else None
    if answer is None or not answer.is_final:
        return None
    return _nothing_here(situation)


def _no_feeds(config: Config) -> Page:
    if config.is_unusable:
        return _unusable(config)
    path = str(config.path)
    problems: tuple[str, ...] = ()
    if config.origin == "missing":
        lines = (_("No feeds.toml at {path}.").format(path=path),)
    else:
        lines = (_("No feeds in {path}.").format(path=path),)
        problems = tuple(f"! {simple(str(problem))}" for problem in config.problems[:8])
    how = _("A feed is two lines in that file; Warta picks them up as soon as you save it:")
    example = '[[feeds]]\nurl = "https://www.antaranews.com/rss/terkini.xml"'
    return Page(
        _("No feeds yet"),
        (*lines, *problems),
        (
            Offer("a", _("add a feed"), "feed.add"),
            Offer("I", _("use the starter list or import one"), "feeds.begin"),
            Offer("?", _("all keys"), "help.open"),
            Offer("Q", _("quit"), "app.quit"),
        ),
        is_warning=bool(problems),
        after=(how, "", example),
    )


def _unusable(config: Config) -> Page:
    problems = tuple(simple(str(problem)) for problem in config.problems[:8])
    how = _("Fix the file and save it: Warta reloads it at once.")
    offers = (Offer("?", _("all keys"), "help.open"), Offer("Q", _("quit"), "app.quit"))
    return Page(_("feeds.toml cannot be used"), (*problems, "", how), offers, is_warning=True)


def _nothing_yet(situation: Situation) -> Page:
    count = len(situation.feeds)
    if situation.progress and not situation.progress.is_finished:
        title = ngettext("Fetching {count} feed…", "Fetching {count} feeds…", count).format(count=number(count))
        return Page(title, tuple(_ticked(feed) for feed in situation.feeds[:40]))
    feeds = [feed for feed in situation.feeds if feed.config.is_enabled]
    is_over = all(feed.state.last_checked or feed.state.failure for feed in feeds)
    offers = (Offer("R", _("refresh now"), "feeds.refresh"), Offer("?", _("all keys"), "help.open"))
    kinds = {feed.state.failure.kind for feed in situation.feeds if feed.state.failure}
    if feeds and all(feed.state.failure for feed in feeds) and kinds <= {"offline", "dns"}:
        lines = (
            _("No network. Warta will retry as soon as it is back."),
            _("Nothing is stored yet, so there is nothing to read offline."),
        )
        return Page(_("No connection"), lines, (Offer("R", _("try now"), "feeds.refresh"), *offers[1:]))
    ticked = tuple(_ticked(feed) for feed in situation.feeds[:40])
    if is_over:
        return Page(_("No articles received"), ticked, offers, is_warning=bool(kinds))
    if not situation.has_network:
        return Page(_("Nothing is stored yet"), (_("Warta was started without refreshing."),), offers)
    return Page(_("Fetching the first news…"), ticked, offers)


def _ticked(feed: Feed) -> str:
    mark = "!" if feed.state.failure else "✓" if feed.state.last_checked else "·"
    what = number(feed.articles) if feed.articles else ""
    return f"{mark} {feed_name(feed)}  {what}".rstrip()


def _nothing_matched(situation: Situation) -> Page:
    answer, listing = situation.answer, situation.listing
    counts = " · ".join(f"{simple(word)} {number(count)}" for word, count in (answer.term_counts if answer else ()))
    offers = []
    if not listing.is_wide and listing.source != ALL:
        offers.append(Offer("Ctrl+G", _("apply this filter to everything"), "filter.widen"))
    offers.append(Offer("Esc", _("clear the filter"), "view.escape"))
    return Page(_("Nothing matches"), (counts,) if counts else (), tuple(offers))


def _nothing_here(situation: Situation) -> Page:
    listing = situation.listing
    if listing.leaves_out_read:
        lines = (_("Unread elsewhere: {name}").format(name=simple(situation.next_unread)),)
        offers = [Offer("n", _("go there"), "article.next_unread")] if situation.next_unread else []
        if not listing.show_read:
            offers.append(Offer(".", _("show read articles"), "list.toggle_read"))
        return Page(_("All read"), lines if situation.next_unread else (), tuple(offers))
    if listing.source.name == "starred":
        return Page(
            _("No stars yet"), offers=(Offer("s", _("stars an article to keep it here"), "article.toggle_star"),)
        )
    if listing.source.name == "tag":
        return Page(_("No article has this tag"))
    return Page(_("Nothing here yet"), (), (Offer("r", _("refresh now"), "feed.refresh"),))


def failure_page(feed: Feed, sentence: str, now: datetime, zone: tzinfo) -> Page:
    """A feed that brings nothing: why, what came instead, when it is asked again, what can be done."""
    state = feed.state
    lines = [sentence]
    if state.http_status and str(state.http_status) not in sentence:
        lines.append(_("The server answered with status {status}.").format(status=state.http_status))
    if state.failure and state.failure.snippet:
        lines.append(_("Received: {text}").format(text=state.failure.snippet))
    if state.last_success:
        lines.append(_("Last successful refresh: {when}.").format(when=ago(state.last_success, now, zone)))
    if state.next_due:
        lines.append(_("Next refresh {when}.").format(when=ago(state.next_due, now, zone)))
    lines += ["", without_secrets(feed.address)]
    offers = (
        *([Offer("⏎", _("use that feed instead"), "article.open")] if state.found_url else []),
        Offer("r", _("refresh now"), "feed.refresh"),
        Offer("i", _("details"), "feed.details"),
        Offer("E", _("edit"), "source.edit"),
        Offer("o", _("open site"), "feed.open_site"),
    )
    return Page(feed_name(feed), tuple(lines), offers, is_warning=True)


def trouble_page(sentence: str, path: Path | str) -> Page:
    """The database cannot be used."""
    where = () if str(path) in sentence else ("", str(path))
    lines = (sentence, *where, "", _("Fix the cause and restart Warta."))
    offers = (Offer("?", _("all keys"), "help.open"), Offer("Q", _("quit"), "app.quit"))
    return Page(_("The database cannot be used"), lines, offers, is_warning=True)
