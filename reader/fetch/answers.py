"""What a whole answer means: a feed, nothing new, the way elsewhere, or why not. Pure."""

from __future__ import annotations

import http.client
import re
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from reader.fetch.addresses import follow
from reader.fetch.credentials import hushed
from reader.fetch.fields import content_type, first, is_challenge, merged_validators, read_validators, read_wishes
from reader.fetch.reasons import CHALLENGE
from reader.fetch.stopping import FetchStoppedError
from reader.model.fetching import Fetched, NotModified
from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.fetch.addresses import Address
    from reader.fetch.exchange import Reply
    from reader.model.feeds import FailureKind, Validators

__all__ = ["REDIRECTS", "first_line", "judged", "next_hop"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that lead elsewhere; the others of their class are answers."""

_GOOD = {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION}
_MAX_SNIPPET = 200
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_KINDS: dict[int, FailureKind] = {
    401: "unauthorized", 403: "blocked", 404: "not_found", 407: "proxy", 410: "gone", 429: "rate_limited",
}  # fmt: skip


def judged(
    reply: Reply, start: Address, end: Address, sent: Validators, now: datetime, secrets: Sequence[str]
) -> Fetched | NotModified:
    """What a final answer is worth.

    Args:
        reply: The answer.
        start: The address asked first.
        end: The address that answered.
        sent: The validators that went along.
        now: When the answer ended.
        secrets: What must not be told if the server repeats it.

    Raises:
        FetchStoppedError: It is neither a good answer nor a 304 to validators.

    """
    status, fields = reply.status, reply.fields
    wishes = read_wishes(fields, status, now)
    if status in _GOOD:
        validators = read_validators(fields)
        return Fetched(start.url, end.url, reply.body, content_type(fields), validators, wishes, at=now, status=status)
    if status == HTTPStatus.NOT_MODIFIED and sent:
        return NotModified(start.url, merged_validators(sent, fields), wishes, at=now)
    is_blocked = status in {403, 429, 503} and is_challenge(fields, reply.body)
    kind: FailureKind = "blocked" if is_blocked else _KINDS.get(status, "http_status")
    detail = f"{CHALLENGE} ({status})" if is_blocked else f"{status} {http.client.responses.get(status, '')}".strip()
    snippet = first_line(reply.body, secrets)
    raise FetchStoppedError(kind, detail, status=status, snippet=snippet, wishes=wishes)


def next_hop(here: Address, reply: Reply) -> Address:
    """Where a redirect leads. Raises: FetchStoppedError if that is nowhere Warta goes."""
    location = first(reply.fields, b"location")
    if not location:
        raise FetchStoppedError("bad_redirect", f"{reply.status} without an address", status=reply.status)
    there = follow(here, location)
    if there is None:
        detail = f"{reply.status} to an address that is not http or https"
        raise FetchStoppedError("bad_redirect", detail, status=reply.status)
    return there


def first_line(body: bytes, secrets: Sequence[str] = ()) -> str:
    """The first line of a body that is not blank, cleaned; of a web page its title, where it has one."""
    text = hushed(body[:65_536].decode("utf-8", "replace"), secrets)
    if text.lstrip("\ufeff \t\r\n")[:200].lower().startswith(("<!doctype html", "<html")):
        title = _TITLE.search(text)
        if title and (shown := clean_line(title[1], _MAX_SNIPPET)):
            return shown
    lines = (clean_line(line[:2_000], _MAX_SNIPPET) for line in text.splitlines())
    return next((line for line in lines if line), "")
