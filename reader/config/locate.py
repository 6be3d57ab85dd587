"""Where feeds.toml and the data folder are.

In this order: the argument, ``$WARTA_FEEDS``, ``./feeds.toml``, the user's config folder; run from a checkout without
a file there, the repository's own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reader.config.files import read_bounded, replace_file
from reader.i18n import current_language
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.i18n import Language

__all__ = ["Folders", "Located", "Origin", "create_first", "folders", "locate", "peek_language", "starter_path"]

FILE_NAME = "feeds.toml"
Origin = Literal["argument", "environment", "current_folder", "config_folder", "repository"]


@dataclass(frozen=True, slots=True)
class Folders:
    """The user's two folders."""

    config: Path
    """Where the user's feeds.toml lies."""
    data: Path
    """Where database and log lie."""


@dataclass(frozen=True, slots=True)
class Located:
    """The file to obey and the folder to keep things in; neither need exist."""

    path: Path
    """feeds.toml, absolute."""
    data_dir: Path
    """Folder of database, log and the last good copy."""
    may_run_commands: bool
    """Commands named in the file are obeyed: the user wrote it or named it."""
    origin: Origin = "config_folder"
    """What led to it."""

    @property
    def database(self) -> Path:
        """Where the database is."""
        return self.data_dir / "warta.db"

    @property
    def log(self) -> Path:
        """Where the log is."""
        return self.data_dir / "warta.log"

    @property
    def last_good(self) -> Path:
        """Where the last copy of the file that was proper TOML is kept."""
        return self.data_dir / "feeds.last-good.toml"


def locate(argument: str = "", *, environ: Mapping[str, str], cwd: Path, data: str = "") -> Located:
    """The feeds.toml and data folder of this run.

    Args:
        argument: What ``--feeds`` named; empty: nothing.
        environ: The process's environment.
        cwd: The current folder.
        data: What ``--data`` named; empty: nothing.

    Returns:
        Absolute paths. Nothing is created and nothing need exist.

    """
    places = folders(environ)
    own = places.config / FILE_NAME
    path, origin = _find(argument, environ, cwd, own)
    is_own = origin == "config_folder" or _is_same_file(path, own)
    if chosen := data or environ.get("WARTA_DATA", ""):
        data_dir = cwd / Path(chosen).expanduser()
    elif is_own:
        data_dir = places.data
    else:
        data_dir = places.data / "files" / _folder_name(path)
    return Located(
        path=path,
        data_dir=data_dir,
        may_run_commands=is_own or origin in {"argument", "environment"},
        origin=origin,
    )


def create_first(located: Located) -> bool:
    """Put the starter into the config folder if no file is there yet; whether it did. Raises OSError."""
    if located.origin != "config_folder" or located.path.exists() or located.path.is_symlink():
        return False
    starter = read_bounded(starter_path(current_language()))
    located.path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(located.path, starter)
    return True


def starter_path(language: Language = "en") -> Path:
    """The feeds.toml that ships: beside this module in a wheel, at the top of a checkout; its Indonesian twin here."""
    if language == "id":
        return Path(__file__).with_name("feeds.id.toml")
    return _repository_file() or Path(__file__).with_name(FILE_NAME)


def peek_language(path: Path) -> str:
    """What ``[settings]`` says about the language, without parsing the file; empty if it says nothing.

    Messages about the file itself, and ``--help``, want the language before anything is loaded.
    """
    try:
        source = read_bounded(path).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
    table = re.search(r"^[ \t]*\[settings\]((?:\n|[^\n\[][^\n]*)*)", source.replace("\r\n", "\n"), re.MULTILINE)
    found = re.search(r"""^[ \t]*language[ \t]*=[ \t]*["'](\w+)["']""", table[1], re.MULTILINE) if table else None
    return found[1] if found else ""


def folders(environ: Mapping[str, str]) -> Folders:
    """The user's folders: the XDG ones, or the system's own on Windows and macOS."""
    if sys.platform in {"win32", "darwin"}:
        import platformdirs

        return Folders(platformdirs.user_config_path("warta", False), platformdirs.user_data_path("warta", False))
    home = Path(environ.get("HOME") or "~").expanduser()
    return Folders(
        _xdg(environ.get("XDG_CONFIG_HOME", ""), home / ".config"),
        _xdg(environ.get("XDG_DATA_HOME", ""), home / ".local" / "share"),
    )


def _xdg(value: str, default: Path) -> Path:
    """A relative value is invalid and counts as unset (XDG Base Directory Specification)."""
    return (Path(value) if value.startswith("/") else default) / "warta"


def _find(argument: str, environ: Mapping[str, str], cwd: Path, own: Path) -> tuple[Path, Origin]:
    if argument:
        return cwd / Path(argument).expanduser(), "argument"
    if named := environ.get("WARTA_FEEDS", ""):
        return cwd / Path(named).expanduser(), "environment"
    if _is_file(cwd / FILE_NAME):
        return cwd / FILE_NAME, "current_folder"
    if not own.exists() and not own.is_symlink() and (repository := _repository_file()):
        return repository, "repository"
    return own, "config_folder"


def _repository_file() -> Path | None:
    """The file at the top of the checkout this package runs from; None for a wheel."""
    top = Path(__file__).resolve().parents[2]
    path = top / FILE_NAME
    return path if (top / "pyproject.toml").is_file() and path.is_file() else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _is_same_file(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return path == other


def _folder_name(path: Path) -> str:
    """A name for a file's own data folder: readable, and different for every path."""
    from hashlib import blake2b

    whole = str(path.resolve())
    readable = re.sub(r"[^0-9A-Za-z._-]+", "-", whole.removesuffix(FILE_NAME)).strip("-.")[-60:].strip("-.")
    return f"{readable or 'top'}-{blake2b(whole.encode('utf-8', 'surrogateescape'), digest_size=5).hexdigest()}"
