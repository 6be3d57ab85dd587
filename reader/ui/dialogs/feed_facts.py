"""What the details of a feed say, line by line. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from reader.i18n import N_, _, ngettext, number
from reader.light import dataclass
from reader.text import times
from reader.text.urls import without_secrets

if TYPE_CHECKING:
    from reader.model import Feed, Health, SourceKind

__all__ = ["FeedDetails", "bars", "feed_lines", "health_word"]

_BARS = "▁▂▃▄▅▆▇█"
_HEALTH: dict[Health, str] = {
    "new": N_("new"),
    "ok": N_("ok"),
    "stale": N_("quiet"),
    "empty": N_("empty"),
    "failing": N_("failing"),
    "blocked": N_("blocked"),
    "not_a_feed": N_("not a feed"),
    "gone": N_("gone"),
    "disabled": N_("disabled"),
}
_KINDS: dict[SourceKind, str] = {"feed": N_("feed"), "sitemap": N_("news sitemap"), "page": N_("web page")}
_FORMATS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "rdf": "RDF", "cdf": "CDF"}


@dataclass(frozen=True, slots=True)
class FeedDetails:
    """All that is told of a feed."""

    feed: Feed
    """The feed."""
    health: Health
    """Its health as of now."""
    sentence: str
    """Its health in words."""
    per_day: tuple[int, ...]
    """Articles of each of the last days, oldest first, today last."""
    now: datetime
    """The present moment."""
    zone: tzinfo
    """The reader's time zone."""


def bars(counts: Sequence[int]) -> str:
    """A bar for each count, as high as it is beside the highest; a dot for none."""
    highest = max(counts, default=0)
    return "".join(_BARS[(count * len(_BARS) - 1) // highest] if count > 0 else "·" for count in counts)


def health_word(health: Health) -> str:
    """Health in a word or two."""
    return _(_HEALTH[health])


def feed_lines(details: FeedDetails) -> list[tuple[str, str]]:
    """What is said, as (label, text); a text without a label goes on its own. Without the chart."""
    feed = details.feed
    lines = [("", details.sentence)]
    if feed.state.failure and feed.state.failure.snippet:
        lines.append((_("received"), feed.state.failure.snippet))
    lines += [
        (_("address"), without_secrets(feed.config.url)),
        (_("moved to"), without_secrets(feed.address) if feed.address != feed.config.url else ""),
        (_("redirects"), _redirects(details)),
        (_("site"), feed.facts.site_url),
        (_("kind"), _kind(feed)),
        (_("articles"), _articles(details)),
        (_("refresh"), _asked(details)),
        (_("server"), _server(feed)),
    ]
    return [(label, text) for label, text in lines if text]


def _redirects(details: FeedDetails) -> str:
    """A permanent redirect that is being watched before it is believed."""
    state = details.feed.state
    if not state.redirect_to or not state.redirect_since:
        return ""
    since = _moment(state.redirect_since, details.now, details.zone)
    return _("to {url} since {when}; used after a week of the same").format(
        url=without_secrets(state.redirect_to), when=since
    )


def _kind(feed: Feed) -> str:
    name = feed.facts.format
    family = next((shown for start, shown in _FORMATS.items() if name.startswith(start)), "")
    digits = "".join(filter(str.isdigit, name))
    version = f" {digits[0]}.{digits[1:]}" if len(digits) > 1 else ""
    parts = [_(_KINDS[feed.config.kind]) + (f" {family}{version}" if family else "")]
    parts += [feed.config.folder, " ".join(f"#{tag}" for tag in feed.config.tags)]
    return " · ".join(filter(None, parts))


def _articles(details: FeedDetails) -> str:
    feed = details.feed
    stored = ngettext("{count} article", "{count} articles", feed.articles).format(count=number(feed.articles))
    parts = [stored, _("{count} unread").format(count=number(feed.unread))]
    if feed.newest:
        parts.append(_("newest {age}").format(age=times.ago(feed.newest, details.now, details.zone)))
    return ", ".join(parts)


def _asked(details: FeedDetails) -> str:
    state, now, zone = details.feed.state, details.now, details.zone
    parts = []
    if state.interval_minutes:
        every = ngettext("every {count} minute", "every {count} minutes", state.interval_minutes)
        parts.append(every.format(count=number(state.interval_minutes)))
    if state.last_checked:
        last = _("last {when}").format(when=_moment(state.last_checked, now, zone))
        parts.append(f"{last} ({state.http_status})" if state.http_status else last)
    if state.next_due and details.feed.config.is_enabled:
        due = _("next {when}").format(when=_moment(state.next_due, now, zone))
        parts.append(due if state.next_due > now else _("due now"))
    if state.not_before and state.not_before > now:
        parts.append(_("not before {when}").format(when=_moment(state.not_before, now, zone)))
    return " · ".join(parts)


def _server(feed: Feed) -> str:
    validators, facts = feed.state.validators, feed.facts
    parts = []
    if facts.ttl_minutes:
        parts.append(_("asks for {minutes} min between requests").format(minutes=number(facts.ttl_minutes)))
    if feed.state.fresh_until:
        parts.append("max-age")
    if validators.etag is not None:
        parts.append("ETag")
    if validators.last_modified is not None:
        parts.append("Last-Modified")
    return ", ".join(parts)


def _moment(when: datetime, now: datetime, zone: tzinfo) -> str:
    """The time of day today, with the day on others."""
    clock = times.clock(when, zone)
    same_day = times.local(when, zone).date() == times.local(now, zone).date()
    return clock if same_day else f"{times.day_inside(when, zone, now)} {clock}"
