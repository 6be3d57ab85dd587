"""`warta import` and `warta export` from outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_command_line import Place

OPML = """<opml version="2.0"><body><outline text="Kepri"><outline text="Antara" xmlUrl="https://kepri.example/rss"/>
<outline text="Lagi" xmlUrl="https://a.example/rss"/><outline text="x" xmlUrl="exec:date"/></outline></body></opml>"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_import_adds_what_is_new_and_tells_the_rest(place: Place) -> None:
    """What stood in the file stays as it was, to the letter."""
    before = '# mine\n[[feeds]]\nurl = "https://a.example/rss"  # first\n'
    place.feeds.write_text(before)
    (place.folder / "list.opml").write_text(OPML)

    done = place.run("import", "list.opml")

    assert (done.returncode, done.stdout) == (0, "1 feed added\n")
    assert "1 already there" in done.stderr
    assert "exec:date" in done.stderr
    assert place.feeds.read_text().startswith(before)
    assert place.run("import", "list.opml").returncode == 1


def test_feeds_that_newsboat_hid_are_told_once(place: Place) -> None:
    """One that was there before stays where the user has it."""
    place.feeds.write_text('[[feeds]]\nurl = "https://a.example/rss"\nfolder = "Mine"\n')
    (place.folder / "urls").write_text('https://a.example/rss "!"\nhttps://b.example/rss "!"\n')

    first, second = place.run("import", "urls"), place.run("import", "urls")

    assert "1 feed that newsboat hid is in the folder Hidden in newsboat" in first.stderr
    assert "newsboat hid" not in second.stderr


def test_export_is_what_import_takes(place: Place) -> None:
    """On standard output, or into a file."""
    place.feeds.write_text(
        '[[feeds]]\nurl = "https://a.example/rss"\ntitle = "Laut & ikan"\nfolder = "A/B"\ntags = ["x"]\n'
    )

    shown = place.run("export", "opml")
    written = place.run("export", "opml", "feeds.opml")

    assert shown.returncode == written.returncode == 0
    assert (place.folder / "feeds.opml").read_text() == shown.stdout
    other = Place(place.folder / "other")
    other.folder.mkdir()
    other.feeds.write_text("")
    assert other.run("import", "../feeds.opml").returncode == 0
    assert other.run("export", "opml").stdout == shown.stdout


@pytest.mark.parametrize("form", ["opml", "json"])
def test_a_dash_is_standard_output(place: Place, form: str) -> None:
    """As everywhere else; no file of that name comes into being."""
    place.feeds.write_text('[[feeds]]\nurl = "https://a.example/rss"\n')

    done = place.run("export", form, "-")

    assert (done.returncode, done.stderr) == (0, "")
    assert "https://a.example/rss" in done.stdout
    assert not (place.folder / "-").exists()


def test_opml_has_the_names_that_feeds_give_themselves(place: Place) -> None:
    """feeds.toml need not name a feed; another reader's list must. Taken in again, they are no names of the user's."""
    place.feeds.write_text('[[feeds]]\nurl = "https://b.example/rss"\n')
    (place.folder / "kept.json").write_text(
        '{"format": "warta", "version": 1, "exported": "2026-11-01T10:00:00Z", "articles": [], "filters": [],'
        ' "feeds": [{"url": "https://a.example/rss", "own_title": "Kabar & Laut"}, {"url": "https://c.example/rss",'
        ' "title": "Mine", "own_title": "Theirs"}]}'
    )
    place.run("import", "kept.json")

    shown = place.run("export", "opml")

    assert 'text="Kabar &amp; Laut"' in shown.stdout
    assert 'text="https://b.example/rss"' in shown.stdout
    assert 'text="Mine"' in shown.stdout
    assert "Theirs" not in shown.stdout
    (place.folder / "list.opml").write_text(shown.stdout)
    other = Place(place.folder / "other")
    other.folder.mkdir()
    other.feeds.write_text("")
    assert other.run("import", "../list.opml").returncode == 0
    assert "Kabar" not in other.feeds.read_text()
    assert 'title = "Mine"' in other.feeds.read_text()


def test_opml_is_written_without_a_database(place: Place) -> None:
    """A list of feeds needs none, and none is made for it."""
    place.feeds.write_text('[[feeds]]\nurl = "https://b.example/rss"\n')

    assert place.run("export", "opml").returncode == 0
    assert not (place.data / "warta.db").exists()

    place.data.mkdir(exist_ok=True)
    (place.data / "warta.db").mkdir()
    shown = place.run("export", "opml")
    assert shown.returncode == 0
    assert 'text="https://b.example/rss"' in shown.stdout


@pytest.mark.parametrize("name", ["absent.opml", "feeds.toml", "."])
def test_what_cannot_be_imported_is_told(place: Place, name: str) -> None:
    """The file's name stands in the sentence, and nothing changes."""
    place.feeds.write_text("# mine\n")

    done = place.run("import", name)

    assert done.returncode == 2
    assert name in done.stderr
    assert place.feeds.read_text() == "# mine\n"


@pytest.mark.parametrize("name", ["cache.db", "urls", "list.opml"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf \n\n"])
def test_an_empty_file_is_called_empty(place: Place, name: str, content: bytes) -> None:
    """A cache.db without a byte was told as bad OPML."""
    (place.data.parent / name).write_bytes(content)

    done = place.run("import", name)

    assert done.returncode == 2
    assert f"{name}: is empty" in done.stderr
