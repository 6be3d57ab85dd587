"""What may be followed, as the add dialog offers it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.core.catalogue import checked_sentence, told
from reader.core.discover import candidate_told
from reader.i18n import _
from reader.light import dataclass
from reader.text.urls import display_host, web_url, without_secrets
from reader.ui.cells import fit, simple
from reader.ui.dialogs.choices import Choice, Ranked

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from reader.model import FeedConfig
    from reader.model.catalogue import CatalogueEntry
    from reader.model.discovering import Candidate, Discovery, DiscoveryProgress

__all__ = ["Offer", "as_choices", "is_address", "of_candidate", "of_entry", "of_page", "progress_told"]

NAME_CELLS = 28
"""A longer name pushes what is said of it to the right."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to follow."""

    title: str
    """What it calls itself."""
    url: str
    """Its address, as it may be shown."""
    note: str
    """What it is and what it brings."""
    values: Mapping[str, object]
    """Its keys in feeds.toml, but for title and folder."""
    folder: str = ""
    """Where it would go; empty: nowhere."""
    group: str = ""
    """The heading it stands under."""
    remark: str = ""
    """What a person should know before following it."""
    followed: FeedConfig | None = None
    """The entry that follows it already."""
    can_be_followed: bool = True
    """False: it is told only to say why not."""
    needs_form: bool = False
    """It wants more than a name and a folder."""

    def wish(self, title: str, folder: str) -> dict[str, object]:
        """Its entry in feeds.toml; an empty title leaves it its own."""
        named = {**self.values, "folder": folder.strip(" /") or self.folder or None}
        return {**named, "title": title.strip() or named.get("title")}


def of_candidate(candidate: Candidate, followed: FeedConfig | None, now: datetime, zone: tzinfo) -> Offer:
    """What a search found."""
    values: dict[str, object] = {"url": candidate.url}
    if candidate.kind != "feed":
        values["kind"] = candidate.kind
    if candidate.auth:
        values["auth"] = candidate.auth
    remark = _("The login in the address is saved as auth.") if candidate.auth else ""
    return Offer(
        candidate.title,
        without_secrets(candidate.url),
        candidate_told(candidate, now, zone),
        values,
        remark=remark,
        followed=followed,
    )


def of_entry(entry: CatalogueEntry, followed: FeedConfig | None) -> Offer:
    """A source of the catalogue."""
    values = {key: value for key, value in entry.values().items() if key != "folder"}
    topics = [told(word) for word in (*entry.regions[:1], *entry.topics[:1])]
    state = "" if entry.status == "tried" else checked_sentence(entry)
    return Offer(
        entry.name,
        entry.url,
        " · ".join(filter(None, (*topics, state))),
        values,
        folder=entry.folder,
        group=told(entry.group),
        remark=" · ".join(filter(None, (checked_sentence(entry), told(entry.note)))),
        followed=followed,
        can_be_followed=entry.can_be_followed,
    )


def of_page(address: str, found: Discovery, now: datetime, zone: tzinfo) -> Offer:
    """The page itself, where a site has no feed: as it seems to be, or to be described."""
    title = _("Add the page itself")
    if found.page is not None:
        page = found.page
        values: dict[str, object] = {"url": page.url, "kind": "page", "link_pattern": found.link_pattern}
        if page.auth:
            values["auth"] = page.auth
        remark = _("articles: links matching {pattern}").format(pattern=found.link_pattern)
        note = candidate_told(page, now, zone)
        return Offer(page.title, without_secrets(page.url), note, values, remark=remark)
    url = web_url(address if "://" in address else "https://" + address.strip())
    note = _("its links become articles")
    return Offer(title, without_secrets(url), note, {"url": url, "kind": "page"}, needs_form=True)


def as_choices(offers: Sequence[Offer], ticked: frozenset[int] = frozenset()) -> list[Ranked]:
    """The offers as lines of a list, what is said of them one under the other."""
    names = _names(offers)
    width = min(max(map(cell_len, names), default=0), NAME_CELLS)
    return [
        Ranked(
            Choice(
                "offer",
                number,
                fit(name, max(width, cell_len(name))),
                offer.note,
                key=_("added") if offer.followed else "" if offer.can_be_followed else "–",
                group=offer.group,
                is_current=number in ticked,
            )
        )
        for number, (offer, name) in enumerate(zip(offers, names, strict=True))
    ]


def _names(offers: Sequence[Offer]) -> list[str]:
    """The offers' titles; where two are the same, with what tells their addresses apart."""
    titles = [simple(offer.title) for offer in offers]
    return [
        f"{title} {offer.url.partition('://')[2].partition('/')[2]}" if titles.count(title) > 1 else title
        for title, offer in zip(titles, offers, strict=True)
    ]


def is_address(text: str) -> bool:
    """Whether what was typed is an address rather than words to look for."""
    typed = text.strip()
    return "://" in typed or (" " not in typed and ("." in typed.strip(".") or typed.startswith("localhost")))


def progress_told(progress: DiscoveryProgress) -> str:
    """How far a search is: ``rri.co.id/feed/ · 3 of at most 12 requests``."""
    place = progress.url.partition("://")[2] or display_host(progress.url)
    most = _("{count} of up to {most} requests").format(count=progress.asked, most=progress.most)
    return f"{place.rstrip('/')} · {most}"
