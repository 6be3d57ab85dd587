"""Every error Warta raises on purpose.

    ReaderError
    ├── ConfigError        feeds.toml or an argument cannot be used
    ├── FetchError         an address cannot be asked at all
    ├── ParseError         a document cannot be turned into articles
    ├── StorageError       the database cannot be used
    │   ├── StorageFullError      no room left on the disk
    │   ├── StorageReadOnlyError  the folder or the file may not be written
    │   └── StorageTooNewError    written by a newer Warta
    ├── QueryError         a query a command was given means nothing
    └── NotFoundError      no such article or feed

An expected failure of one feed is a value (`FetchFailed`, `ParseFailed`), not one of these.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Anything that went wrong in a way a person can act on; ``str()`` is the sentence to show."""


class ConfigError(ReaderError):
    """feeds.toml, or an argument, cannot be used."""

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.path = path
        """The file it is about, or empty."""
        self.line = line
        """Line in that file, from 1; 0 if unknown."""
        self.column = column
        """Column in that line, from 1; 0 if unknown."""


class FetchError(ReaderError):
    """An address cannot be asked at all."""

    def __init__(self, message: str, *, url: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.url = url
        """The address, without credentials."""
        self.status = status
        """HTTP status, if an answer came."""


class ParseError(ReaderError):
    """A document cannot be turned into articles."""


class StorageError(ReaderError):
    """The database cannot be used."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message)
        self.path = path
        """The database file."""


class StorageFullError(StorageError):
    """No room is left on the disk; nothing of the transaction was stored."""


class StorageReadOnlyError(StorageError):
    """The folder or the file may not be written."""


class StorageTooNewError(StorageError):
    """The file was written by a newer Warta; it was not touched."""


class QueryError(ReaderError):
    """A query given to a command means nothing."""

    def __init__(self, message: str, *, column: int = 0) -> None:
        super().__init__(message)
        self.column = column
        """Column of the first problem, from 1; 0 if unknown."""


class NotFoundError(ReaderError):
    """There is no such article or feed."""
