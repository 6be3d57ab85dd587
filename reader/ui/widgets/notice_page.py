"""A page of words where otherwise a pane would be blank."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from reader.light import dataclass
from reader.text.clean import clean

__all__ = ["NoticePage", "Offer", "Page", "page_content"]


class Offer(NamedTuple):
    """A key that helps, what it does, and the command behind it."""

    key: str
    label: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says."""

    title: str
    """A few words."""
    lines: tuple[str, ...] = ()
    """Sentences, a paragraph each; an empty one is air."""
    offers: tuple[Offer, ...] = ()
    """What can be done."""
    is_warning: bool = False
    """It tells of a trouble."""
    after: tuple[str, ...] = ()
    """Sentences below what can be done."""


def page_content(page: Page) -> Content:
    """The page as text; everything in it is taken literally."""
    parts: list[Content | tuple[str, str]] = [
        (clean(page.title), "bold $text-warning" if page.is_warning else "bold $text")
    ]
    if page.lines:
        parts.append(Content("\n"))
    parts += [(f"\n{clean(line)}", "$text-muted") for line in page.lines]
    if page.offers:
        parts.append(Content("\n"))
        width = max(len(offer.key) for offer in page.offers)
    for offer in page.offers:
        line = Content.assemble((offer.key.ljust(width), "bold $primary"), (f"  {offer.label}", "$text"))
        if offer.command:
            line = line.stylize(Style.from_meta({"@click": f"screen.command('{offer.command}')"}))
        parts += [Content("\n"), line]
    if page.after:
        parts.append(Content("\n"))
    parts += [(f"\n{clean(line)}", "$text-muted") for line in page.after]
    return Content.assemble(*parts)


class NoticePage(Static):
    """Shows a `Page`."""

    auto_links = False

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._page: Page | None = None
        self.display = False

    @property
    def page(self) -> Page | None:
        """What it shows; None: nothing."""
        return self._page

    def show(self, page: Page | None) -> None:
        """Show a page; None: leave."""
        if page != self._page:
            self._page = page
            self.update(page_content(page) if page else Content(""))
            self.display = page is not None
