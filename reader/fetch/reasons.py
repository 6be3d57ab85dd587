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
        return _("The site only admits browsers (Cloudflare challenge); a feed reader cannot get in. Try another feed.")
    if failure.kind == "http_status" and (http_status or _status_in(failure.detail)) >= 500:
        return _("The server has a problem ({detail}). Warta will retry later.").format(detail=detail)
    sentence = _sentences()[failure.kind]
    return sentence.format(detail=detail) if detail else sentence.replace(": {detail}", "")


def _status_in(detail: str) -> int:
    """The status a detail such as ``503 Service Unavailable`` begins with; 0: none."""
    number = detail.partition(" ")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) == 3 else 0


def _sentences() -> dict[FailureKind, str]:
    """Every kind's sentence, looked up anew each time: the language can change while running."""
    return {
        "offline": _("No network. Warta will retry as soon as it is back."),
        "dns": _("Host not found: {detail}. Check the address, or whether the site has moved."),
        "refused": _("The server refused the connection: {detail}. It may be down; Warta will retry later."),
        "tls": _("The connection cannot be trusted: {detail}. The site may need to renew its certificate."),
        "timeout": _("Timed out: {detail}. Warta will retry later."),
        "connection": _("The connection failed: {detail}. Warta will retry later."),
        "proxy": _("The proxy failed: {detail}. Check the proxy in feeds.toml or the environment."),
        "bad_url": _("This cannot be fetched: {detail}. Fix the feed's entry in feeds.toml."),
        "forbidden_address": _("Blocked: {detail}. A public feed may not lead into a private network."),
        "too_many_redirects": _("Too many redirects: {detail}. Check the address."),
        "bad_redirect": _("Bad redirect: {detail}. Check the address."),
        "http_status": _("The server refused the request: {detail}. Check whether the feed still exists."),
        "blocked": _("The site blocks Warta: {detail}. Another address or user_agent may work."),
        "rate_limited": _("The server asks for fewer requests: {detail}. Warta will wait."),
        "gone": _("The feed is gone for good: {detail}. Its articles are kept; you can remove the feed."),
        "not_found": _("Nothing found at this address: {detail}. The feed may have moved."),
        "unauthorized": _("The server requires a login: {detail}. Check auth in the feed's entry."),
        "too_large": _("The response is too large: {detail}."),
        "bad_encoding": _("The response's encoding cannot be read: {detail}."),
        "truncated": _("The response was cut off: {detail}. Warta will retry later."),
        "robots": _("The site does not allow this page to be fetched: {detail}."),
        "empty_body": _("The server sent an empty response. Warta will retry later."),
        "not_a_feed": _("This address is not a feed: {detail}. Check the address."),
        "html_page": _("The server sent a web page instead of a feed. Look for the feed's address there."),
        "parse_error": _("The feed is broken and could not be read: {detail}."),
        "parse_deadline": _("The feed took too long to parse and was stopped."),
        "parse_crash": _("The feed crashed the parser; nothing from it was stored."),
        "nothing_found": _("No articles found there: {detail}. The site may have changed; fix the entry."),
        "storage": _("The articles could not be stored: {detail}."),
        "command": _("The login command failed: {detail}. Check auth_command in the feed's entry."),
    }
