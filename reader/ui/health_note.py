"""Says in a word or two, beside a feed's name, why it brings nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from reader.i18n import N_, _
from reader.text.times import age

if TYPE_CHECKING:
    from reader.model import Failure, FailureKind, Feed, Health

__all__ = ["HealthNote", "health_note"]

_WORDS: dict[FailureKind, str] = {
    "offline": N_("offline"),
    "dns": N_("no such host"),
    "refused": N_("refused"),
    "tls": N_("certificate"),
    "timeout": N_("timed out"),
    "connection": N_("disconnected"),
    "proxy": N_("proxy"),
    "bad_url": N_("bad address"),
    "forbidden_address": N_("bad address"),
    "too_many_redirects": N_("redirects"),
    "bad_redirect": N_("redirects"),
    "blocked": N_("blocked"),
    "rate_limited": N_("rate limited"),
    "gone": N_("gone"),
    "not_found": N_("not found"),
    "unauthorized": N_("needs login"),
    "too_large": N_("too large"),
    "bad_encoding": N_("unreadable"),
    "truncated": N_("cut off"),
    "robots": N_("not allowed"),
    "empty_body": N_("empty"),
    "not_a_feed": N_("not a feed"),
    "html_page": N_("a web page"),
    "parse_error": N_("unreadable"),
    "nothing_found": N_("no match"),
    "parse_deadline": N_("too slow"),
    "parse_crash": N_("unreadable"),
    "storage": N_("disk"),
    "command": N_("command"),
}


class HealthNote(NamedTuple):
    """A remark on a feed."""

    text: str
    """At most three words; empty for a feed that is well."""
    is_trouble: bool = False
    """Something is wrong, as against merely worth knowing."""


def health_note(feed: Feed, health: Health, now: datetime) -> HealthNote:
    """Why a feed brings nothing."""
    state = feed.state
    match health:
        case "new" | "ok":
            return HealthNote("")
        case "disabled":
            return HealthNote(_("off"))
        case "gone":
            return HealthNote(_("gone"), is_trouble=True)
        case "stale":
            return HealthNote(_since(age(feed.newest, now)) if feed.newest else _("quiet"))
        case "empty":
            return HealthNote(_("empty"))
        case "blocked":
            return HealthNote(_("blocked"), is_trouble=True)
        case "not_a_feed":
            return HealthNote(_("feed found") if state.found_url else _("not a feed"), is_trouble=True)
        case "failing":
            return HealthNote(_failing(state.failure, state.http_status), is_trouble=True)


def _since(told: str) -> str:
    """A date of another year without its day: beside a name there are few cells."""
    day, _space, rest = told.partition(" ")
    return rest if day.isdecimal() and rest[-4:].isdecimal() else told


def _failing(failure: Failure | None, status: int | None) -> str:
    if failure is None:
        return _("failing")
    if failure.kind == "http_status" and status:
        return _("error {status}").format(status=status)
    return _(_WORDS[failure.kind]) if failure.kind in _WORDS else _("failing")
