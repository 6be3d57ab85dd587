"""The demo's feeds.toml."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reader.config.load import load
from reader.demo.articles import SOURCES
from reader.demo.server import NewsServer
from reader.light import dataclass

if TYPE_CHECKING:
    from reader.demo.articles import DemoSource
    from reader.model import Config

__all__ = ["Demo", "demo", "feeds_toml"]


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo."""

    config: Config
    """Its feeds."""
    data_dir: Path
    """An empty folder that goes with it."""
    server: NewsServer
    """Its server."""


@contextmanager
def demo(now: datetime | None = None) -> Iterator[Demo]:
    """A loopback server with its feeds.toml and an empty data folder; nothing is left afterwards.

    Args:
        now: The articles are dated back from here; None: the wall clock.

    """
    with (
        TemporaryDirectory(prefix="warta-demo-", ignore_cleanup_errors=True) as folder,
        NewsServer(now or datetime.now(UTC)) as server,
    ):
        path = Path(folder) / "feeds.toml"
        path.write_text(feeds_toml(server.base), encoding="utf-8")
        data_dir = Path(folder) / "data"
        yield Demo(load(path, last_good=None, may_run_commands=False), data_dir, server)


def feeds_toml(base: str) -> str:
    """A feeds.toml for a server at an address (no slash at the end)."""
    filters = """
[[filters]]
name = "Natuna"
query = "natuna OR ranai"
"""
    return "\n".join(_entry(source, base) for source in SOURCES) + filters


def _entry(source: DemoSource, base: str) -> str:
    # Named at once: before the first answer all that would be known of them is one and the same host.
    lines = ["[[feeds]]", f'url = "{base}/{source.name}/feed"', f'title = "{source.title}"']
    lines.append(f'folder = "{source.folder}"')
    if source.title_tail:
        lines.append(f'title_strip = ["{source.title_tail}"]')
    if source.shape == "rss_snippets":
        lines += ['content = "#news-content"', 'remove = [".baca-juga"]']
    return "\n".join(lines) + "\n"
