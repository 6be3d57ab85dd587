"""What a worker process runs. Light to import: the main process names these functions, workers run them."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import warnings
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model import PageJob, PageText, ParseFailed, ParseJob, ParseOutcome
    from reader.model.discovering import PageLeads
    from reader.model.exchanging import ForeignEntries, ForeignJob

__all__ = ["MEMORY_BYTES", "ParseFailureKind", "prepare", "run_feed", "run_foreign", "run_look", "run_page"]

ParseFailureKind = Literal["parse_error", "parse_deadline", "parse_crash"]

MEMORY_BYTES = 1024 * 1024 * 1024
"""Address space of a worker, where the system can bound it. A 16 MiB feed takes a quarter of it."""


def prepare() -> None:
    """Make this process a worker: bounded, silent, killable at once, with the parsers loaded."""
    # pebble's own handler cannot run while a regular expression does.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _silence()
    _bound_memory()
    warnings.simplefilter("ignore")
    if hasattr(os, "nice"):
        os.nice(5)  # a key press goes before a feed
    import feedparser  # noqa: F401

    import reader.parse.kinds
    import reader.parse.page  # noqa: F401

    # The parsers stay; each job frees what it leaves.
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def run_feed(job: ParseJob) -> ParseOutcome:
    """Parse a source of any kind."""
    from reader.parse.kinds import parse

    with _tidied():
        return parse(job)


def run_page(job: PageJob) -> PageText | ParseFailed:
    """Take the whole article from its page."""
    from reader.parse.page import parse_page

    with _tidied():
        return parse_page(job)


def run_look(job: ParseJob) -> PageLeads | ParseFailed:
    """What a page says of feeds."""
    from reader.parse.discovery import look

    with _tidied():
        return look(job)


def run_foreign(job: ForeignJob) -> ForeignEntries:
    """Make entries of items that another reader stored."""
    from reader.parse.foreign import parse_foreign

    with _tidied():
        return parse_foreign(job)


@contextlib.contextmanager
def _tidied() -> Iterator[None]:
    """Free what a job leaves going round in circles: a parser of feedparser's holds the whole document."""
    try:
        yield
    finally:
        gc.collect()


def _silence() -> None:
    """A worker shares the terminal with the screen; nothing it prints may reach it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # some systems refuse
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
