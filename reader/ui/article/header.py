"""The card above an article: what it is called, who wrote it, when, and what the reader should know."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext, number
from reader.light import dataclass
from reader.model.document import Document, Inline, Paragraph
from reader.text import times

if TYPE_CHECKING:
    from reader.model import Article, Enclosure

__all__ = ["Card", "article_card", "readable", "reading_minutes"]

WORDS_A_MINUTE = 200
"""Silent reading of news text, rounded down a little: a promise better kept than broken."""

AGE_TOLD_FOR = timedelta(days=7)
"""From then on an age is told as a date, which stands there already."""


@dataclass(frozen=True, slots=True)
class Card:
    """The header's lines; all clean text, empty ones are left out."""

    title: str
    """The headline."""
    byline: str = ""
    """Source and author."""
    dates: str = ""
    """When, how long ago, how long to read; the month's short name, for narrow screens."""
    tags: tuple[str, ...] = ()
    """The reader's tags."""
    notes: tuple[str, ...] = ()
    """Where else it stands, the reader's note."""
    changed: str = ""
    """That it changed, if the reader should know."""
    files: tuple[tuple[str, str], ...] = ()
    """Files that come with it: what each is, and its address."""
    dates_in_full: str = ""
    """`dates` with the month's whole name."""


def reading_minutes(words: int) -> int:
    """Minutes to read so many words, at least 1; 0 for no words."""
    return max(1, round(words / WORDS_A_MINUTE)) if words > 0 else 0


def article_card(article: Article, *, zone: tzinfo, now: datetime, note: str = "") -> Card:
    """The card of an article as it stands now; ``note``: which of its texts is shown."""
    row = article.row
    when = article.published or row.date
    dates = [times.age(when, now, zone)] if abs(now - when) < AGE_TOLD_FOR else []
    if minutes := reading_minutes(row.words):
        dates.append(_("{minutes} min read").format(minutes=number(minutes)))
    notes = [note] if note else []
    if row.other_feeds:
        notes.append(_("also in: {feeds}").format(feeds=", ".join(row.other_feeds)))
    if row.muted_by:
        notes.append("⊘ " + _("muted by the rule “{rule}”").format(rule=row.muted_by))
    if row.highlight:
        by_rule = _("highlighted by the rule “{rule}”") if article.highlighted_by else _("highlighted by a rule")
        notes.append("◆ " + by_rule.format(rule=article.highlighted_by))
    if article.note:
        notes.append(_("your note: {note}").format(note=article.note))
    return Card(
        title=row.title,
        byline=" · ".join(part for part in (row.feed, row.author) if part),
        dates=" · ".join([times.exact(when, zone, short=True), *dates]),
        dates_in_full=" · ".join([times.exact(when, zone), *dates]),
        tags=row.tags,
        notes=tuple(notes),
        changed=_changed(article, zone, now),
        files=tuple((_file_label(file), file.url) for file in article.enclosures if _is_worth_showing(file)),
    )


def readable(article: Article) -> Document:
    """The best text there is: the whole article, the feed's text, else its summary."""
    best = article.best
    if best or not article.row.summary:
        return best
    return Document((Paragraph(Inline(article.row.summary)),), best.links)


def _changed(article: Article, zone: tzinfo, now: datetime) -> str:
    if article.changed_at is None or (article.read_at is not None and article.changed_at <= article.read_at):
        return ""
    text = _("updated since you read it, {when}") if article.read_at else _("updated by the publisher, {when}")
    return "✎ " + text.format(when=times.ago(article.changed_at, now, zone))


def _is_worth_showing(file: Enclosure) -> bool:
    """Pictures stand in the text already."""
    return bool(file.url) and not file.type.startswith("image/")


def _file_label(file: Enclosure) -> str:
    kind = file.type.partition("/")[0]
    label = {"audio": _("audio"), "video": _("video")}.get(kind, file.type or _("file"))
    parts = [file.title or label]
    if file.duration_seconds:
        minutes = max(1, round(file.duration_seconds / 60))
        parts.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=number(minutes)))
    if file.length and file.length >= 100_000:
        parts.append(f"{number(round(file.length / 1_000_000)) if file.length >= 1_000_000 else '<1'} MB")
    return " · ".join(parts)
