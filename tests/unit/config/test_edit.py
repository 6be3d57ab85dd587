"""Changes made in the app leave the file its owner's."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import edit
from reader.config.edit import Target
from reader.config.files import MAX_BYTES, Stamp
from reader.config.load import load
from reader.config.locate import starter_path
from reader.errors import ConfigError, NotFoundError
from reader.model import FeedConfig

SOURCE = """\
# mine
[settings]
language = "id" # ours

# -- News

# the best
[[feeds]] # first
url = "https://one.example/feed" # keep me
tags = [
  "a", # odd
]
# about one
folder = "Nasional"
# touching

[feeds.headers]
X = "1"

# commented out
# [[feeds]]
# url = "https://off.example"

[[feeds]]
folder = "Dunia"
url = "https://two.example/feed"

[[filters]]
name = "Natuna"
query = "natuna"

# the end
[[feeds]]
url = "https://three.example/feed"
folder = "Nasional"
"""
ONE, TWO, THREE = (f"https://{name}.example/feed" for name in ("one", "two", "three"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(SOURCE)
    return path


def feeds(path: Path) -> tuple[FeedConfig, ...]:
    config = load(path)
    assert config.problems == ()
    return tuple(replace(feed, line=0) for feed in config.feeds)


def lost_lines(path: Path) -> list[str]:
    now = path.read_text().splitlines()
    return [line for line in SOURCE.splitlines() if line.strip() and line not in now]


def test_a_new_feed_goes_to_its_folder(path: Path) -> None:
    """Beside its neighbours, where a person would have written it."""
    edit.add_feed(
        Target(path), {"title": "Four", "url": "https://four.example", "folder": "Dunia", "link_pattern": r"/\d+"}
    )

    assert lost_lines(path) == []
    assert [feed.url for feed in feeds(path)] == [ONE, TWO, "https://four.example", THREE]
    assert (
        'url = "https://two.example/feed"\n\n[[feeds]]\nurl = "https://four.example"\ntitle = "Four"\n'
        "folder = \"Dunia\"\nlink_pattern = '/\\d+'\n\n[[filters]]\n"
    ) in path.read_text()


def test_a_feed_of_a_new_folder_goes_to_the_end(path: Path) -> None:
    """Also where the last line has no newline."""
    path.write_text(SOURCE.rstrip("\n"))

    edit.add_feed(Target(path), {"url": "https://four.example", "headers": {"A": "b"}, "tags": ("x",), "title": None})

    assert path.read_text() == SOURCE + (
        '\n[[feeds]]\nurl = "https://four.example"\ntags = ["x"]\nheaders = {A = "b"}\n'
    )


def test_the_first_feed_makes_the_file(tmp_path: Path) -> None:
    """`a` works before there is a feeds.toml."""
    path = tmp_path / "new" / "feeds.toml"

    edit.add_feed(Target(path), {"url": "https://four.example"})

    assert path.read_text() == '[[feeds]]\nurl = "https://four.example"\n'


def test_editing_keeps_comments(path: Path) -> None:
    """The file is somebody's notebook as well."""
    changes = {"url": "https://uno.example", "folder": None, "enabled": False, "tags": ["a"], "headers": {"X": "1"}}
    edit.edit_feed(Target(path), ONE, changes)

    assert lost_lines(path) == ['url = "https://one.example/feed" # keep me']
    assert 'url = "https://uno.example" # keep me\n' in path.read_text()
    first = feeds(path)[0]
    assert (first.url, first.folder, first.is_enabled, first.tags) == ("https://uno.example", "", False, ("a",))
    assert first.headers == (("X", "1"),)


def test_removing_takes_the_entry_and_its_own_comments(path: Path) -> None:
    """And neither the neighbours' nor the commented-out entry between."""
    edit.remove_feed(Target(path), ONE)

    text = path.read_text()
    assert [feed.url for feed in feeds(path)] == [TWO, THREE]
    assert "# the best" not in text
    assert "# -- News\n\n# commented out\n# [[feeds]]\n" in text


@pytest.mark.parametrize("url", [ONE, TWO, THREE])
def test_removing_can_be_undone(path: Path, url: str) -> None:
    """`D` is one key, so `u` must bring all of it back."""
    before = feeds(path)

    removed, stamp = edit.remove_feed(Target(path), url)
    assert len(feeds(path)) == 2
    edit.restore(Target(path, stamp), removed)

    assert feeds(path) == before
    assert lost_lines(path) == []


