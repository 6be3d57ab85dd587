"""What is known of a feed: what the user wrote, what it told of itself, and what we keep about asking it."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Literal

from reader.light import dataclass

SourceKind = Literal["feed", "sitemap", "page"]

Health = Literal["new", "ok", "stale", "empty", "failing", "blocked", "not_a_feed", "gone", "disabled"]

FailureKind = Literal[
    # the network
    "offline", "dns", "refused", "tls", "timeout", "connection", "proxy", "bad_url", "forbidden_address",
    "too_many_redirects", "bad_redirect",
    # the answer
    "http_status", "blocked", "rate_limited", "gone", "not_found", "unauthorized", "too_large", "bad_encoding",
    "truncated", "robots",
    # the body
    "empty_body", "not_a_feed", "html_page", "parse_error", "parse_deadline", "parse_crash",
    "nothing_found",
    # our side
    "storage", "command",
]  # fmt: skip
"""Why a feed could not be refreshed. `core.health` turns it into a sentence a person can act on."""


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """One ``[[feeds]]`` entry as the user wrote it."""

    url: str
    """The address as subscribed; asked for exactly so."""
    kind: SourceKind = "feed"
    """What stands at the address."""
    title: str = ""
    """The user's name for it; empty: the feed's own."""
    folder: str = ""
    """``A/B`` nests; empty: none."""
    tags: tuple[str, ...] = ()
    """The user's tags for all its articles."""
    title_strip: tuple[str, ...] = ()
    """Tails to take off article titles."""
    content: tuple[str, ...] = ()
    """CSS selectors of the whole article on its page, tried in order."""
    remove: tuple[str, ...] = ()
    """CSS selectors of what to drop inside it."""
    item: str = ""
    """For pages: CSS of one article in the listing."""
    link: str = ""
    """For pages: CSS of the link inside an item."""
    link_pattern: str = ""
    """For pages: regular expression searched in the absolute URL."""
    item_title: str = ""
    """For pages: CSS of the title inside an item."""
    summary: str = ""
    """For pages: CSS of the summary inside an item."""
    date: str = ""
    """For pages: CSS of the date inside an item."""
    author: str = ""
    """For pages: CSS of the author inside an item."""
    image: str = ""
    """For pages: CSS of the image inside an item."""
    refresh_minutes: int | None = None
    """Ask exactly so often (servers' wishes on top); None: the feed's own rhythm."""
    full_text: bool = False
    """Fetch whole articles as they arrive."""
    headers: tuple[tuple[str, str], ...] = ()
    """Extra request headers."""
    user_agent: str = ""
    """Instead of ours."""
    auth: str = ""
    """``user:password`` (basic) or ``bearer TOKEN``. A secret."""
    auth_command: tuple[str, ...] = ()
    """Prints what `auth` would hold. Empty unless the file may run commands."""
    proxy: str = ""
    """``http://…`` or ``socks5://…``. May hold a secret."""
    timeout_seconds: float | None = None
    """Total time for one refresh of this feed; None: 60."""
    max_articles: int | None = None
    """Retention: keep at most so many; None: the global rule."""
    keep_days: int | None = None
    """Retention: keep so long; None: the global rule; 0: for ever."""
    is_enabled: bool = True
    """False: kept in the file, never asked (``enabled`` in the file)."""
    encoding: str = ""
    """Character encoding to believe instead of what the feed says."""
    line: int = 0
    """Line of the entry in feeds.toml, from 1; 0 if it did not come from a file."""


