"""The reader's marks, and taking them back.

Each step is journalled in the transaction that makes it, with what exactly it changed: ids are grouped by what was
before, so undoing restores just that, after a restart too and whichever process made the step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from reader.model import Step
from reader.storage.values import ids_json, packed_json, safe_text, unpacked_json

if TYPE_CHECKING:
    from reader.model import MarkKind, Verdict

__all__ = [
    "KEPT_STEPS", "annotate", "close_step", "judge", "last_step", "mark", "note_file_step", "tag", "undo", "unmute",
]  # fmt: skip


KEPT_STEPS = 100
"""Steps that can be taken back."""

# What marks change, each restored as one: the columns before.
_GROUPS = {
    "read": ("is_read", "read_at"),
    "star": ("is_starred", "starred_at", "muted_by"),
    "rule": ("muted_by", "highlight"),
    "note": ("note",),
}
FILE = "file"
"""What stands in a step's changes where it changed feeds.toml instead of marks."""
_IN_IDS = "id IN (SELECT value FROM json_each(:ids))"


def mark(connection: sqlite3.Connection, ids: Iterable[int], kind: MarkKind, *, label: str, now: int) -> Step | None:
    """Mark articles read, unread, starred or not starred, as one step.

    Args:
        connection: The writer's, in a transaction.
        ids: Articles; those marked so already, and those that do not exist, are passed over.
        kind: What to do.
        label: A title or a query that tells which.
        now: Seconds since 1970.

    Returns:
        The step; None if nothing changed.

    """
    match kind:
        case "read":
            group, change, unlike = "read", "is_read = 1, read_at = :now", "is_read = 0"
        case "unread":
            group, change, unlike = "read", "is_read = 0, read_at = NULL", "is_read = 1"
        case "star":
            # A starred article is never hidden.
            group, change, unlike = "star", "is_starred = 1, starred_at = :now, muted_by = ''", "is_starred = 0"
        case "unstar":
            group, change, unlike = "star", "is_starred = 0, starred_at = NULL", "is_starred = 1"
    before = _change(connection, group, change, unlike, {"ids": ids_json(ids), "now": now})
    return _journal(connection, kind, label, now, {group: before})


def tag(
    connection: sqlite3.Connection, ids: Iterable[int], name: str, *, remove: bool, label: str, now: int
) -> Step | None:
    """Put a tag on articles, or take it off, as one step; None if nothing changed."""
    add, off = ((), (name,)) if remove else ((name,), ())
    return retag(connection, ids, add=add, remove=off, label=label or name, now=now)


def retag(
    connection: sqlite3.Connection,
    ids: Iterable[int],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    label: str,
    now: int,
) -> Step | None:
    """Put tags on articles and take others off, all as one step; None if nothing changed."""
    wanted = ids_json(ids)
    put = [[name, _gaps(changed)] for name in map(safe_text, add) if (changed := _add_tag(connection, wanted, name))]
    off = [[name, _gaps(gone)] for name in map(safe_text, remove) if (gone := _remove_tag(connection, wanted, name))]
    return _journal(connection, "tag" if put else "untag", label, now, {"tag": put, "untag": off})


def annotate(connection: sqlite3.Connection, article_id: int, note: str, *, label: str, now: int) -> Step | None:
    """Write the reader's note on an article; empty takes it away. None if it said so already."""
    parameters = {"ids": ids_json([article_id]), "note": safe_text(note)}
    before = _change(connection, "note", "note = :note", "note <> :note", parameters)
    return _journal(connection, "note", label, now, {"note": before})


def judge(
    connection: sqlite3.Connection, verdicts: Mapping[int, Verdict], *, kind: str, label: str, now: int
) -> Step | None:
    """Apply rules to stored articles, as one step; None if nothing changed.

    Rules only add: they hide, colour, mark read, star and tag, and never take a mark away. A starred article is not
    hidden.
    """
    alike: dict[Verdict, list[int]] = {}
    for article_id, verdict in verdicts.items():
        alike.setdefault(verdict, []).append(article_id)
    changes: dict[str, list[Any]] = {}
    for verdict, ids in alike.items():
        wanted = ids_json(ids)
        parameters = {
            "ids": wanted,
            "now": now,
            "by": safe_text(verdict.muted_by),
            "color": safe_text(verdict.highlight),
        }
        if verdict.is_starred:
            change = "is_starred = 1, starred_at = :now, muted_by = ''"
            changes.setdefault("star", []).extend(_change(connection, "star", change, "is_starred = 0", parameters))
        if verdict.is_read:
            change = "is_read = 1, read_at = :now"
            changes.setdefault("read", []).extend(_change(connection, "read", change, "is_read = 0", parameters))
        if verdict.muted_by:
            unlike = "is_starred = 0 AND muted_by <> :by"
            changes.setdefault("rule", []).extend(_change(connection, "rule", "muted_by = :by", unlike, parameters))
        if verdict.highlight:
            change, unlike = "highlight = :color", "highlight <> :color"
            changes.setdefault("rule", []).extend(_change(connection, "rule", change, unlike, parameters))
        for name in verdict.tags:
            if tagged := _add_tag(connection, wanted, safe_text(name)):
                changes.setdefault("tag", []).append([safe_text(name), _gaps(tagged)])
    return _journal(connection, kind, label, now, changes)