def test_moving_and_renaming(path: Path) -> None:
    """Order in the file is order in the sidebar."""
    edit.move_feed(Target(path), THREE, before=ONE)
    assert [feed.url for feed in feeds(path)] == [THREE, ONE, TWO]
    edit.move_feed(Target(path), THREE)
    assert [feed.url for feed in feeds(path)] == [ONE, TWO, THREE]
    edit.move_feed(Target(path), ONE, before=THREE)
    assert [feed.url for feed in feeds(path)] == [TWO, ONE, THREE]

    edit.rename_folder(Target(path), "Nasional", "Indonesia/Umum")
    assert [feed.folder for feed in feeds(path)] == ["Dunia", "Indonesia/Umum", "Indonesia/Umum"]
    edit.rename_folder(Target(path), "Indonesia", "")
    assert [feed.folder for feed in feeds(path)] == ["Dunia", "Umum", "Umum"]
    assert [line for line in lost_lines(path) if not line.startswith("folder")] == []


def test_filters_too(path: Path) -> None:
    """F saves one; the dialog edits it; it can go."""
    edit.add_filter(Target(path), {"query": 'bola "x"', "name": "Bola"})
    edit.edit_filter(Target(path), "Natuna", {"notify": True})
    edit.edit_filter(Target(path), "Bola", {"action": "mute"})
    removed, _stamp = edit.remove_filter(Target(path), "Natuna")
    edit.restore(Target(path), removed)

    config = load(path)
    assert config.problems == ()
    assert [(saved.name, saved.query, saved.action, saved.notify) for saved in config.filters] == [
        ("Natuna", "natuna", "", True),
        ("Bola", 'bola "x"', "mute", False),
    ]
    assert lost_lines(path) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda target: edit.add_feed(target, {"url": ONE}),
        lambda target: edit.add_feed(target, {"url": "file:///etc/passwd"}),
        lambda target: edit.add_feed(target, {"url": "https://x.example", "titel": "x"}),
        lambda target: edit.add_feed(target, {"url": "https://x.example", "auth_command": ["x"]}),
        lambda target: edit.edit_feed(target, ONE, {"url": TWO}),
        lambda target: edit.edit_feed(target, ONE, {"refresh_minutes": 0}),
        lambda target: edit.edit_feed(target, ONE, {"url": None}),
        lambda target: edit.add_filter(target, {"name": "natuna", "query": "x"}),
        lambda target: edit.edit_filter(target, "Natuna", {"action": "explode"}),
    ],
)
def test_a_change_that_would_break_something_is_refused(path: Path, change: Callable[[Target], Stamp]) -> None:
    """The file on disk is never worse than before."""
    with pytest.raises(ConfigError):
        change(Target(path))

    assert path.read_text() == SOURCE


def test_old_problems_do_not_stop_a_change(path: Path) -> None:
    """A typing mistake elsewhere must not lock the dialog."""
    path.write_text(SOURCE + 'titel = "x"\n[[feeds]]\nurl = "' + ONE + '"\n')

    edit.add_feed(Target(path), {"url": "https://four.example", "folder": "Dunia"})

    assert len(load(path).feeds) == 4
    assert len(load(path).problems) == 2


def test_a_file_changed_meanwhile_is_left_alone(path: Path) -> None:
    """The editor in the other window wins."""
    seen = Stamp.of(path)
    path.write_text(SOURCE + "# saved in an editor\n")

    with pytest.raises(ConfigError, match="meanwhile"):
        edit.add_feed(Target(path, seen), {"url": "https://four.example"})

    assert path.read_text().endswith("# saved in an editor\n")


def test_what_is_not_there_cannot_be_changed(path: Path) -> None:
    """The list on screen may be older than the file."""
    with pytest.raises(NotFoundError):
        edit.edit_feed(Target(path), "https://no.example", {})
    with pytest.raises(NotFoundError):
        edit.remove_filter(Target(path), "No")
    with pytest.raises(NotFoundError):
        edit.rename_folder(Target(path), "No", "x")


@pytest.mark.parametrize(
    "source",
    [
        'feeds = [{url = "https://one.example/feed"}]',
        '[feeds]\nurl = "https://one.example/feed"',
        "[[feeds]]\nurl = ",
        None,
    ],
)
def test_a_file_of_another_form_is_refused_in_words(tmp_path: Path, source: str | None) -> None:
    """What Warta cannot change without harm it leaves to an editor."""
    path = tmp_path / "feeds.toml"
    if source is not None:
        path.write_text(source)

    with pytest.raises(ConfigError):
        edit.edit_feed(Target(path), ONE, {"title": "x"})

    assert not path.exists() or path.read_text() == source


