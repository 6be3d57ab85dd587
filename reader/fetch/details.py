"""The details of failures in the language in use.

A failure is stored with its detail in English, whatever language was spoken when it happened. Here stand the forms of
those details, so that they can be told in another one.
"""

from __future__ import annotations

from reader.i18n import N_, retell

__all__ = ["told_detail"]

_FORMS = (
    N_("no network"),
    N_("{host}: no route to host"),
    N_("{host}: not a valid host name"),
    N_("{host} did not accept the connection within {seconds} s"),
    N_("{host}: not finished after {seconds} s"),
    N_("{host} resolves to {address}"),
    N_("{host} is on your own network"),
    N_("{host}: no connection"),
    N_("{host}: connection lost"),
    N_("the connection was lost before the end"),
    N_("the connection closed before the end"),
    N_("the server closed the connection without a response"),
    N_("the response is not valid HTTP"),
    N_("too many header fields"),
    N_("header fields too long"),
    N_("more than {size} MiB"),
    N_("the compressed body is cut off"),
    N_("the body is not gzip as declared"),
    N_("too many gzip members"),
    N_("they form a loop"),
    N_("more than {count}"),
    N_("{status} without an address"),
    N_("{status} to an address that is not http or https"),
    N_("not an http or https address"),
    N_("a header field or the address cannot be sent"),
    N_("a name in the feed's headers cannot be sent"),
    N_("the feed's {name} header cannot be sent"),
    N_("the proxy's address cannot be read"),
    N_("only http, https and socks5 proxies are supported"),
    N_("{program}: cannot be run"),
    N_("{program}: took longer than {seconds} s"),
    N_("{program}: ended with status {status}"),
    N_("{program}: printed nothing"),
    N_("robots.txt of {host} forbids {path}"),
    # What a page or a sitemap comes to in the parser.
    N_("a login page was sent"),
    N_('no match for "{link}" (link) inside "{item}" (item)'),
    N_('no match for a link inside "{item}" (item)'),
    N_('no match for "{selector}" ({key})'),
    N_('"{selector}" ({key}) is not a CSS selector'),
    N_("neither item nor link_pattern is set"),
    N_("a sitemap index without sitemaps"),
    N_("the parser processes do not start"),
    # OpenSSL's words for what usually is wrong with a certificate.
    N_("{host}: certificate has expired"),
    N_("{host}: self-signed certificate"),
    N_("{host}: unable to get local issuer certificate"),
    N_("{host}: Hostname mismatch, certificate is not valid for '{name}'."),
)


def told_detail(stored: str) -> str:
    """A stored detail as it is to be read; what has none of the forms is told as it is."""
    return retell(stored, _FORMS)
