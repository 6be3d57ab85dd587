"""The add dialog's second tab: the catalogue, searched as one types, with as many ticked as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from reader.core.catalogue import catalogue, search_catalogue
from reader.i18n import _, ngettext, number
from reader.ui.cells import simple
from reader.ui.dialogs.choice_list import ChoiceList
from reader.ui.dialogs.offers import Offer, as_choices, of_entry
from reader.ui.widgets.filter_bar import FilterInput

if TYPE_CHECKING:
    from reader.model.catalogue import CatalogueEntry
    from reader.ui.port import SubscriptionsPort
    from reader.ui.widgets.moving import Move

__all__ = ["CatalogueTab"]


class CatalogueTab(Vertical):
    """Lists the catalogue's sources."""

    DEFAULT_CSS = """
    CatalogueTab {
        height: 1fr;
        .said { height: 1; margin: 1 0; padding: 0 1; color: $text-muted; }
        .found { height: 1fr; min-height: 1; }
        .where { height: 3; padding: 0 1; color: $text-muted; margin-top: 1; }
        .line { height: 1; }
        .line Label { width: 12; padding: 0 1; color: $text-muted; }
    }
    """

    class Changed(Message):
        """Something else is offered or ticked."""

    field = query_one("#words", Input)
    folder_field = query_one("#catalogue-folder", Input)
    said = query_one(".said", Static)
    where = query_one(".where", Static)
    choices = query_one(ChoiceList)

    def __init__(
        self,
        subscriptions: SubscriptionsPort,
        *,
        folders: Sequence[str],
        entries: Sequence[CatalogueEntry] | None = None,
    ) -> None:
        """Make one; ``entries``: instead of the catalogue that ships."""
        super().__init__()
        self._subscriptions = subscriptions
        self._folders = tuple(folders)
        self._entries = None if entries is None else tuple(entries)
        self._offers: tuple[Offer, ...] = ()
        self._ticked: dict[str, Offer] = {}

    def compose(self) -> ComposeResult:
        """Words, sources, what the cursor is on, the folder."""
        yield FilterInput(placeholder=_("name, region, topic … such as kepri ekonomi"), id="words", compact=True)
        yield Static(Content(""), classes="said", markup=False)
        with Vertical(classes="found"):
            yield ChoiceList(mark="✓")
        yield Static(Content(""), classes="where", markup=False)
        with Horizontal(classes="line"):
            yield Label(Content(_("Folder")))
            yield FilterInput(
                id="catalogue-folder",
                placeholder=_("as in the catalogue"),
                compact=True,
                suggester=SuggestFromList(self._folders, case_sensitive=False),
            )

    def begin(self) -> None:
        """Read the catalogue, once it is looked at."""
        if self._entries is None:
            self._entries = catalogue()
        if not self._offers:
            self._find()

    @property
    def offer(self) -> Offer | None:
        """What the cursor is on."""
        choice = self.choices.choice if self._offers else None
        return self._offers[int(choice.value)] if choice is not None else None

    @property
    def chosen(self) -> tuple[Offer, ...]:
        """What is ticked; else what the cursor is on, if it can be followed."""
        if self._ticked:
            return tuple(self._ticked.values())
        offer = self.offer
        return (offer,) if offer is not None and offer.can_be_followed else ()

    def wishes(self) -> list[dict[str, object]]:
        """What is to be followed."""
        return [offer.wish("", self.folder_field.value) for offer in self.chosen if offer.followed is None]

    def move(self, move: Move) -> None:
        """Move among the sources."""
        self.choices.move(move)
        self._describe()

    def tick(self) -> None:
        """Tick the source under the cursor, or untick it, and go on to the next."""
        offer = self.offer
        if offer is None or offer.followed is not None or not offer.can_be_followed:
            return
        if self._ticked.pop(offer.url, None) is None:
            self._ticked[offer.url] = offer
        self._paint(keep=True)
        self.move("down")

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._find()

    @on(ChoiceList.Chosen)
    def _clicked(self) -> None:
        self.tick()

    def _find(self) -> None:
        if self._entries is None:
            return
        found = search_catalogue(self.field.value, self._entries)
        self._offers = tuple(of_entry(one, self._subscriptions.followed(one.url, one.kind)) for one in found)
        self._paint(keep=False)

    def _paint(self, *, keep: bool) -> None:
        ticked = frozenset(index for index, offer in enumerate(self._offers) if offer.url in self._ticked)
        self.choices.display = bool(self._offers)
        self.choices.show(as_choices(self._offers, ticked), with_headings=True, keep=keep)
        self._describe()

    def _describe(self) -> None:
        found = ngettext("{count} source", "{count} sources", len(self._offers))
        told = (
            [found.format(count=number(len(self._offers)))]
            if self._offers
            else [_("Nothing in the catalogue for that.")]
        )
        if self._ticked:
            told.append(_("{count} selected").format(count=number(len(self._ticked))))
        self.said.update(Content(" · ".join(told)))
        offer = self.offer
        lines = [] if offer is None else [offer.url, offer.remark]
        if offer is not None and offer.followed is not None:
            lines.insert(0, _("already added"))
        self.where.update(Content("\n".join(simple(line) for line in lines if line)))
        self.post_message(self.Changed())