def unmute(connection: sqlite3.Connection, rule: str, *, label: str, now: int) -> Step | None:
    """Show again what a rule hid, for it was deleted; None if it hid nothing."""
    name = safe_text(rule)
    ids = [number for (number,) in connection.execute("SELECT id FROM statuses WHERE muted_by = ?", (name,))]
    parameters = {"ids": ids_json(ids), "by": name}
    before = _change(connection, "rule", "muted_by = ''", "muted_by = :by", parameters)
    return _journal(connection, "unmute", label or name, now, {"rule": before})


def undo(connection: sqlite3.Connection, *, now: int) -> Step | None:
    """Take the last step back that was not taken back yet; None if there is none, or if it was one of feeds.toml.

    What was purged since stays away; its status is restored all the same.
    """
    row = connection.execute(
        "SELECT id, kind, count, label, changes FROM journal WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    number, kind, count, label, packed = row
    try:
        changes = unpacked_json(packed)
    except ValueError:
        close_step(connection, number, now=now)
        return undo(connection, now=now)
    if FILE in changes:
        return None
    close_step(connection, number, now=now)
    # A step may have changed an article in two ways, the later on top of the earlier.
    for group, parts in reversed(list(changes.items())):
        for before, gaps in reversed(parts):
            _restore(connection, group, before, ids_json(accumulate(gaps)))
    return Step(number, kind, count, label)


def note_file_step(
    connection: sqlite3.Connection, kind: str, payload: Mapping[str, Any], *, label: str, now: int
) -> Step:
    """Journal a step that changed feeds.toml; what it holds is known to `config.steps`."""
    return _noted(connection, kind, label, now, {FILE: payload}, count=0)


def last_step(connection: sqlite3.Connection) -> tuple[Step, Mapping[str, Any] | None] | None:
    """The step to be taken back next, and what it did to feeds.toml, if it did; None if there is none."""
    row = connection.execute(
        "SELECT id, kind, count, label, changes FROM journal WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    number, kind, count, label, packed = row
    try:
        payload = unpacked_json(packed).get(FILE)
    except (ValueError, AttributeError):
        payload = None
    return Step(number, kind, count, label), payload


def close_step(connection: sqlite3.Connection, number: int, *, now: int) -> None:
    """Note that a step was taken back, or cannot be."""
    connection.execute("UPDATE journal SET undone_at = ? WHERE id = ?", (now, number))


def _restore(connection: sqlite3.Connection, group: str, before: Any, ids: str) -> None:
    match group:
        case "tag":
            _remove_tag(connection, ids, before)
        case "untag":
            _add_tag(connection, ids, before)
        case _:
            columns = _GROUPS[group]
            assignments = ", ".join(f"{column} = :{column}" for column in columns)
            connection.execute(
                f"UPDATE statuses SET {assignments} WHERE {_IN_IDS}",  # noqa: S608 - our own names
                {**dict(zip(columns, before, strict=True)), "ids": ids},
            )


def _change(
    connection: sqlite3.Connection, group: str, change: str, unlike: str, parameters: Mapping[str, Any]
) -> list[Any]:
    """Change those of the ids that are unlike the wish; what they were before, grouped by it."""
    columns = _GROUPS[group]
    where = f"{_IN_IDS} AND {unlike}"
    rows = connection.execute(
        f"SELECT id, {', '.join(columns)} FROM statuses WHERE {where} ORDER BY id",  # noqa: S608 - our own names
        parameters,
    )
    before: dict[tuple[Any, ...], list[int]] = {}
    for number, *values in rows:
        before.setdefault(tuple(values), []).append(number)
    if before:
        connection.execute(f"UPDATE statuses SET {change} WHERE {where}", parameters)  # noqa: S608 - our own names
    return [[list(values), _gaps(ids)] for values, ids in before.items()]


def _add_tag(connection: sqlite3.Connection, ids: str, name: str) -> list[int]:
    rows = connection.execute(
        """
        INSERT INTO article_tags (article_id, tag, place)
        SELECT id, :name, place
          FROM statuses
         WHERE id IN (SELECT value FROM json_each(:ids))
           AND id NOT IN (SELECT article_id FROM article_tags WHERE tag = :name)
        RETURNING article_id
        """,
        {"ids": ids, "name": name},
    )
    return sorted(number for (number,) in rows)


def _remove_tag(connection: sqlite3.Connection, ids: str, name: str) -> list[int]:
    rows = connection.execute(
        """
        DELETE FROM article_tags
         WHERE tag = :name AND article_id IN (SELECT value FROM json_each(:ids))
        RETURNING article_id
        """,
        {"ids": ids, "name": name},
    )
    return sorted(number for (number,) in rows)


def _journal(
    connection: sqlite3.Connection, kind: str, label: str, now: int, changes: Mapping[str, Sequence[Any]]
) -> Step | None:
    kept = {group: parts for group, parts in changes.items() if parts}
    if not kept:
        return None
    count = len({number for parts in kept.values() for _before, gaps in parts for number in accumulate(gaps)})
    return _noted(connection, kind, label, now, kept, count=count)


def _noted(
    connection: sqlite3.Connection, kind: str, label: str, now: int, changes: Mapping[str, Any], *, count: int
) -> Step:
    label = safe_text(label)
    number = connection.execute(
        "INSERT INTO journal (at, kind, label, count, changes) VALUES (?, ?, ?, ?, ?)",
        (now, kind, label, count, packed_json(changes)),
    ).lastrowid
    assert number is not None
    connection.execute("DELETE FROM journal WHERE id <= ?", (number - KEPT_STEPS,))
    return Step(number, kind, count, label)


def _gaps(ids: Sequence[int]) -> list[int]:
    """Ascending ids as distances, which compress to almost nothing when a whole list is marked."""
    return [number - before for before, number in zip((0, *ids), ids, strict=False)]
