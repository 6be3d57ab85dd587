"""Lists of what an article leads to and brings along: its links, its files. Pure but for the dialog they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _, decimal, number
from reader.text.filenames import download_name
from reader.text.urls import display_host
from reader.ui.article.linking import named_links
from reader.ui.dialogs.choices import Choice
from reader.ui.dialogs.picker import Other, Picker

if TYPE_CHECKING:
    from reader.model import Enclosure
    from reader.ui.article.layout import Page

__all__ = ["file_kind", "files_picker", "links_picker", "size_text", "time_text"]

Act = Callable[[Choice], None]


def links_picker(page: Page, *, open_: Callable[[str], None], copy: Act) -> Picker | None:
    """A page's links with the hosts they really lead to; None if there are none.

    Choosing one opens it, as its digit does; ``open_`` is only called for digits.
    """
    links = named_links(page)
    width = len(str(len(links)))
    choices = [
        Choice("link", link.url, link.words, key=link.host, lead=f"{link.number:>{width}}  ")
        for link in links
        if link.url
    ]
    if not choices:
        return None
    digits = [Other(str(link.number), "", partial(_opened, open_, link.url)) for link in links[:9] if link.url]
    return Picker(_("Links"), choices, enter=_("open"), others=[Other("y", _("copy"), copy), *digits])


def files_picker(
    files: Sequence[Enclosure],
    *,
    coming: Collection[str],
    is_playing: bool,
    plays: bool,
    download: Act,
    copy: Act,
    stop: Act,
) -> Picker:
    """The files of an article: choosing one plays or opens it.

    Args:
        files: At least one.
        coming: Addresses of those being downloaded.
        is_playing: Something plays.
        plays: A player is configured; else the browser opens them.
        download: Downloads one, or stops its download.
        copy: Copies an address.
        stop: Stops what plays.

    """
    choices = [
        Choice(
            "file",
            index,
            file.title or download_name(file.url, content_type=file.type, otherwise=_("file")),
            " · ".join(filter(None, (_("downloading…") if file.url in coming else "", *_about(file)))),
            key=display_host(file.url),
        )
        for index, file in enumerate(files)
    ]
    others = [
        Other("d", _("download") if not coming else _("download, or stop it"), download),
        Other("y", _("copy"), copy),
    ]
    if is_playing:
        others.insert(1, Other("s", _("stop playing"), stop))
    return Picker(_("Enclosures"), choices, enter=_("play") if plays else _("open"), others=others)


def _opened(open_: Callable[[str], None], url: str, _choice: Choice) -> None:
    open_(url)


def file_kind(file: Enclosure) -> str:
    """What a file is, in a word."""
    kind = file.type.partition("/")[0]
    return {"audio": _("audio"), "video": _("video"), "image": _("image")}.get(kind, file.type)


def time_text(seconds: int) -> str:
    """``31:34``, ``1:02:03``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size_text(size: int) -> str:
    """``340 KB``, ``30 MB``, ``1.5 GB``, as the language writes numbers."""
    if size >= 1_000_000_000:
        return f"{decimal(size / 1_000_000_000)} GB"
    if size >= 1_000_000:
        return f"{number(round(size / 1_000_000))} MB"
    return f"{number(-(-size // 1_000))} KB"


def _about(file: Enclosure) -> tuple[str, ...]:
    return (
        file_kind(file),
        time_text(file.duration_seconds) if file.duration_seconds else "",
        size_text(file.length) if file.length else "",
    )
