"""What the reader takes out of Warta: articles as files and as JSON, the files that come with them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from reader.core.keeping import Part, keep
from reader.core.piping import run_command
from reader.core.records import article_markdown, article_record, cleaned
from reader.fetch.threads import in_thread
from reader.i18n import _, number
from reader.light import dataclass
from reader.model import Fetched, Settings
from reader.text.clean import clean_line
from reader.text.filenames import download_name, file_name
from reader.text.times import local
from reader.text.urls import without_credentials

if TYPE_CHECKING:
    from datetime import tzinfo

    from reader.core.piping import Ran
    from reader.fetch.client import Fetcher
    from reader.fetch.receiving import Beginning
    from reader.model import Article, Config, Enclosure, Feed

__all__ = ["MAX_FILE_BYTES", "Coming", "Kept", "Outgoing", "downloads_folder", "refusal"]

MAX_FILE_BYTES = 4 * 1024**3
"""Largest file downloaded."""
_SPARE_BYTES = 200 * 1024**2
"""So much of the disk stays free."""
_CHUNK_BYTES = 1024**2
"""Written at once."""


class Source(Protocol):
    """What is needed of the reader."""

    @property
    def config(self) -> Config:
        """feeds.toml as obeyed."""
        ...

    @property
    def zone(self) -> tzinfo:
        """The reader's time zone."""
        ...

    async def article(self, article_id: int) -> Article:
        """One article, whole."""
        ...

    async def feeds(self) -> tuple[Feed, ...]:
        """Feeds in file order."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping something."""

    path: Path | None
    """The file; None: it was not kept."""
    sentence: str
    """What to tell the reader."""


@dataclass(frozen=True, slots=True)
class Coming:
    """How far a download is."""

    name: str
    """What the file is called."""
    received: int
    """Bytes so far."""
    total: int | None
    """Bytes in all; None: not told."""


Listener = Callable[[Coming], None]
Result = TypeVar("Result")


class _StoppedError(Exception):
    """A file cannot be kept; says why."""


class Outgoing:
    """Saves, pipes and downloads."""

    def __init__(self, reader: Source, fetcher: Callable[[], Awaitable[Fetcher]]) -> None:
        self._reader = reader
        self._fetcher = fetcher

    async def save(self, article_id: int) -> Kept:
        """Keep an article as a Markdown file. Raises: NotFoundError."""
        article = await self._reader.article(article_id)
        folder = downloads_folder(self._reader.config)
        day = local(article.published or article.row.date, self._reader.zone).date().isoformat()
        name = file_name(f"{day} {article.row.title}", ".md", otherwise=_("article"))
        content = markdown_file(article, self._reader.zone).encode("utf-8", "replace")
        try:
            path = await in_thread(lambda: keep(folder, name, content))
        except OSError as error:
            return Kept(None, _not_written(folder, error))
        return Kept(path, _("Saved as {path}").format(path=shown(path)))

    async def record(self, article_id: int) -> str:
        """An article as JSON, as ``warta show --format json`` prints it. Raises: NotFoundError."""
        article = await self._reader.article(article_id)
        feeds = {feed.id: feed for feed in await self._reader.feeds()}
        return json.dumps(cleaned(article_record(article, feeds)), ensure_ascii=False)

    async def pipe(self, article_id: int) -> Ran:
        """Give an article to the configured command; there must be one. Raises: NotFoundError."""
        return await run_command(self._reader.config.settings.pipe, await self.record(article_id))

    async def download(self, enclosure: Enclosure, feed_id: int, listener: Listener) -> Kept:
        """Download what comes with an article. Cancelling leaves nothing behind."""
        from reader.fetch.reasons import reason

        folder = downloads_folder(self._reader.config)
        config = next((feed.config for feed in await self._reader.feeds() if feed.id == feed_id), None)
        download = _Download(folder, enclosure, listener)
        try:
            fetcher = await self._fetcher()
            answer = await fetcher.file(enclosure.url, download, config=config)
            if not isinstance(answer, Fetched):
                return Kept(None, reason(answer.failure, answer.status))
            path = await download.finish()
        except _StoppedError as stopped:
            return Kept(None, str(stopped))
        finally:
            download.drop()
        return Kept(path, _("Downloaded to {path}").format(path=shown(path)))


