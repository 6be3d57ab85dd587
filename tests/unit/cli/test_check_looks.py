"""`warta check` finds what only the screen would notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_unknown_themes_and_commands_are_told_with_their_line(tmp_path: Path) -> None:
    """A mistake in the file is told with its line, whichever table it stands in."""
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[settings]\ntheme = "nosuch"\n\n[keys]\n"cursor.dwn" = "j"\n"cursor.down" = "q"\n')

    done = subprocess.run(
        [sys.executable, "-m", "reader", "check", "--feeds", str(feeds), "--data", str(tmp_path / "data")],
        capture_output=True,
        text=True,
        check=False,
    )

    lines = done.stdout.splitlines()
    assert done.returncode == 2
    assert [line.removeprefix(f"{feeds}:").partition(":")[0] for line in lines] == ["2", "4", "5"]
    assert "nosuch" in lines[0]
    assert "cursor.down" in lines[2]
