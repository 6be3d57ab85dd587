"""``warta list`` and ``warta show``: articles as lines, tables, JSON and text."""

from __future__ import annotations

import textwrap
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from reader.cli.output import cells, clip_cells, pad
from reader.core.records import article_markdown, article_record, row_record, timestamp
from reader.errors import QueryError
from reader.i18n import _, number
from reader.model import Question
from reader.text.clean import clean, clean_line
from reader.text.times import age, exact
from reader.text.urls import without_credentials

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.model import Article, ArticleRow

__all__ = ["list_articles", "matching", "rows_of", "show"]

BATCH = 500
"""Rows read at once: a history of a million is listed without being held."""


def list_articles(setting: Setting) -> int:
    """List what a query finds, newest first; 1 if that is nothing."""

    async def command(reader: Reader) -> int:
        arguments = setting.arguments
        ids, total = await matching(reader, arguments.query, limit=arguments.limit)
        if arguments.count:
            setting.output.result(str(total))
        elif arguments.json:
            await _print_json(setting, reader, ids)
        elif arguments.tsv:
            async for row in rows_of(reader, ids):
                if not setting.output.is_wanted:
                    break
                setting.output.result(_tabbed(row))
        else:
            await _print_lines(setting, reader, ids)
        if not total and not arguments.json and not arguments.count:
            setting.output.message(_("nothing found"))
        return 0 if total else 1

    return setting.run(command)


def show(setting: Setting) -> int:
    """Show one article."""

    async def command(reader: Reader) -> int:
        article = await reader.article(setting.arguments.id)
        match setting.arguments.format:
            case "json":
                feeds = {feed.id: feed for feed in await reader.feeds()}
                setting.output.json(article_record(article, feeds))
            case "markdown":
                setting.output.result(article_markdown(article, reader.zone))
            case _:
                setting.output.result(_text(article, reader, min(setting.output.columns, 80)))
        return 0

    return setting.run(command)


async def matching(reader: Reader, query: str, *, limit: int = 0) -> tuple[Sequence[int], int]:
    """Ids of what a query finds, newest first, and how many they are; with a limit, at most so many.

    Raises:
        QueryError: the query means nothing.

    """
    query = clean(query[:20_000])  # not folded: a problem is told with its column
    understood = reader.understand(query)
    if understood.problem:
        raise QueryError(understood.problem, column=understood.column)
    question = Question(query=query, is_complete_word=True, limit=limit)
    ids: Sequence[int] = ()
    async for answer in reader.ask(question):
        ids = answer.ids
    ids = ids[:limit] if limit else ids
    return ids, len(ids)


async def rows_of(reader: Reader, ids: Sequence[int]) -> AsyncIterator[ArticleRow]:
    """The rows of ids, some at a time."""
    for start in range(0, len(ids), BATCH):
        for row in await reader.rows(ids[start : start + BATCH]):
            yield row


async def _print_json(setting: Setting, reader: Reader, ids: Sequence[int]) -> None:
    feeds = {feed.id: feed for feed in await reader.feeds()}
    is_first = True
    async for row in rows_of(reader, ids):
        if not setting.output.is_wanted:
            return
        setting.output.json_element(row_record(row, feeds), is_first=is_first)
        is_first = False
    setting.output.json_end(is_empty=is_first)


async def _print_lines(setting: Setting, reader: Reader, ids: Sequence[int]) -> None:
    columns = setting.output.columns
    id_width = max((len(str(article_id)) for article_id in ids), default=1)
    now = reader.now()
    async for row in rows_of(reader, ids):
        if not setting.output.is_wanted:
            return
        marks = ("★" if row.is_starred else " ") + (" " if row.is_read else "●")
        when = pad(age(row.date, now, reader.zone), 11, right=True)
        line = f"{row.id:>{id_width}} {marks} {when}  {pad(row.feed, 18)}  {row.title}"
        setting.output.result(clip_cells(line, columns) if columns else line)


def _tabbed(row: ArticleRow) -> str:
    fields = (
        str(row.id),
        timestamp(row.date) or "",
        "1" if row.is_read else "0",
        "1" if row.is_starred else "0",
        row.feed,
        row.title,
        without_credentials(row.url),
    )
    return "\t".join(clean_line(field) for field in fields)


def _text(article: Article, reader: Reader, columns: int) -> str:
    row = article.row
    facts = [", ".join((row.feed, *row.other_feeds)), row.author, exact(row.date, reader.zone)]
    head = [row.title, " · ".join(fact for fact in facts if fact), without_credentials(row.url)]
    body = article.text or row.summary
    if columns:
        body = "\n".join(_wrapped(line, columns) for line in body.split("\n"))
    parts = ["\n".join(line for line in head if line), body]
    if article.enclosures:
        lines = [
            f"{without_credentials(item.url)}  {' '.join(_about(item.type, item.length))}".rstrip()
            for item in article.enclosures
        ]
        parts.append("\n".join([_("Enclosures:"), *lines]))
    return "\n\n".join(part for part in parts if part)


def _wrapped(line: str, columns: int) -> str:
    if cells(line) <= columns:
        return line
    return textwrap.fill(line, columns, break_long_words=False, break_on_hyphens=False, replace_whitespace=False)


def _about(kind: str, length: int | None) -> list[str]:
    size = _("{size} KB").format(size=number(-(-length // 1_000))) if length else ""
    return [word for word in (kind, size) if word]
