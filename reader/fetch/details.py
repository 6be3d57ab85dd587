"""The details of failures in the language in use.

A failure is stored with its detail in English, whatever language was spoken when it happened. Here stand the forms of
those details, so that they can be told in another one.
"""

from __future__ import annotations

from reader.i18n import N_, retell

__all__ = ["told_detail"]

_FORMS = (
    N_("no network"),
    N_("{host}: no route there from here"),
    N_("{host}: no name a name server could know"),
    N_("{host} did not take the connection within {seconds} s"),
    N_("{host}: not done after {seconds} s"),
    N_("{host} leads to {address}"),
    N_("{host} is on your own network"),
    N_("{host}: no connection"),
    N_("{host}: the connection broke"),
    N_("the connection broke before the end"),
    N_("the connection closed before the end"),
    N_("the server closed the connection without an answer"),
    N_("the answer breaks the rules of HTTP"),
    N_("more header fields than any feed needs"),
    N_("longer header fields than any feed needs"),
    N_("more than {size} MiB"),
    N_("the compressed body breaks off"),
    N_("the body is not the gzip it says it is"),
    N_("too many gzip members"),
    N_("they go in a circle"),
    N_("more than {count}"),
    N_("{status} without an address"),
    N_("{status} to something that is no http or https address"),
    N_("not an http or https address"),
    N_("a header field or the address cannot be sent"),
    N_("a name in the feed's headers cannot be sent"),
    N_("the feed's {name} header cannot be sent"),
    N_("the proxy's address cannot be read"),
    N_("only http, https and socks5 proxies are known"),
    N_("{program}: cannot be run"),
    N_("{program}: took longer than {seconds} s"),
    N_("{program}: ended with status {status}"),
    N_("{program}: printed nothing"),
    N_("robots.txt of {host} forbids {path}"),
    # What a page or a sitemap comes to in the parser.
    N_("a login page came"),
    N_('no match for "{link}" (link) inside "{item}" (item)'),
    N_('no match for a link inside "{item}" (item)'),
    N_('no match for "{selector}" ({key})'),
    N_('"{selector}" ({key}) is no CSS selector'),
    N_("neither item nor link_pattern is set"),
    N_("a sitemap index that names no sitemap"),
    N_("the parser's processes do not start"),
    # OpenSSL's words for what usually is wrong with a certificate.
    N_("{host}: certificate has expired"),
    N_("{host}: self-signed certificate"),
    N_("{host}: unable to get local issuer certificate"),
    N_("{host}: Hostname mismatch, certificate is not valid for '{name}'."),
)


def told_detail(stored: str) -> str:
    """A stored detail as it is to be read; what has none of the forms is told as it is."""
    return retell(stored, _FORMS)
