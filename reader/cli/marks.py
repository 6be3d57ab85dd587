"""``warta mark``, ``undo`` and ``purge``: what a person does to many articles at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.articles import matching, rows_of
from reader.cli.output import size_text
from reader.i18n import _, ngettext, number

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.core.reader import Reader
    from reader.model import ArticleRow

__all__ = ["mark", "purge", "undo"]


def mark(setting: Setting) -> int:
    """Mark all a query finds; 1 if it finds nothing."""

    async def command(reader: Reader) -> int:
        kind, query = setting.arguments.mark, setting.arguments.query
        ids, found = await matching(reader, query)
        if not found:
            setting.output.message(_("nothing found"))
            return 1
        if setting.arguments.dry_run:
            count = sum([_would_change(row, kind) async for row in rows_of(reader, ids)])
            setting.output.result(_would_say(kind, count))
            return 0
        step = await reader.mark(list(ids), kind, label=query)
        setting.output.result(_done(kind, step.count if step else 0))
        return 0

    return setting.run(command)


def purge(setting: Setting) -> int:
    """Take out what is kept no longer, and give the space back; says how much."""

    async def command(reader: Reader) -> int:
        is_rehearsal = setting.arguments.dry_run
        count = await reader.purge(dry_run=is_rehearsal, removed_too=setting.arguments.removed)
        if is_rehearsal:
            text = ngettext("would delete {count} article", "would delete {count} articles", count)
        else:
            text = ngettext("{count} article deleted", "{count} articles deleted", count)
        parts = [text.format(count=number(count))]
        if not is_rehearsal and (given := await reader.compact(count)):
            parts.append(_("{size} of disk space freed").format(size=size_text(given)))
        setting.output.result(" · ".join(parts))
        return 0

    return setting.run(command)


def undo(setting: Setting) -> int:
    """Take the last step back; 1 if there is none."""

    async def command(reader: Reader) -> int:
        from reader.core.subscriptions import step_told

        step = await reader.undo()
        if step is None:
            setting.output.message(_("nothing to undo"))
            return 1
        what = step_told(step) or " · ".join(filter(None, (_done(step.kind, step.count), step.label)))
        setting.output.result(_("undone: {what}").format(what=what))
        return 0

    return setting.run(command)


def _would_change(row: ArticleRow, kind: str) -> bool:
    match kind:
        case "read":
            return not row.is_read
        case "unread":
            return row.is_read
        case "star":
            return not row.is_starred
        case _:
            return row.is_starred


def _done(kind: str, count: int) -> str:
    match kind:
        case "read":
            text = ngettext("{count} article marked read", "{count} articles marked read", count)
        case "unread":
            text = ngettext("{count} article marked unread", "{count} articles marked unread", count)
        case "star":
            text = ngettext("{count} article starred", "{count} articles starred", count)
        case "unstar":
            text = ngettext("{count} article unstarred", "{count} articles unstarred", count)
        case _:
            text = ngettext("{count} article changed", "{count} articles changed", count)
    return text.format(count=number(count))


def _would_say(kind: str, count: int) -> str:
    match kind:
        case "read":
            text = ngettext("{count} article would be marked read", "{count} articles would be marked read", count)
        case "unread":
            text = ngettext("{count} article would be marked unread", "{count} articles would be marked unread", count)
        case "star":
            text = ngettext("{count} article would be starred", "{count} articles would be starred", count)
        case _:
            text = ngettext("{count} article would be unstarred", "{count} articles would be unstarred", count)
    return text.format(count=number(count))
