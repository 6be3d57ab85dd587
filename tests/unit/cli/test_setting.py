"""What a command may change."""

from __future__ import annotations

import io
from argparse import Namespace
from pathlib import Path

import pytest

from reader.cli.output import Output
from reader.cli.setting import Setting
from reader.config.locate import Located
from reader.errors import ConfigError


def test_the_file_that_ships_is_never_changed(tmp_path: Path) -> None:
    """Where no file of the user's can be made, the starter is read, but `warta add` must not write into it."""
    (tmp_path / "blocked").write_text("a file where a folder should be")
    located = Located(tmp_path / "blocked" / "feeds.toml", tmp_path, may_run_commands=True, origin="config_folder")

    with pytest.raises(ConfigError):
        Setting(Namespace(), located, Output(io.StringIO(), io.StringIO())).config_to_change()
