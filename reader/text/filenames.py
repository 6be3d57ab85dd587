"""Names for files, made of titles and of what servers call things: safe on every system, whatever they hold. Pure."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from reader.text.clean import clean_line

__all__ = ["MAX_BYTES", "download_name", "file_name", "numbered"]

MAX_BYTES = 180
"""Longest name in UTF-8: room is left for a number and for ``.part`` in the 255 bytes a file system takes."""

_MAX_SUFFIX = 12
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\u2044\u2215\u29f8\uff0f\uff3c]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,8}$")
_EXTENDED = re.compile(r"""filename\*\s*=\s*"?([\w-]*)'[^']*'([^;"\s]+)""", re.IGNORECASE)
_PLAIN = re.compile(r"""filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))""", re.IGNORECASE)
_SUFFIXES = {
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
}
"""Where the system's table has several, or none."""


def file_name(title: str, suffix: str = "", *, otherwise: str = "file") -> str:
    """A title as a file's name.

    Args:
        title: Whatever something is called.
        suffix: Put behind it as it is, with its dot.
        otherwise: The name if nothing of the title is left.

    Returns:
        One part of a path, neither hidden nor an option nor a device of Windows, of at most `MAX_BYTES` bytes.

    """
    stem = _tidy(_UNSAFE.sub(" ", clean_line(title)))
    stem = _clipped(stem, MAX_BYTES - len(suffix.encode()))
    if not stem or _RESERVED.match(f"{stem}{suffix}"):
        stem = _clipped(f"{otherwise} {stem}".strip(), MAX_BYTES - len(suffix.encode()))
    return stem + suffix


def download_name(url: str, *, disposition: str = "", content_type: str = "", otherwise: str = "file") -> str:
    """A name for what a server sends.

    Args:
        url: The address that answered.
        disposition: Its Content-Disposition field; what it names wins.
        content_type: Its Content-Type, for the suffix where the name has none.
        otherwise: The name if neither tells one.

    Source: RFC 6266 §4.3 (``filename*`` wins, folders are dropped).

    """
    named = _disposed(disposition) or _last_part(url)
    found = _SUFFIX.search(named)
    suffix = found[0].lower() if found else ""
    stem = named.removesuffix(found[0]) if found else named
    if not suffix:
        kind = content_type.partition(";")[0].strip().lower()
        suffix = _SUFFIXES.get(kind) or mimetypes.guess_extension(kind) or ""
    return file_name(stem, suffix[:_MAX_SUFFIX], otherwise=otherwise)


def numbered(name: str) -> Iterator[str]:
    """The name, then the same with numbers: ``a.md``, ``a (2).md`` … ``a (999).md``."""
    yield name
    found = _SUFFIX.search(name)
    suffix = found[0] if found else ""
    stem = name.removesuffix(suffix)
    yield from (f"{stem} ({count}){suffix}" for count in range(2, 1_000))


def _disposed(disposition: str) -> str:
    """The file name of a Content-Disposition field, without folders; empty: none."""
    if found := _EXTENDED.search(disposition):
        # The two that RFC 8187 §3.2 knows; Python has others that raise, or make something else of the bytes.
        charset = "iso-8859-1" if found[1].lower() == "iso-8859-1" else "utf-8"
        name = unquote(found[2], encoding=charset, errors="replace")
    elif found := _PLAIN.search(disposition):
        name = re.sub(r"\\(.)", r"\1", found[1]) if found[1] is not None else found[2]
    else:
        return ""
    return re.split(r"[/\\]", name.strip())[-1]


def _last_part(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return re.split(r"[/\\]", unquote(path).rstrip("/"))[-1]


def _tidy(text: str) -> str:
    """Without what would hide a file, make it an option, or be cut off by Windows."""
    return " ".join(text.split()).strip(" .").lstrip("-~ .")


def _clipped(text: str, limit: int) -> str:
    """At most so many bytes of UTF-8, whole characters."""
    return text.encode()[:limit].decode("utf-8", "ignore").rstrip(" .") if len(text.encode()) > limit else text
