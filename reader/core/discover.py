"""The feed of a site, found from whatever address a person has: at most a dozen polite requests."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.core.well_known import by_pattern, usual_places
from reader.i18n import _, ngettext, number
from reader.model import FeedConfig, Fetched, ParsedFeed, ParseJob
from reader.model.discovering import Candidate, Discovery, DiscoveryProgress, PageLeads
from reader.text.times import age
from reader.text.urls import (
    canonical,
    credentials,
    display_host,
    resolve,
    web_url,
    without_credentials,
    without_secrets,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from reader.fetch.client import Fetcher
    from reader.fetch.network import Network
    from reader.model import FetchFailed, SourceKind
    from reader.parse.worker import Parser

__all__ = ["MAX_REQUESTS", "Listener", "candidate_told", "discover", "discover_alone"]

MAX_REQUESTS = 12
"""Spent on one search, whatever is found."""

WHOLE_WORDS = 150
"""A feed whose articles usually have more words brings them whole."""


Listener = Callable[[DiscoveryProgress], None]


async def discover_alone(address: str, *, network: Network | None = None) -> Discovery:
    """`discover` with a fetcher and a parser of its own."""
    from reader.fetch.client import Fetcher
    from reader.parse.worker import Parser

    fetcher, parser = Fetcher(network=network), Parser(1)
    try:
        return await discover(address, fetcher=fetcher, parser=parser)
    finally:
        await fetcher.close()
        await parser.close()


async def discover(
    address: str, *, fetcher: Fetcher, parser: Parser, listener: Listener | None = None, login: str = ""
) -> Discovery:
    """What can be followed at an address.

    The address itself, what the page there names, what is known of its site, the usual places, the sitemaps of
    robots.txt, and links that speak of feeds: in this order, until something is found.

    Args:
        address: As typed; without a protocol https is tried, then http. A login in it is used for the same server.
        fetcher: Asks.
        parser: Reads.
        listener: Told before each request.
        login: For the server of the address, if there is none in it.

    """
    urls = _typed(address)
    if not urls:
        return Discovery(sentence=_("Not an address: {text}").format(text=address.strip()))
    login, urls = credentials(urls[0]) or login, tuple(map(without_credentials, urls))
    search = _Search(fetcher, parser, listener or _ignore, home=urls[0], login=login)
    answer: Fetched | FetchFailed | None = None
    for url in urls:
        answer = await search.ask(url)
        if isinstance(answer, Fetched):
            break
    known = tuple(dict.fromkeys(found for url in urls for found in by_pattern(url)))[:1]
    if not isinstance(answer, Fetched):
        await search.attempt(known)
        return search.found() if search.candidates or answer is None else _failed(answer)
    await search.read(answer, ("feed", "sitemap"))
    if not search.candidates:
        leads = await search.look(answer)
        await search.all_the_way(answer.final_url, leads, known)
        if not search.candidates:
            await search.make_out(answer, leads.link_pattern)
    return replace(search.found(), page_url=answer.url)


def candidate_told(candidate: Candidate, now: datetime, zone: tzinfo) -> str:
    """What a candidate is and what it brings, in a line: ``feed · 40 articles · newest: 12 min · summaries``."""
    kinds = {"feed": _("feed"), "sitemap": _("sitemap"), "page": _("page")}
    count = ngettext("{count} article", "{count} articles", candidate.items).format(count=number(candidate.items))
    parts = [kinds[candidate.kind], count]
    if candidate.newest is not None:
        parts.append(_("newest: {age}").format(age=age(candidate.newest, now, zone)))
    if candidate.items:
        parts.append(_("whole articles") if candidate.is_full else _("summaries"))
    return " · ".join(parts)


class _Search:
    """One search: what it may still ask, and what it found."""

    def __init__(self, fetcher: Fetcher, parser: Parser, listener: Listener, *, home: str, login: str) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._listener = listener
        self._home = urlsplit(home)
        self._typed = FeedConfig(home, auth=login)
        self._named_on = ""
        self._login = login
        self._left = MAX_REQUESTS
        self._asked: set[str] = set()
        self._page: Candidate | None = None
        self._pattern = ""
        self.candidates: list[Candidate] = []

    async def all_the_way(self, url: str, leads: PageLeads, known: Iterable[str]) -> None:
        """Try one place after the other until something is found."""
        await self.attempt(leads.feeds[:4])
        if not self.candidates:
            await self.attempt(known)
        for place in usual_places(url)[:5]:
            if not self.candidates:
                await self.attempt((place,))
        if not self.candidates:
            await self._sitemaps(url)
        for link in leads.links[:2]:
            if not self.candidates:
                await self.attempt((link,))

    async def attempt(self, urls: Iterable[str], kind: SourceKind = "feed") -> None:
        """Try addresses, all of them."""
        for url in urls:
            answer = await self.ask(url, kind)
            if isinstance(answer, Fetched):
                await self.read(answer, (kind,))

    async def ask(self, url: str, kind: SourceKind = "feed") -> Fetched | FetchFailed | None:
        """Ask for an address, unless it was asked or there were too many; sitemaps as robots.txt allows."""
        if url in self._asked or not self._left:
            return None
        self._asked.add(url)
        self._spend(url)
        return await self._fetcher.lead(url, config=replace(self._typed, kind=kind), named_on=self._named_on)

    async def read(self, answer: Fetched, kinds: Iterable[SourceKind]) -> None:
        """Note what stands in an answer, if it is a source."""
        for kind in kinds:
            parsed = await self._parser.feed(_job(answer, kind))
            if isinstance(parsed, ParsedFeed):
                is_moved = answer.redirects and all(hop.status in {301, 308} for hop in answer.redirects)
                address = answer.final_url if is_moved else answer.url
                self.candidates.append(replace(_candidate(address, kind, parsed), auth=self._login_for(address)))
                return

    async def look(self, answer: Fetched) -> PageLeads:
        """What a page names; from here on nothing is asked but what it, or its site, leads to."""
        self._named_on = answer.final_url
        leads = await self._parser.look(_job(answer, "feed"))
        return leads if isinstance(leads, PageLeads) else PageLeads()

    async def make_out(self, answer: Fetched, link_pattern: str) -> None:
        """See whether the page itself lists articles."""
        if not link_pattern:
            return
        config = FeedConfig(answer.url, kind="page", link_pattern=link_pattern)
        parsed = await self._parser.feed(
            ParseJob(answer.body, answer.final_url, answer.content_type, config, now=answer.at)
        )
        if isinstance(parsed, ParsedFeed) and parsed.entries:
            self._page = replace(_candidate(answer.url, "page", parsed), auth=self._login_for(answer.url))
            self._pattern = link_pattern

    async def _sitemaps(self, url: str) -> None:
        if not self._left:
            return
        self._spend(resolve(url, "/robots.txt"))
        from reader.fetch.robots import Robots

        robots = await self._fetcher.robots(url, typed=self._typed.url)
        named = robots.sitemaps if isinstance(robots, Robots) else ()
        absolute = [found for found in (resolve(url, name) for name in named) if found]
        for sitemap in sorted(absolute, key=lambda found: "news" not in found.lower())[:2]:
            if not self.candidates:
                await self.attempt((sitemap,), "sitemap")

    def _spend(self, url: str) -> None:
        self._left -= 1
        asked = MAX_REQUESTS - self._left
        self._listener(DiscoveryProgress(without_secrets(url), asked, MAX_REQUESTS, tuple(self.candidates)))

    def _login_for(self, url: str) -> str:
        """The login, if the address is of the server it was typed for, and no less guarded."""
        there, home = urlsplit(url), self._home
        is_home = there.netloc == home.netloc and there.scheme in {home.scheme, "https"}
        return self._login if is_home else ""

    def found(self) -> Discovery:
        """The candidates, each source once, the best first; or a sentence."""
        chosen: list[Candidate] = []
        for candidate in sorted(self.candidates, key=_worth, reverse=True):
            is_twin = any(candidate.keys and candidate.keys == other.keys for other in chosen)
            if not is_twin and all(canonical(candidate.url) != canonical(other.url) for other in chosen):
                chosen.append(candidate)
        if chosen:
            return Discovery(tuple(chosen))
        sentence = _('No feed found there. A page that lists articles can be added with kind = "page".')
        return Discovery(sentence=sentence, was_page=True, page=self._page, link_pattern=self._pattern)


def _typed(address: str) -> tuple[str, ...]:
    """The addresses a person may mean; empty: none."""
    text = address.strip()
    if text.lower().startswith("feed:"):
        text = text[5:].removeprefix("//")
    if "://" in text:
        return tuple(filter(None, [web_url(text)]))
    is_likely = "." in text or text.startswith("localhost")
    return tuple(filter(None, (web_url("https://" + text), web_url("http://" + text)))) if is_likely else ()


def _failed(answer: FetchFailed) -> Discovery:
    from reader.fetch.reasons import reason

    return Discovery(sentence=reason(answer.failure, answer.status))


def _job(answer: Fetched, kind: SourceKind) -> ParseJob:
    config = FeedConfig(answer.url, kind=kind)
    return ParseJob(answer.body, answer.final_url, answer.content_type, config, now=answer.at)


def _candidate(url: str, kind: SourceKind, parsed: ParsedFeed) -> Candidate:
    words = [entry.words for entry in parsed.entries]
    return Candidate(
        url,
        kind,
        parsed.facts.title or display_host(url),
        len(parsed.entries),
        max((entry.published for entry in parsed.entries if entry.published), default=None),
        bool(words) and statistics.median(words) > WHOLE_WORDS,
        keys=frozenset(entry.merge_key or entry.key for entry in parsed.entries),
    )


def _worth(candidate: Candidate) -> tuple[bool, bool, bool, bool, int]:
    """Feeds before sitemaps, articles before comments, whole ones before summaries, then what has more."""
    is_of_comments = "comment" in candidate.url.lower() or "komentar" in candidate.title.lower()
    return candidate.kind == "feed", not is_of_comments, candidate.items > 0, candidate.is_full, candidate.items


def _ignore(_progress: DiscoveryProgress) -> None:
    pass
