"""What the system and the libraries complain of, in the language in use.

They speak English whatever the locale; a complaint that is not known here is told as it is.
"""

from __future__ import annotations

import re

from reader.i18n import N_, _, retell
from reader.text.clean import clean_line

__all__ = ["database_reason", "os_reason", "pattern_reason"]

_SYSTEM = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("File too large"),
    N_("Too many levels of symbolic links"),
    N_("Too many open files"),
    N_("Input/output error"),
    N_("Device or resource busy"),
    N_("Resource temporarily unavailable"),
    N_("Cannot allocate memory"),
    N_("Broken pipe"),
    N_("Exec format error"),
    N_("Invalid argument"),
    N_("Bad file descriptor"),
)

_DATABASE = (
    N_("unable to open database file"),
    N_("disk I/O error"),
    N_("locking protocol"),
    N_("out of memory"),
    N_("database schema has changed"),
)

_PATTERN = (
    N_("nothing to repeat"),
    N_("multiple repeat"),
    N_("min repeat greater than max repeat"),
    N_("unbalanced parenthesis"),
    N_("unterminated character set"),
    N_("bad character range {range}"),
    N_("bad character range"),
    N_("bad escape (end of pattern)"),
    N_("bad escape {escape}"),
    N_("incomplete escape {escape}"),
    N_("missing {what}, unterminated subpattern"),
    N_("missing group name"),
    N_("missing {what}"),
    N_("unknown extension {extension}"),
    N_("unknown extension"),
    N_("unknown group name {name}"),
    N_("unknown group"),
    N_("invalid group reference {reference}"),
    N_("invalid group reference"),
    N_("look-behind requires fixed-width pattern"),
    N_("unknown property"),
    N_("repeat count too big"),
)
_POSITION = re.compile(r" at position (\d+)(?: \(line \d+, column \d+\))?$")


def os_reason(error: OSError) -> str:
    """Why the system refused: ``Permission denied``, or what the error itself says; one clean line."""
    return retell(clean_line(error.strerror or str(error)), _SYSTEM)


def database_reason(error: Exception) -> str:
    """Why SQLite refused."""
    return retell(clean_line(str(error)), _DATABASE)


def pattern_reason(error: Exception) -> str:
    """Why `re` or `regex` takes a pattern for none, and from which character on."""
    message = str(error)
    place = _POSITION.search(message)
    if place is None:
        return retell(message, _PATTERN)
    reason = retell(message[: place.start()], _PATTERN)
    return _("{reason} at character {number}").format(reason=reason, number=int(place[1]) + 1)