class _Download:
    """A file on its way to the disk."""

    def __init__(self, folder: Path, enclosure: Enclosure, listener: Listener) -> None:
        self._folder = folder
        self._enclosure = enclosure
        self._listener = listener
        self._part: Part | None = None
        self._waiting = bytearray()
        self._coming = Coming("", 0, None)
        self._is_given_up = False

    async def begin(self, beginning: Beginning) -> None:
        """Make the file, if there is room for it."""
        name = download_name(
            beginning.url,
            disposition=beginning.disposition,
            content_type=beginning.content_type or self._enclosure.type,
            otherwise=self._enclosure.title or _("file"),
        )
        self._coming = Coming(name, 0, beginning.length)
        if (beginning.length or 0) > MAX_FILE_BYTES:
            raise _StoppedError(_too_large())
        await self._writing(lambda: self._make(name, beginning.length or 0))
        self._listener(self._coming)

    async def take(self, piece: bytes) -> None:
        """Some more of it."""
        self._waiting += piece
        self._coming = Coming(self._coming.name, self._coming.received + len(piece), self._coming.total)
        if self._coming.received > MAX_FILE_BYTES:
            raise _StoppedError(_too_large())
        if len(self._waiting) >= _CHUNK_BYTES:
            await self._write()
        self._listener(self._coming)

    async def finish(self) -> Path:
        """All of it came."""
        await self._write()
        part = self._part
        assert part is not None
        path = await self._writing(part.finish)
        self._part = None
        return path

    def drop(self) -> None:
        """Give up what is not whole."""
        self._is_given_up = True
        if self._part is not None:
            self._part.drop()
            self._part = None

    def _make(self, name: str, length: int) -> None:
        self._part = part = Part(self._folder, name)
        if self._is_given_up:  # meanwhile, in the loop's thread
            part.drop()
        self._see_to_room(name, length)

    async def _write(self) -> None:
        part, content = self._part, bytes(self._waiting)
        self._waiting.clear()
        if part is not None and content:
            await self._writing(lambda: self._add(part, content))

    def _add(self, part: Part, content: bytes) -> None:
        # Not every server says how long it will be.
        self._see_to_room(part.name, len(content))
        part.write(content)

    def _see_to_room(self, name: str, length: int) -> None:
        if shutil.disk_usage(self._folder).free < length + _SPARE_BYTES:
            raise _StoppedError(_("Not enough disk space for {name}.").format(name=name))

    async def _writing(self, call: Callable[[], Result]) -> Result:
        try:
            return await in_thread(call)
        except OSError as error:
            raise _StoppedError(_not_written(self._folder, error)) from error


def downloads_folder(config: Config) -> Path:
    """Where files are kept. A folder named by a feeds.toml that may run no commands is not obeyed either.

    Whoever wrote that file could have things put where programs are started from.
    """
    wished = config.settings.downloads
    if wished == Settings().downloads or not config.may_run_commands:
        import platformdirs

        return platformdirs.user_downloads_path()
    return Path.home() / Path(wished).expanduser()


def refusal(config: Config, key: Literal["pipe", "player"]) -> str:
    """Why a command is not run: it was refused where it stands, or none is configured; empty: there is one."""
    if config.settings.pipe if key == "pipe" else config.settings.player:
        return ""
    refused = next((str(problem) for problem in config.problems if problem.key == key), "")
    if refused:
        return refused
    if key == "pipe":
        return _('No command to pipe to: write pipe = ["jq", "."] under [settings] in feeds.toml')
    return _('No player: write player = ["mpv"] under [settings] in feeds.toml')


def markdown_file(article: Article, zone: tzinfo) -> str:
    """An article as a Markdown file: what it is in front, as other programs read it, then the text."""
    row = article.row
    facts: dict[str, str | list[str]] = {
        "title": row.title,
        "source": row.feed,
        "author": row.author,
        "date": local(article.published or row.date, zone).isoformat(timespec="seconds"),
        "url": without_credentials(row.url),
        "tags": list(row.tags),
    }
    # Every JSON string is a YAML one.
    front = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    return "\n".join(["---", *front, "---", "", article_markdown(article, zone), ""])


def shown(path: Path) -> str:
    """A path as it is told: ``~`` for the home folder."""
    try:
        return clean_line(f"~/{path.relative_to(Path.home()).as_posix()}")
    except (ValueError, RuntimeError):
        return clean_line(str(path))


def _not_written(folder: Path, error: OSError) -> str:
    reason = clean_line(error.strerror or str(error))
    return _("Cannot write to {folder}: {reason}.").format(folder=shown(folder), reason=reason)


def _too_large() -> str:
    return _("The file is larger than {size} GB.").format(size=number(MAX_FILE_BYTES // 1024**3))
