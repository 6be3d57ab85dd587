"""Why a feed could not be refreshed, in one sentence a person can act on. Pure.

The sentence is in the language in use, its detail where it has one of our forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.fetch.details import told_detail
from reader.i18n import _
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.model.feeds import Failure, FailureKind

__all__ = ["CHALLENGE", "reason"]

CHALLENGE = "Cloudflare challenge"
"""How the detail of a failure begins that is one."""


def reason(failure: Failure, http_status: int | None) -> str:
    """The sentence for a failure; ``http_status`` is that of its answer, if one came."""
    detail = told_detail(clean_line(failure.detail)).rstrip(".")
    if failure.kind == "blocked" and failure.detail.startswith(CHALLENGE):
        return _("The site lets only browsers in (a Cloudflare challenge); no feed reader can pass. Try another feed.")
    if failure.kind == "http_status" and (http_status or _status_in(failure.detail)) >= 500:
        return _("The server is in trouble ({detail}). Warta tries again later.").format(detail=detail)
    sentence = _sentences()[failure.kind]
    return sentence.format(detail=detail) if detail else sentence.replace(": {detail}", "")


def _status_in(detail: str) -> int:
    """The status a detail such as ``503 Service Unavailable`` begins with; 0: none."""
    number = detail.partition(" ")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) == 3 else 0


def _sentences() -> dict[FailureKind, str]:
    """Every kind's sentence, looked up anew each time: the language can change while running."""
    return {
        "offline": _("There is no network. Warta tries again as soon as there is one."),
        "dns": _("There is no such host: {detail}. Check the address, or whether the site has moved."),
        "refused": _("The server takes no connections: {detail}. It may be down; Warta tries again later."),
        "tls": _("The connection cannot be trusted: {detail}. The site's certificate may have to be renewed."),
        "timeout": _("It took too long: {detail}. Warta tries again later."),
        "connection": _("The connection failed: {detail}. Warta tries again later."),
        "proxy": _("The proxy failed: {detail}. Check the proxy in feeds.toml or in the environment."),
        "bad_url": _("This cannot be asked: {detail}. Mend the feed's entry in feeds.toml."),
        "forbidden_address": _("Not followed: {detail}. A public feed may not lead into a private network."),
        "too_many_redirects": _("Redirects without an end: {detail}. Check the address."),
        "bad_redirect": _("The redirect leads nowhere: {detail}. Check the address."),
        "http_status": _("The server says no: {detail}. Check whether the feed still exists."),
        "blocked": _("The site turns Warta away: {detail}. Perhaps another address or user_agent is let in."),
        "rate_limited": _("The server wants to be asked less often: {detail}. Warta waits."),
        "gone": _("The feed is gone for good: {detail}. Its articles stay; you may remove the feed."),
        "not_found": _("There is nothing at this address: {detail}. The feed may have moved."),
        "unauthorized": _("The server wants a login: {detail}. Check auth in the feed's entry."),
        "too_large": _("The answer is too large: {detail}."),
        "bad_encoding": _("The answer's encoding cannot be read: {detail}."),
        "truncated": _("The answer broke off: {detail}. Warta tries again later."),
        "robots": _("The site does not want this page to be fetched: {detail}."),
        "empty_body": _("The server sent an empty answer. Warta tries again later."),
        "not_a_feed": _("What stands at this address is no feed: {detail}. Check the address."),
        "html_page": _("A web page came instead of a feed. Look on it for the feed's address."),
        "parse_error": _("The feed is broken and could not be read: {detail}."),
        "parse_deadline": _("The feed takes too long to read; reading it was stopped."),
        "parse_crash": _("The feed made its reading crash; nothing was stored of it."),
        "nothing_found": _("No article was found there: {detail}. Perhaps the site has changed; mend the entry."),
        "storage": _("The articles could not be stored: {detail}."),
        "command": _("The command for the login failed: {detail}. Check auth_command in the feed's entry."),
    }
