"""Which feeds.toml is obeyed, and which folder is its own."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from reader.config.load import load
from reader.config.locate import Located, create_first, locate, peek_language, starter_path
from reader.i18n import set_language

pytestmark = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the XDG folders")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "else where"
    folder.mkdir()
    return folder


def find(home: Path, cwd: Path, argument: str = "", data: str = "", **environ: str) -> Located:
    return locate(argument, environ={"HOME": str(home)} | environ, cwd=cwd, data=data)


def own_file(home: Path) -> Path:
    path = home / ".config/warta/feeds.toml"
    path.parent.mkdir(parents=True)
    path.write_text("")
    return path


def test_the_argument_comes_first(home: Path, elsewhere: Path) -> None:
    """Then the environment, then the current folder, then the config folder."""
    own = own_file(home)
    (elsewhere / "feeds.toml").write_text("")

    assert find(home, elsewhere, "a.toml", WARTA_FEEDS="b.toml").path == elsewhere / "a.toml"
    assert find(home, elsewhere, WARTA_FEEDS="b.toml").path == elsewhere / "b.toml"
    assert find(home, elsewhere).path == elsewhere / "feeds.toml"
    assert find(home, home).path == own


def test_only_files_the_user_wrote_or_named_may_run_commands(home: Path, elsewhere: Path) -> None:
    """Running `warta` inside somebody's clone must execute nothing."""
    own = own_file(home)
    (elsewhere / "feeds.toml").write_text("")

    assert not find(home, elsewhere).may_run_commands
    assert find(home, elsewhere, "feeds.toml").may_run_commands
    assert find(home, elsewhere, WARTA_FEEDS="feeds.toml").may_run_commands
    assert find(home, home).may_run_commands
    assert find(home, own.parent).may_run_commands


def test_the_repositorys_file_serves_a_checkout_but_runs_nothing(home: Path) -> None:
    """An editable install reads the file a person edits at the top of the clone."""
    located = find(home, home)

    assert located.path == starter_path()
    assert located.origin == "repository"
    assert not located.may_run_commands


def test_a_file_elsewhere_has_data_of_its_own(home: Path, elsewhere: Path) -> None:
    """Trying somebody's list must not mix it into one's own history."""
    own_file(home)
    data = home / ".local/share/warta"

    one = find(home, elsewhere, "a.toml").data_dir
    other = find(home, elsewhere, "b.toml").data_dir

    assert find(home, home).data_dir == data
    assert one.parent == other.parent == data / "files"
    assert one != other
    assert "else-where-a.toml" in one.name
    assert find(home, home, str(elsewhere / "a.toml")).data_dir == one


def test_the_own_file_by_another_name_is_still_the_own_one(home: Path, elsewhere: Path) -> None:
    """`--feeds ~/.config/warta/feeds.toml`, or a link to it, is no stranger."""
    own = own_file(home)
    (elsewhere / "feeds.toml").symlink_to(own)

    for located in (find(home, home, str(own)), find(home, own.parent), find(home, elsewhere)):
        assert located.data_dir == home / ".local/share/warta"
        assert located.may_run_commands


def test_the_data_folder_can_be_named(home: Path, elsewhere: Path) -> None:
    """The argument wins over the environment; both over the rule."""
    assert find(home, elsewhere, "a", data="d", WARTA_DATA="e").data_dir == elsewhere / "d"
    assert find(home, elsewhere, "a", WARTA_DATA="/e").data_dir == Path("/e")


def test_xdg_folders_are_used_if_absolute(home: Path) -> None:
    """The specification calls a relative one invalid."""
    (home / "config/warta").mkdir(parents=True)
    (home / "config/warta/feeds.toml").write_text("")
    folders = {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": "relative"}

    located = find(home, home, "", "", **folders)

    assert located.path == home / "config/warta/feeds.toml"
    assert located.data_dir == home / ".local/share/warta"


@pytest.mark.parametrize("name", ["/", "/a" * 200, "/\udcff/feeds.toml", "/a\nb/feeds.toml"])
def test_any_path_gets_a_folder_name(home: Path, name: str) -> None:
    """Paths may hold any byte and be longer than a folder's name may be."""
    folder = find(home, home, name).data_dir.name

    assert 0 < len(os.fsencode(folder)) < 100
    assert folder.isascii()


def test_the_first_run_writes_the_starter_once(home: Path) -> None:
    """A wheel's first start gives a file to edit; what is there already is never overwritten."""
    path = home / ".config/warta/feeds.toml"
    located = Located(path, home / "data", may_run_commands=True)

    assert create_first(located)
    assert path.read_bytes() == starter_path().read_bytes()
    assert load(path).problems == ()

    path.write_text("# mine")
    assert not create_first(located)
    assert path.read_text() == "# mine"


def test_the_starter_speaks_the_readers_language(tmp_path: Path) -> None:
    """What one reads first, and edits most, is explained in Indonesian to who reads Indonesian; it means the same."""
    located = Located(tmp_path / "warta" / "feeds.toml", tmp_path, may_run_commands=True)
    set_language("id")
    try:
        assert create_first(located)
    finally:
        set_language("en")
    texts = [path.read_text(encoding="utf-8") for path in (located.path, starter_path())]

    assert "Berkas ini milik Anda" in texts[0]
    assert load(located.path).problems == ()
    meant = [[line for line in text.splitlines() if line and not line.startswith("#")] for text in texts]
    assert meant[0] == meant[1]
    off = [re.findall(r"^# (?:\[.*\]|\w+ = [^#\n]*[^#\s])", text, re.MULTILINE) for text in texts]
    assert off[0] == off[1]
    assert len(off[0]) > 40


def test_a_named_file_is_never_created(home: Path, elsewhere: Path) -> None:
    """A typing mistake in --feeds must be told, not answered with twenty feeds."""
    located = find(home, elsewhere, "feds.toml")

    assert not create_first(located)
    assert not located.path.exists()


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("[settings]\nlanguage = 'id'\n", "id"),
        ('\r\n [settings] # x\r\n\r\n# y\r\ntheme = "x"\r\n\tlanguage="en" # z', "en"),
        ("[settings]\n# language = 'id'\n", ""),
        ("[other]\nlanguage = 'id'\n[settings]\n[[feeds]]\nlanguage = 'id'", ""),
        ("", ""),
    ],
)
def test_the_language_can_be_read_ahead(tmp_path: Path, source: str, language: str) -> None:
    """What is wrong with a broken file is told in the language it asks for."""
    path = tmp_path / "feeds.toml"
    path.write_bytes(source.encode())

    assert peek_language(path) == language
    assert peek_language(tmp_path) == ""
