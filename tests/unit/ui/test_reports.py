"""Reports of unexpected errors: they are pasted into bug reports."""

from __future__ import annotations

import re
from pathlib import Path

from reader.ui.reports import write_report


def raised() -> ValueError:
    try:
        raise ValueError(
            "https://budi:hunter2@berita.example/umpan?token=hunter3 \x1b]0;owned\x07 Authorization: hunter4"
        )
    except ValueError as error:
        return error


def test_a_report_keeps_no_secret_and_nothing_a_terminal_obeys(tmp_path: Path) -> None:
    """What an error says comes from a server or from feeds.toml; `cat` shows it on a terminal."""
    path = write_report(raised(), tmp_path)

    assert path is not None
    report = path.read_text()
    told = report[report.rindex("ValueError") :]
    assert "berita.example/umpan" in told
    assert not re.search("hunter|[\x00-\x08\x0b-\x1f\x7f-\x9f]", told)


def test_where_nothing_can_be_written_there_is_no_report(tmp_path: Path) -> None:
    """And no second error."""
    (tmp_path / "file").write_text("")

    assert write_report(raised(), tmp_path / "file") is None
