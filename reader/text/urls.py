"""Addresses: checked, compared and shown.

Whatever comes in, nothing here raises; an address that is none becomes the empty string. What comes out of `web_url`
is printable ASCII, so it may stand in a terminal's link sequence and in an argument list.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from reader.light import late_pattern
from reader.text.sites import PIXEL_HOSTS, SITE_RULES, TRACKER_NAMES, TRACKER_PAIRS, TRACKER_PREFIXES

__all__ = [
    "MAX_URL",
    "canonical",
    "credentials",
    "display_host",
    "host",
    "is_tracker_pixel",
    "mail_url",
    "resolve",
    "site_key",
    "web_url",
    "with_dotted_secrets",
    "without_credentials",
    "without_secrets",
]

MAX_URL = 8_192
"""Longest address taken, in characters."""

_WEB = late_pattern(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
# Else the standard library looks for an IPv6 address there.
_IN_USERINFO = str.maketrans({"@": "%40", "[": "%5B", "]": "%5D"})
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_IS_SAFE = late_pattern(r"[\w!#$%&'()*+,/:;=?@\[\]~.-]*", re.ASCII)
_CONTROL = late_pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LABEL = late_pattern(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_DOTS = late_pattern("[\u3002\uff0e\uff61]")
_ESCAPE = late_pattern("%(?:[0-9a-fA-F]{2})?")
_MAIL = late_pattern(r"[^\s@<>\"'?:/\\]{1,64}@[^\s@<>\"'?:/\\]{1,253}")
_USERINFO = late_pattern(r"^(\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]{2})[^/\\?#]*@", re.IGNORECASE)
_SECRET = late_pattern(
    r"([?&;#](?:[\w.-]*(?:token|secret|passw(?:or)?d|api[_-]?key|signature)|key|auth|sig|pwd|pass)=)[^&;#\s]+",
    re.IGNORECASE,
)


class _Parts(NamedTuple):
    """An address that passed every check, in its pieces."""

    scheme: str
    userinfo: str
    host: str
    port: str
    path: str
    query: str
    fragment: str


def web_url(text: str) -> str:
    """The address in ASCII if it is a clean absolute http(s) one, else empty.

    Spaces around it go; those inside, and letters beyond ASCII, are percent-encoded; a host name becomes punycode in
    lower case. Control characters inside, an impossible host or port, or more than `MAX_URL` characters make it none.
    """
    parts = _split(text)
    return "" if parts is None else _join(parts)


def mail_url(text: str) -> str:
    """``mailto:`` with one plain address, if that is what the text is, else empty; subjects and bodies are dropped."""
    text = text.strip()
    if text[:7].lower() != "mailto:" or len(text) > MAX_URL:
        return ""
    address = unquote(text[7:].partition("?")[0]).strip()
    if not _MAIL.fullmatch(address) or not address.isascii() or not address.isprintable() or address.startswith("-"):
        return ""
    return "mailto:" + address


def resolve(base: str, href: str) -> str:
    """The absolute http(s) address a link on a page means, else empty; ``base`` may be empty."""
    href = href.strip()
    if not href or len(href) > MAX_URL or _has_control(href):
        return ""
    if _WEB.match(href):
        return web_url(href)
    try:
        return web_url(urljoin(web_url(base), href))
    except ValueError:
        return ""


def canonical(url: str) -> str:
    """The form in which addresses of one article are equal; empty for what is no web address. For comparing only.

    Always https; without credentials, ``www.``, default port, fragment (unless it is a ``#!`` route), trackers,
    ``page=all``, ``/amp``, ``/index.php`` and the trailing slash; what is left of the query sorted by name.
    """
    parts = _split(url)
    if parts is None:
        return ""
    is_default_port = parts.port in {"", "80" if parts.scheme == "http" else "443"}
    return _join(
        _Parts(
            scheme="https",
            userinfo="",
            host=_without_www(parts.host),
            port="" if is_default_port else parts.port,
            path="/" + "/".join(_canonical_segments(parts.path)),
            query=_canonical_query(parts.query),
            fragment=_plain_escapes(parts.fragment) if parts.fragment.startswith("#!") else "",
        )
    )


def site_key(url: str) -> str:
    """Site and number of an article, like ``rri.co.id#700038``, where a rule for the site is known; else empty."""
    parts = _split(url)
    if parts is None:
        return ""
    name = parts.host.removeprefix("www.")
    path = "/" + "/".join(_canonical_segments(parts.path))
    for rule in SITE_RULES:
        if (name == rule.site or name.endswith("." + rule.site)) and (found := rule.pattern.search(path)):
            place = name if rule.is_per_host else rule.site
            return place + "#" + found["id"].lower()
    return ""


def host(url: str) -> str:
    """The host in lower case and punycode, without port; empty for what is no web address."""
    parts = _split(url)
    return "" if parts is None else parts.host


def display_host(url: str) -> str:
    """The host as a person should see it before following a link.

    Names in one script are shown in it; one that mixes scripts, or whose letters could pass for Latin ones, stays in
    punycode.
    """
    return ".".join(_shown_label(label) for label in host(url).split("."))


def without_credentials(url: str) -> str:
    """The same text without ``user:password@``, whether or not it is a proper address."""
    return _USERINFO.sub(r"\1", url) if "@" in url else url


def credentials(url: str) -> str:
    """``user:password`` as an address carries it, decoded; empty if it carries none, or is no web address."""
    parts = _split(url)
    if parts is None or not parts.userinfo.strip(":"):
        return ""
    login = unquote(parts.userinfo)
    return login if ":" in login else login + ":"


def without_secrets(url: str) -> str:
    """For logs and error texts: no ``user:password@``, and … for the values of token-like parameters."""
    return _SECRET.sub(r"\1…", without_credentials(url))


def with_dotted_secrets(url: str) -> str:
    """The same text, of the same length, with a dot for each character of a login or of a token-like value."""
    dotted = _USERINFO.sub(lambda found: _dotted(found, len(found[1]), len(found[0]) - 1), url)
    return _SECRET.sub(lambda found: _dotted(found, len(found[1]), len(found[0])), dotted)


def _dotted(found: re.Match[str], start: int, end: int) -> str:
    return found[0][:start] + "•" * (end - start) + found[0][end:]


def is_tracker_pixel(url: str) -> bool:
    """Whether an image's address is one that only counts readers."""
    name = host(url)
    return any(name == known or name.endswith("." + known) for known in PIXEL_HOSTS)


@lru_cache(maxsize=512)  # each address of an entry is looked at for its host, its key, and as a link
def _split(text: str) -> _Parts | None:
    text = text.strip()
    if len(text) > MAX_URL or _has_control(text):
        return None
    found = _WEB.fullmatch(text)
    if found is None:
        return None
    scheme, authority, path, query, fragment = (piece or "" for piece in found.groups())
    # Browsers take a backslash before the query for a slash; who does not is lied to about the host.
    if "\\" in authority or "\\" in path:
        authority, slash, rest = authority.replace("\\", "/").partition("/")
        path = slash + rest + path.replace("\\", "/")
    userinfo, _, place = authority.rpartition("@")
    name, port = _host_port(place)
    if not name:
        return None
    return _Parts(
        scheme.lower(), _encoded(userinfo).translate(_IN_USERINFO), name, port,
        _encoded(path), _encoded(query), _encoded(fragment),
    )  # fmt: skip


def _has_control(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and _CONTROL.search(text) is not None


def _join(parts: _Parts) -> str:
    userinfo = parts.userinfo and parts.userinfo + "@"
    port = parts.port and ":" + parts.port
    url = f"{parts.scheme}://{userinfo}{parts.host}{port}{parts.path}{parts.query}{parts.fragment}"
    return url if len(url) <= MAX_URL else ""


def _encoded(text: str) -> str:
    return text if _IS_SAFE.fullmatch(text) else quote(text, safe=_SAFE)


def _host_port(place: str) -> tuple[str, str]:
    """Host and port of an authority; two empty strings if either is impossible."""
    if place.startswith("["):
        literal, bracket, port = place[1:].partition("]")
        try:
            name = f"[{IPv6Address(literal).compressed}]" if bracket and "%" not in literal else ""
        except ValueError:
            name = ""
        if port and not port.startswith(":"):
            name = ""
        port = port[1:]
    else:
        name, _, port = place.partition(":")
        name = _ascii_host(name)
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65_535):
        return "", ""
    return name, str(int(port)) if port else ""


@lru_cache(maxsize=1_024)  # a feed names the same few hosts over and over
def _ascii_host(name: str) -> str:
    """A host name in lower case and punycode, or empty. IDNA as browsers do it: mapped by NFKC, ß and ς kept."""
    if not name.isascii():
        name = _DOTS.sub(".", unicodedata.normalize("NFKC", name))
    labels = [_ascii_label(label.lower()) for label in name.removesuffix(".").split(".")]
    joined = ".".join(labels)
    return joined if all(labels) and len(joined) <= 253 else ""


def _ascii_label(label: str) -> str:
    if not label.isascii():
        label = unicodedata.normalize("NFKC", label)
        if any(not ch.isascii() and unicodedata.category(ch)[0] not in "LMN" for ch in label):
            return ""
        if not label.isascii():
            label = "xn--" + label.encode("punycode").decode("ascii")
    return label if len(label) <= 63 and _LABEL.fullmatch(label) else ""


def _plain_escapes(text: str) -> str:
    """Percent-encoding in one form: letters, digits and ``-._~`` bare, the rest with capital hex (RFC 3986 §6.2.2)."""

    def plain(found: re.Match[str]) -> str:
        if found[0] == "%":
            return "%25"
        character = chr(int(found[0][1:], 16))
        is_bare = character.isascii() and (character.isalnum() or character in "-._~")
        return character if is_bare else found[0].upper()

    return _ESCAPE.sub(plain, text) if "%" in text else text


def _without_www(name: str) -> str:
    """However often it is written; but of ``www.example`` nothing would be left that is a site's."""
    while name.startswith("www.") and name.count(".") > 1:
        name = name.removeprefix("www.")
    return name


def _canonical_segments(path: str) -> list[str]:
    segments: list[str] = []
    for segment in _plain_escapes(path).split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment and segment not in {".", "index.php"}:
            segments.append(segment)
    while segments and segments[0] == "amp":
        del segments[0]
    while segments and segments[-1] == "amp":
        del segments[-1]
    return segments


def _canonical_query(query: str) -> str:
    pairs = [_plain_escapes(pair) for pair in query.removeprefix("?").split("&") if pair]
    kept = sorted((pair for pair in pairs if not _is_tracker(pair)), key=lambda pair: pair.partition("=")[0])
    return "?" + "&".join(kept) if kept else ""


def _is_tracker(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return name in TRACKER_NAMES or name.startswith(TRACKER_PREFIXES) or (name, value) in TRACKER_PAIRS


# Letters that can be taken for Latin ones: a name all in these, under a Latin top domain, is shown in punycode.
_LOOKALIKES = frozenset("аԁеһіјӏорԛѕԝхусҽгѵѡ" + "αεικνορτυω" + "օսոհցզյ" + "ıɑɡ")
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "LATIN", "KATAKANA-HIRAGANA"})


def _shown_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except ValueError:
        return label
    if _ascii_label(decoded) != label or unicodedata.normalize("NFC", decoded) != decoded:
        return label
    if any(unicodedata.category(ch)[0] not in "LM" for ch in decoded if not ch.isascii()):
        return label
    scripts = {unicodedata.name(ch, "?").split()[0] for ch in decoded if ch.isalpha()}
    is_one_script = len(scripts) == 1 or scripts <= _EAST_ASIAN
    could_pass = all(ch in _LOOKALIKES or ch.isascii() for ch in decoded)
    return decoded if is_one_script and not could_pass else label
