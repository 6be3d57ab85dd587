"""What is saved never takes the place of something else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.core.keeping import Part, keep


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    """Saving twice keeps both."""
    folder = tmp_path / "new" / "folder"
    paths = [keep(folder, "a.md", str(n).encode()) for n in range(3)]

    assert [path.name for path in paths] == ["a.md", "a (2).md", "a (3).md"]
    assert [path.read_text() for path in paths] == ["0", "1", "2"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in paths)


def test_a_link_that_is_there_is_not_followed(tmp_path: Path) -> None:
    """What it points to is not ours."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "a.md").symlink_to(victim)
    (tmp_path / "b.md").symlink_to(tmp_path / "nowhere")

    assert keep(tmp_path, "a.md", b"new").name == "a (2).md"
    assert keep(tmp_path, "b.md", b"new").name == "b (2).md"
    assert victim.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_without_hard_links_nothing_is_overwritten_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory cards have none."""

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "a.md").write_text("old")

    assert keep(tmp_path, "a.md", b"new").read_bytes() == b"new"
    assert (tmp_path / "a.md").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2


def test_what_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    """Half an episode is no episode."""
    part = Part(tmp_path, "a.mp3")
    part.write(b"half")
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3.part"]
    part.drop()

    assert list(tmp_path.iterdir()) == []


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    """Two copies of Warta, or one asked twice."""
    first, second = Part(tmp_path, "a.mp3"), Part(tmp_path, "a.mp3")
    first.write(b"1")
    second.write(b"2")

    assert second.finish().read_bytes() == b"2"
    assert first.finish().read_bytes() == b"1"
