"""The plain values that pass between layers: frozen, slotted dataclasses, times as aware UTC datetimes.

Each name is loaded when it is first asked for: making these classes takes longer than the rest of a start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.articles import (
        Article,
        Enclosure,
    )
    from reader.model.config import (
        Config,
        ConfigProblem,
        FilterAction,
        FilterConfig,
        Settings,
    )
    from reader.model.document import (
        Block,
        Code,
        Cut,
        CutReason,
        Document,
        Embed,
        Figure,
        Heading,
        Inline,
        ListBlock,
        Paragraph,
        Quote,
        Rule,
        Span,
        SpanKind,
        Table,
        pack,
        unpack,
        walk,
    )
    from reader.model.feeds import (
        Failure,
        FailureKind,
        Feed,
        FeedConfig,
        FeedFacts,
        FeedState,
        Health,
        SourceKind,
        Validators,
    )
    from reader.model.fetching import (
        Fetched,
        FetchFailed,
        FetchOutcome,
        NotModified,
        Redirect,
        ServerWishes,
    )
    from reader.model.lists import (
        Answer,
        MarkKind,
        Question,
        SortOrder,
        Source,
        SourceCounts,
        SourceName,
        Step,
        StoreSize,
        Understood,
    )
    from reader.model.parsing import (
        PageJob,
        PageText,
        ParsedEntry,
        ParsedFeed,
        ParseFailed,
        ParseJob,
        ParseOutcome,
    )
    from reader.model.refreshing import (
        FeedRefreshed,
        KnownEntry,
        Outcome,
        RefreshPlan,
        RefreshProgress,
        Stored,
        Verdict,
    )
    from reader.model.rows import ArticleRow

__all__ = [
    "Answer",
    "Article",
    "ArticleRow",
    "Block",
    "Code",
    "Config",
    "ConfigProblem",
    "Cut",
    "CutReason",
    "Document",
    "Embed",
    "Enclosure",
    "Failure",
    "FailureKind",
    "Feed",
    "FeedConfig",
    "FeedFacts",
    "FeedRefreshed",
    "FeedState",
    "FetchFailed",
    "FetchOutcome",
    "Fetched",
    "Figure",
    "FilterAction",
    "FilterConfig",
    "Heading",
    "Health",
    "Inline",
    "KnownEntry",
    "ListBlock",
    "MarkKind",
    "NotModified",
    "Outcome",
    "PageJob",
    "PageText",
    "Paragraph",
    "ParseFailed",
    "ParseJob",
    "ParseOutcome",
    "ParsedEntry",
    "ParsedFeed",
    "Question",
    "Quote",
    "Redirect",
    "RefreshPlan",
    "RefreshProgress",
    "Rule",
    "ServerWishes",
    "Settings",
    "SortOrder",
    "Source",
    "SourceCounts",
    "SourceKind",
    "SourceName",
    "Span",
    "SpanKind",
    "Step",
    "StoreSize",
    "Stored",
    "Table",
    "Understood",
    "Validators",
    "Verdict",
    "pack",
    "unpack",
    "walk",
]

_HOMES = {
    "articles": (
        "Article",
        "Enclosure",
    ),
    "config": (
        "Config",
        "ConfigProblem",
        "FilterAction",
        "FilterConfig",
        "Settings",
    ),
    "document": (
        "Block",
        "Code",
        "Cut",
        "CutReason",
        "Document",
        "Embed",
        "Figure",
        "Heading",
        "Inline",
        "ListBlock",
        "Paragraph",
        "Quote",
        "Rule",
        "Span",
        "SpanKind",
        "Table",
        "pack",
        "unpack",
        "walk",
    ),
    "feeds": (
        "Failure",
        "FailureKind",
        "Feed",
        "FeedConfig",
        "FeedFacts",
        "FeedState",
        "Health",
        "SourceKind",
        "Validators",
    ),
    "fetching": (
        "Fetched",
        "FetchFailed",
        "FetchOutcome",
        "NotModified",
        "Redirect",
        "ServerWishes",
    ),
    "lists": (
        "Answer",
        "MarkKind",
        "Question",
        "SortOrder",
        "Source",
        "SourceCounts",
        "SourceName",
        "Step",
        "StoreSize",
        "Understood",
    ),
    "parsing": (
        "PageJob",
        "PageText",
        "ParsedEntry",
        "ParsedFeed",
        "ParseFailed",
        "ParseJob",
        "ParseOutcome",
    ),
    "refreshing": (
        "FeedRefreshed",
        "KnownEntry",
        "Outcome",
        "RefreshPlan",
        "RefreshProgress",
        "Stored",
        "Verdict",
    ),
    "rows": ("ArticleRow",),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module a name lives in (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
