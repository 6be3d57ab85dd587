"""newsboat's ``cache.db``, read as a stranger's file: never written, never trusted.

It is opened without locks, so that newsboat may run meanwhile; only a plain table is asked; views, triggers and
functions in the file are never run; values may be of any type and size, and what is damaged ends the reading.

Source: newsboat's ``rss_item`` table, the same for years but for columns that are not read here.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from reader.errors import ConfigError
from reader.i18n import _
from reader.model.exchanging import ForeignItem
from reader.text.told import database_reason, os_reason

__all__ = ["MAGIC", "feed_urls", "read_items"]

MAGIC = b"SQLite format 3\0"
"""How every SQLite file begins."""

_LARGEST_VALUE = 16 * 1024 * 1024
_MOST_FEEDS = 50_000
_LONGEST_NAME = 8_192
_LONGEST_CONTENT = 1_000_000
_STEPS_BETWEEN_LOOKS = 1_000_000
_MOST_LOOKS = 2_000
"""Work a statement may do: 2,000,000,000 steps are far more than a healthy cache of gigabytes takes."""
_COLUMNS = (
    "guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread", "enclosure_url", "enclosure_type",
    "flags", "deleted",
)  # fmt: skip
_NEEDED = frozenset({"guid", "title", "url", "feedurl", "content", "unread"})


def feed_urls(path: Path) -> tuple[str, ...]:
    """Addresses of the feeds that have items.

    Raises:
        ConfigError: it is no cache of newsboat's, or cannot be read.

    """
    rows = _rows(path, f"SELECT DISTINCT feedurl FROM rss_item LIMIT {_MOST_FEEDS}")  # noqa: S608 - our own number
    return tuple(filter(None, (_text(url, _LONGEST_NAME) for (url,) in rows)))


def read_items(path: Path) -> Generator[ForeignItem, None, None]:
    """The items in the order in which newsboat stored them, those deleted there left out.

    Raises:
        ConfigError: it is no cache of newsboat's, or cannot be read to its end.

    """
    columns = {str(name) for _number, name, *_rest in _rows(path, "PRAGMA table_info(rss_item)")}
    if not columns >= _NEEDED:
        raise ConfigError(_("is a database, but not newsboat's cache"), path=str(path))
    names = ", ".join(name if name in columns else "NULL" for name in _COLUMNS)
    for row in _rows(path, f"SELECT {names} FROM rss_item ORDER BY rowid"):  # noqa: S608 - our own names
        values = dict(zip(_COLUMNS, row, strict=True))
        if values["deleted"] not in {1, "1"}:
            yield _item(values)


def _rows(path: Path, statement: str) -> Iterator[tuple[object, ...]]:
    try:
        if _is_cut_off(path):
            raise ConfigError(_("is damaged: its end is missing; nothing was taken"), path=str(path))
        with closing(_opened(path)) as connection:
            kind = connection.execute("SELECT type, sql FROM sqlite_master WHERE name = 'rss_item'").fetchone()
            if kind is None or kind[0] != "table" or str(kind[1]).upper().startswith("CREATE VIRTUAL"):
                raise ConfigError(_("is a database, but not newsboat's cache"), path=str(path))
            yield from connection.execute(statement)
    except OSError as error:
        raise ConfigError(_("cannot be read: {reason}").format(reason=os_reason(error)), path=str(path)) from error
    except sqlite3.Error as error:
        message = _("cannot be read: {reason}").format(reason=database_reason(error))
        raise ConfigError(message, path=str(path)) from error


def _is_cut_off(path: Path) -> bool:
    """Whether the file is shorter than it says. SQLite itself takes the rest of a last page for zeros.

    Source: the SQLite file format, §1.3.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100:
        return bool(head)  # an empty file is an empty database
    size = path.stat().st_size
    page_bytes = int.from_bytes(head[16:18], "big")
    page_bytes = 65_536 if page_bytes == 1 else max(page_bytes, 1)
    # The number of pages counts only if whoever wrote last knew of it.
    pages = int.from_bytes(head[28:32], "big") if head[24:28] == head[92:96] else 0
    return bool(size % page_bytes) or size < pages * page_bytes


def _opened(path: Path) -> sqlite3.Connection:
    # Immutable: no lock is taken, no journal is looked for, nothing is written beside it.
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)
    looks = 0

    def is_endless() -> bool:
        nonlocal looks
        looks += 1
        return looks > _MOST_LOOKS

    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
    connection.set_progress_handler(is_endless, _STEPS_BETWEEN_LOOKS)
    return connection


def _item(values: dict[str, object]) -> ForeignItem:
    url, guid = _text(values["url"], _LONGEST_NAME), _text(values["guid"], _LONGEST_NAME)
    return ForeignItem(
        _text(values["feedurl"], _LONGEST_NAME),
        "" if _is_made_up(guid, url) else guid,
        url,
        _text(values["title"], _LONGEST_NAME),
        _text(values["author"], _LONGEST_NAME),
        _moment(values["pubDate"]),
        _text(values["content"], _LONGEST_CONTENT),
        _text(values["enclosure_url"], _LONGEST_NAME),
        _text(values["enclosure_type"], 100),
        is_read=values["unread"] in {0, "0"},
        flags="".join(sorted(set(re.findall("[A-Za-z]", _text(values["flags"], 100))))),
    )


def _is_made_up(guid: str, url: str) -> bool:
    """For an item without a guid newsboat makes one of its address and date."""
    from reader.text.dates import parse_date

    return bool(url) and guid.startswith(url) and parse_date(guid[len(url) :][:100]) is not None


def _text(value: object, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None
    except (OverflowError, ValueError, OSError):
        return None
