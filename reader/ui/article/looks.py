"""The article pane's style sheet: what each role and mark of a line looks like, in theme tokens."""

from __future__ import annotations

import re

__all__ = ["COMPONENTS", "LOOKS", "PARTS_LOOKS"]

LOOKS = """
ArticleView {
    width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
}
"""
"""The pane's."""

PARTS_LOOKS = """
.article--body, .article--title, .article--byline, .article--heading { color: $text; }
.article--title, .article--heading, .article--subheading, .article--table-head {
    text-style: bold;
}
.article--note { color: $text-accent; }
.article--meta, .article--dim, .article--caption, .article--bullet, .article--number,
.article--table-head, .article--fold, .article--subheading { color: $text-muted; }
.article--caption { text-style: italic; }
.article--rule, .article--bar { color: $border; }
.article--host { color: $text-warning; text-style: bold; }
.article--link { color: $text-secondary; }
.article--dateline { color: $text-muted; text-style: bold; }
.article--mark { background: $warning-muted; }
.article--code, .article--inline-code { background: $panel; color: $text; }
.article--code-keyword { background: $panel; color: $text-accent; }
.article--code-string { background: $panel; color: $text-success; }
.article--code-number { background: $panel; color: $text-warning; }
.article--code-name { background: $panel; color: $text-secondary; }
.article--code-comment { background: $panel; color: $text-muted; text-style: italic; }
ArticleView:ansi .article--meta, ArticleView:ansi .article--dim, ArticleView:ansi .article--caption,
ArticleView:ansi .article--number, ArticleView:ansi .article--bullet, ArticleView:ansi .article--rule,
ArticleView:ansi .article--code-comment { text-style: dim; }
.article--hit { color: $text-warning; text-style: underline; }
.article--find { background: $warning-muted; text-style: underline; }
.article--find-current { text-style: bold reverse; }
.article--hint { color: $text-accent; text-style: bold reverse; }
.article--find-bar { background: $panel; color: $text; }
.article--find-count { background: $panel; color: $text-muted; }
"""
"""What each role and mark of a line looks like; flat, each rule is read when it is needed."""

COMPONENTS = frozenset(re.findall(r"article--[a-z-]+", PARTS_LOOKS))
"""The component classes that stand in it."""