@dataclass(frozen=True, slots=True)
class Validators:
    """ETag and Last-Modified of the last good answer: always kept and replaced as a pair.

    Source: RFC 9110 §8.8, §13.1; bytes, because a server may put any byte above 0x7f into them.
    """

    etag: bytes | None = None
    """The ETag's exact bytes, quotes and ``W/`` included."""
    last_modified: bytes | None = None
    """The Last-Modified field's exact bytes."""

    def __bool__(self) -> bool:
        return self.etag is not None or self.last_modified is not None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the last refresh failed."""

    kind: FailureKind
    """The class of failure; decides sentence and health."""
    detail: str = ""
    """One clean line of what happened: a status phrase, a host, a library's message. Never a secret."""
    snippet: str = ""
    """First line of what came instead of a feed, cleaned; may be empty."""


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed's document says about the feed itself. Clean text."""

    title: str = ""
    """The feed's own title."""
    site_url: str = ""
    """Its web site; http(s) or empty."""
    language: str = ""
    """Language code as given, lower case."""
    icon_url: str = ""
    """An icon or logo; http(s) or empty."""
    format: str = ""
    """``rss20``, ``atom10``, ``json11`` … as the parser names it."""
    ttl_minutes: int | None = None
    """RSS ``<ttl>``."""
    skip_hours: frozenset[int] = frozenset()
    """RSS ``<skipHours>``: hours of the UTC day, 0 to 23."""
    skip_days: frozenset[int] = frozenset()
    """RSS ``<skipDays>``: UTC weekdays, Monday 0 to Sunday 6."""
    hub_url: str = ""
    """WebSub hub; kept for later."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """Ours: what is remembered between refreshes of one feed. Computed by `fetch.schedule`, stored whole."""

    validators: Validators = Validators()
    """Sent with the next request."""
    validated_at: datetime | None = None
    """When a full 200 answer last came; after 8 days of 304 one request goes out without validators."""
    next_due: datetime | None = None
    """When to ask next; None: at once."""
    not_before: datetime | None = None
    """Retry-After: nothing, not even ``--force``, asks earlier."""
    fresh_until: datetime | None = None
    """End of the server's max-age or Expires; a manual refresh asks to be repeated before it."""
    last_checked: datetime | None = None
    """When the last request ended, whatever came."""
    last_success: datetime | None = None
    """When the last 200 with a feed, or 304, came."""
    failures: int = 0
    """Failures in a row; 0 after a success."""
    failure: Failure | None = None
    """The last refresh's failure; None if it went well."""
    http_status: int | None = None
    """Status of the last answer; None if none came."""
    health: Health = "new"
    """As of the last refresh; `core.health` adds what depends on the clock (stale)."""
    redirect_to: str = ""
    """Target of the permanent redirect seen lately; empty: none."""
    redirect_since: datetime | None = None
    """When that redirect was first seen."""
    adopted_url: str = ""
    """The address asked instead of the subscribed one since a permanent redirect was adopted; empty: none."""
    refused_url: str = ""
    """A permanent redirect the user took back; never adopted again."""
    looked_at: datetime | None = None
    """When a web page came instead of a feed and the feed meant was looked for; None: not since it last went well."""
    found_url: str = ""
    """What was found then; empty: nothing."""
    found_title: str = ""
    """What that calls itself."""
    found_kind: SourceKind = "feed"
    """What stands there."""
    body_hash: bytes = b""
    """Hash of the last parsed body; the same again needs no parse."""
    item_hashes: bytes = b""
    """8 bytes for each item of the last parsed body; known items need no parse."""
    interval_minutes: int = 0
    """The interval that led to `next_due`, for the details screen."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed feed with all that is known of it."""

    id: int
    """Its number in the store."""
    config: FeedConfig
    """What the user wrote."""
    facts: FeedFacts = FeedFacts()
    """What it told of itself at the last parse."""
    state: FeedState = field(default_factory=FeedState)
    """Ours."""
    articles: int = 0
    """Articles stored."""
    unread: int = 0
    """Of them, unread and not muted."""
    newest: datetime | None = None
    """Sorting date of its newest article."""

    @property
    def title(self) -> str:
        """The name to show: the user's, else the feed's own, else the address."""
        return self.config.title or self.facts.title or self.config.url

    @property
    def address(self) -> str:
        """The address to ask: the adopted one after a permanent redirect, else as subscribed."""
        return self.state.adopted_url or self.config.url
