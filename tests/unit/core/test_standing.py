"""A feeds.toml saved half-done while Warta runs: what stood there before stays in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config.load import load, loads
from reader.core.standing import kept
from reader.model import Config

PATH = Path("feeds.toml")
GOOD = """\
[settings]
theme = "warta-light"
refresh_minutes = 30

[[feeds]]
url = "https://one.example/feed"
title = "Satu"
refresh_minutes = 90
enabled = false

[[feeds]]
url = "https://two.example/feed"
keep_days = 7

[keys]
"article.star" = "f"
"""


def read(text: str) -> Config:
    config = loads(text.encode(), PATH, may_run_commands=True)
    assert isinstance(config, Config)
    return config


def after(old: str, new: str) -> Config:
    """What is obeyed once a piece of the file was saved as another."""
    return kept(read(GOOD.replace(old, new)), read(GOOD))


def test_a_good_file_is_obeyed_as_it_is() -> None:
    """Also what was taken away."""
    config = after("refresh_minutes = 90\n", "")

    assert config == read(GOOD.replace("refresh_minutes = 90\n", ""))
    assert config.feeds[0].refresh_minutes is None


def test_a_bad_setting_leaves_the_one_before() -> None:
    """Not Warta's default, which nobody asked for."""
    assert after("minutes = 30", "minutes = 3").settings.refresh_minutes == 30
    assert after('"f"', "7").keys == {"article.star": "f"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes = 90", 'minutes = "sering"'),
        ("enabled = false", "enabled = 0"),
        ("keep_days = 7", "keep_days = -7"),
        ('"Satu"', "1"),
        ('"https://two.example/feed"', '"htps://two.example/feed"'),
        ('"https://one.example/feed"', '"https://"'),
        ("[[feeds]]\nurl = \"https://two", "[[feeds]]\nurl = 5\n[[feeds]]\nurl = \"https://two"),
    ],
)  # fmt: skip
def test_a_bad_value_of_a_feed_leaves_the_one_before(old: str, new: str) -> None:
    """A feed neither vanishes nor runs wild while its entry is typed."""
    config = after(old, new)

    assert config.problems
    assert [(f.url, f.title, f.refresh_minutes, f.is_enabled, f.keep_days) for f in config.feeds] == [
        ("https://one.example/feed", "Satu", 90, False, None),
        ("https://two.example/feed", "", None, True, 7),
    ]


def test_a_feed_taken_out_is_gone_whatever_else_is_wrong() -> None:
    """Mistakes elsewhere bring nothing back."""
    text = GOOD.partition("[[feeds]]\nurl = \"https://two")[0] + 'titel = "x"\n'  # fmt: skip

    assert [feed.url for feed in kept(read(text), read(GOOD)).feeds] == ["https://one.example/feed"]


def test_a_file_that_is_none_leaves_everything(tmp_path: Path) -> None:
    """Some editors take the file away before they write it again."""
    path = tmp_path / "feeds.toml"
    path.write_text(GOOD)
    before = load(path)
    path.write_text("[[feeds\n")
    broken = load(path)
    path.unlink()

    for new in (broken, load(path)):
        config = kept(new, before)
        assert (config.feeds, config.settings) == (before.feeds, before.settings)
        assert config.problems == new.problems
