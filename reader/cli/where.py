"""``warta where``: the files of this run, and how large they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.output import size_text
from reader.i18n import _, number

if TYPE_CHECKING:
    from reader.cli.setting import Setting
    from reader.model import StoreSize

__all__ = ["where"]


def where(setting: Setting) -> int:
    """Tell where things are; nothing is created."""
    located = setting.located
    store = _look_at(located.database)
    if setting.arguments.json:
        setting.output.json(
            {
                "feeds": str(located.path),
                "database": str(located.database),
                "log": str(located.log),
                "may_run_commands": located.may_run_commands,
                "database_bytes": _bytes(located.database),
                "free_bytes": store.free_bytes if store else None,
                "wal_bytes": store.journal_bytes if store else None,
                "articles": store.articles if store else None,
                "log_bytes": _bytes(located.log),
            }
        )
        return 0
    lines = [
        ("feeds.toml", located.path, "" if _bytes(located.path) is not None else _("does not exist yet")),
        (_("database"), located.database, _size(located.database)),
        *([(_("contents"), "", _inside(store))] if store else []),
        (_("log"), located.log, _size(located.log)),
        (
            _("commands"),
            "",
            _("allowed") if located.may_run_commands else _("ignored: the file is only in the current folder"),
        ),
    ]
    width = max(len(name) for name, _path, _said in lines)
    for name, path, said in lines:
        told = f"{path}  ({said})" if path and said else f"{path}{said}"
        setting.output.result(f"{name:<{width}}  {told}")
    return 0


def _look_at(path: Path) -> StoreSize | None:
    """How large the database is; None if there is none. SQLite is loaded only where there is one."""
    if _bytes(path) is None:
        return None
    from reader.storage.looking import look_at

    return look_at(path)


def _inside(store: StoreSize) -> str:
    told = _("{count} articles · {free} free · {journal} in the write-ahead log")
    return told.format(
        count=number(store.articles), free=size_text(store.free_bytes), journal=size_text(store.journal_bytes)
    )


def _size(path: Path) -> str:
    size = _bytes(path)
    return _("does not exist yet") if size is None else size_text(size)


def _bytes(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None
