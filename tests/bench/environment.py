"""What a program is measured in."""

from __future__ import annotations

from pathlib import Path

__all__ = ["compiled"]


def compiled(folder: Path) -> dict[str, str]:
    """Environment variables with which Python keeps compiled modules in a folder, as an installed program has them.

    Whatever the surroundings forbid: compiling everything anew takes longer than all that is measured here.
    """
    return {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