def test_windows_line_ends_links_and_permissions_stay(path: Path, tmp_path: Path) -> None:
    """A dotfile is often a link into a repository, and sometimes holds a password."""
    path.write_bytes(b"\xef\xbb\xbf" + SOURCE.replace("\n", "\r\n").encode())
    path.chmod(0o600)
    link = tmp_path / "link.toml"
    link.symlink_to(path)

    edit.edit_feed(Target(link), TWO, {"title": "Dua"})

    content = path.read_bytes()
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert content.startswith(b"\xef\xbb\xbf#")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert feeds(path)[1].title == "Dua"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_told(path: Path) -> None:
    """A read-only home is a sentence, not a traceback."""
    path.parent.chmod(0o500)
    try:
        with pytest.raises(ConfigError):
            edit.add_feed(Target(path), {"url": "https://four.example"})
    finally:
        path.parent.chmod(0o700)


def test_every_feed_of_the_starter_can_go_and_come_back(tmp_path: Path) -> None:
    """The file most people have, with its long comments."""
    path = tmp_path / "feeds.toml"
    original = starter_path().read_text("utf-8")
    path.write_text(original, "utf-8")
    before = feeds(path)
    for feed in before:
        removed, _stamp = edit.remove_feed(Target(path), feed.url)
        assert [other.url for other in feeds(path)] == [other.url for other in before if other.url != feed.url]
        edit.restore(Target(path), removed)
        assert feeds(path) == before

    assert sorted(filter(None, path.read_text("utf-8").splitlines())) == sorted(filter(None, original.splitlines()))


_names = st.sampled_from(["one", "two", "three"])
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), _names, st.dictionaries(
            st.sampled_from(["title", "folder", "user_agent", "content"]), st.none() | st.text(max_size=12), max_size=3
        )),
        st.tuples(st.just("move"), _names, st.fixed_dictionaries({"before": _names})),
        st.tuples(st.just("cycle"), _names, st.just({})),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(steps=_steps)
def test_no_row_of_changes_loses_anything(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, dict[str, str | None]]]) -> None:  # fmt: skip  # noqa: E501
    """Whatever is done in whatever order, every feed and every comment is still there."""
    path = tmp_path_factory.mktemp("edits") / "feeds.toml"
    path.write_text(SOURCE)
    for step, name, changes in steps:
        url = f"https://{name}.example/feed"
        try:
            match step:
                case "edit":
                    edit.edit_feed(Target(path), url, changes)
                case "move":
                    edit.move_feed(Target(path), url, before=f"https://{changes['before']}.example/feed")
                case _:
                    removed, stamp = edit.remove_feed(Target(path), url)
                    edit.restore(Target(path, stamp), removed)
        except ConfigError:
            continue

    text = path.read_text()
    assert {feed.url for feed in load(path).feeds} == {ONE, TWO, THREE}
    for comment in ("# mine", "# ours", "# -- News", "# the best", "# keep me", "# touching", "# url", "# the end"):
        assert text.count(comment) == 1


def test_a_file_too_large_to_be_read_whole_is_never_changed(path: Path) -> None:
    """What lies behind the bound would be lost, and nobody would be told."""
    comments = b"# a comment\n" * (MAX_BYTES // 12 + 1)
    path.write_bytes(f'[[feeds]]\nurl = "{ONE}"\n'.encode() + comments + f'[[feeds]]\nurl = "{TWO}"\n'.encode())
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="larger than"):
        edit.remove_feed(Target(path), ONE)
    assert path.read_bytes() == before


def test_no_change_makes_the_file_too_large_to_be_read(path: Path) -> None:
    """Such a file could not even be brought back by undo."""
    with path.open("ab") as file:
        file.write(b"# a comment\n" * ((MAX_BYTES - len(SOURCE)) // 12))
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="larger than"):
        edit.add_feeds(Target(path), [{"url": f"https://{n}.example/feed", "name": "n" * 100} for n in range(10)])
    assert path.read_bytes() == before


def test_a_write_protected_file_is_left_alone(path: Path) -> None:
    """Whoever took the permission away meant it, though a file beside it could take its place."""
    path.chmod(0o444)
    with pytest.raises(ConfigError, match="read-only"):
        edit.remove_feed(Target(path), ONE)
    assert path.read_text() == SOURCE
    path.chmod(0o644)


def test_one_line_ended_otherwise_does_not_turn_the_whole_file(path: Path) -> None:
    """A line pasted from Windows is no reason to change all the others."""
    path.write_bytes(SOURCE.replace("# mine\n", "# mine\r\n").encode())
    edit.remove_feed(Target(path), ONE)
    assert b"\r" not in path.read_bytes()


def test_feeds_written_as_a_value_are_told_of(path: Path) -> None:
    """The parser's words for it tell nobody what to do."""
    path.write_text(f'feeds = [{{url = "{ONE}"}}]\n')
    for add in (edit.add_feed, lambda target, values: edit.add_feeds(target, [values])):
        with pytest.raises(ConfigError, match="not written as"):
            add(Target(path), {"url": TWO})
