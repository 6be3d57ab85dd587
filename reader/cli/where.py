"""``warta where``: the files of this run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.i18n import _, number

if TYPE_CHECKING:
    from reader.cli.setting import Setting

__all__ = ["where"]


def where(setting: Setting) -> int:
    """Tell where things are; nothing is created."""
    located = setting.located
    lines = [
        ("feeds.toml", located.path, _note(located.path)),
        (_("database"), located.database, _size(located.database)),
        (_("log"), located.log, _size(located.log)),
        (_("commands"), "", _("obeyed") if located.may_run_commands else _("not obeyed: the file was only found here")),
    ]
    width = max(len(name) for name, _path, _said in lines)
    for name, path, said in lines:
        told = f"{path}  ({said})" if path and said else f"{path}{said}"
        setting.output.result(f"{name:<{width}}  {told}")
    return 0


def _note(path: Path) -> str:
    return "" if _bytes(path) is not None else _("not there yet")


def _size(path: Path) -> str:
    size = _bytes(path)
    if size is None:
        return _("not there yet")
    if size < 1_000_000:
        return _("{size} KB").format(size=number(-(-size // 1_000)))
    return _("{size} MB").format(size=number(round(size / 1_000_000)))


def _bytes(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return None
