"""The add dialog's first tab: an address or a word, what was found there, and its name and folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label, Static

from reader.core.catalogue import search_catalogue
from reader.errors import ReaderError
from reader.i18n import _
from reader.ui.cells import simple
from reader.ui.dialogs.choice_list import ChoiceList
from reader.ui.dialogs.offers import Offer, as_choices, is_address, of_candidate, of_entry, of_page, progress_told
from reader.ui.widgets.filter_bar import FilterInput

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from textual.worker import Worker

    from reader.model.discovering import Candidate, DiscoveryProgress
    from reader.ui.port import SubscriptionsPort
    from reader.ui.widgets.moving import Move

__all__ = ["AddressTab"]

LEAST_LETTERS = 2
"""So many of a word are looked for in the catalogue."""
MOST_WORDS_FOUND = 40


class AddressTab(Vertical):
    """Searches, and offers what it finds."""

    DEFAULT_CSS = """
    AddressTab {
        height: 1fr;
        .said { height: auto; max-height: 4; margin: 1 0; padding: 0 1; color: $text-muted; }
        .said.-problem { color: $text-error; }
        .found { height: 1fr; min-height: 2; }
        .more { height: auto; }
        .where { height: auto; max-height: 6; padding: 0 1; color: $text-muted; margin-bottom: 1; }
        .line { height: 1; }
        .line Label { width: 12; padding: 0 1; color: $text-muted; }
    }
    """

    class Changed(Message):
        """Something else is offered or typed."""

    field = query_one("#address", Input)
    title_field = query_one("#title", Input)
    folder_field = query_one("#folder", Input)
    said = query_one(".said", Static)
    where = query_one(".where", Static)
    more = query_one(".more", Vertical)
    choices = query_one(ChoiceList)

    def __init__(
        self, subscriptions: SubscriptionsPort, *, now: Callable[[], datetime], zone: tzinfo, folders: Sequence[str],
        folder: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self._subscriptions = subscriptions
        self._now = now
        self._zone = zone
        self._folders = tuple(folders)
        self._folder = folder
        self._offers: tuple[Offer, ...] = ()
        self._searched = ""
        self._search: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """Address, what is found, name and folder."""
        yield FilterInput(placeholder=_("rri.co.id, or a keyword such as kepri"), id="address", compact=True)
        yield Static(Content(""), classes="said", markup=False)
        with Vertical(classes="found"):
            yield ChoiceList()
        with Vertical(classes="more"):
            yield Static(Content(""), classes="where", markup=False)
            with Horizontal(classes="line"):
                yield Label(Content(_("Name")))
                yield FilterInput(id="title", compact=True)
            with Horizontal(classes="line"):
                yield Label(Content(_("Folder")))
                suggester = SuggestFromList(self._folders, case_sensitive=False)
                yield FilterInput(self._folder, id="folder", compact=True, suggester=suggester)

    def on_mount(self) -> None:
        """Nothing is offered yet."""
        self._show(())
        self._invite()

    @property
    def is_searching(self) -> bool:
        """A search is under way."""
        return self._search is not None and self._search.is_running

    @property
    def offer(self) -> Offer | None:
        """What the cursor is on."""
        choice = self.choices.choice if self._offers else None
        return self._offers[int(choice.value)] if choice is not None else None

    @property
    def wants_search(self) -> bool:
        """Enter would search: an address was typed that was not looked at yet."""
        typed = self.field.value.strip()
        return is_address(typed) and typed != self._searched

    def start(self) -> None:
        """Look at the address."""
        self._searched = self.field.value.strip()
        self._show(())
        self._say(_("searching …"))
        self._search = self.run_worker(self._look, group="search", exclusive=True, exit_on_error=False)
        self.post_message(self.Changed())

    def stop(self) -> None:
        """Give the search up; the address can be looked at again."""
        if self._search is not None:
            self._search.cancel()
        self._search, self._searched = None, ""
        self._say(_("Search stopped."))
        self.post_message(self.Changed())

    def move(self, move: Move) -> None:
        """Move among what is offered."""
        self.choices.move(move)
        self._describe()

    def wish(self) -> dict[str, object] | None:
        """What is to be followed; None: nothing is chosen."""
        offer = self.offer
        return offer.wish(self.title_field.value, self.folder_field.value) if offer is not None else None

    async def _look(self) -> None:
        try:
            found = await self._subscriptions.discover(self._searched, self._heard)
        except ReaderError as error:
            self._say(str(error), is_problem=True)
            return
        finally:
            self._search = None
        offers = tuple(self._offer_of(candidate) for candidate in found.candidates)
        if offers:
            self._show(offers)
            self._say(_("Which of these?") if len(offers) > 1 else _("Found:"))
        else:
            if found.page is not None:
                self._say(_("No feed found, but the page itself lists articles:"))
            else:
                self._say(found.sentence, is_problem=True)
            # As typed it may hold a login; without a protocol only the search knows which one answers.
            address = self._searched if "://" in self._searched else found.page_url or self._searched
            self._show((of_page(address, found, self._now(), self._zone),) if found.was_page else ())
        self.post_message(self.Changed())

    def _heard(self, progress: DiscoveryProgress) -> None:
        self._say(progress_told(progress))

    def _offer_of(self, candidate: Candidate) -> Offer:
        followed = self._subscriptions.followed(candidate.url, candidate.kind)
        return of_candidate(candidate, followed, self._now(), self._zone)

    @on(Input.Changed, "#address")
    def _typed(self) -> None:
        typed = self.field.value.strip()
        if self.is_searching or typed == self._searched:
            return
        if is_address(typed) or len(typed) < LEAST_LETTERS:
            self._show(())
            self._invite(typed)
        else:
            self._find_words(typed)
        self.post_message(self.Changed())

    @on(ChoiceList.Chosen)
    def _clicked(self) -> None:
        self._describe()

    def _find_words(self, typed: str) -> None:
        found = search_catalogue(typed)[:MOST_WORDS_FOUND]
        self._show([of_entry(entry, self._subscriptions.followed(entry.url, entry.kind)) for entry in found])
        if found:
            self._say(_("In the catalogue:"))
        else:
            self._say(_("Nothing in the catalogue. Try an address, such as rri.co.id."))

    def _invite(self, typed: str = "") -> None:
        followed = self._subscriptions.followed(typed if "://" in typed else f"https://{typed}") if typed else None
        if followed is not None:
            self._say(_("Already added, as “{title}”.").format(title=simple(followed.title or followed.url)))
        else:
            self._say(
                _("Type the address of a site, page or feed to find its feed, or a word to search the catalogue.")
            )

    def _say(self, text: str, *, is_problem: bool = False) -> None:
        self.said.update(Content(simple(text)))
        self.said.set_class(is_problem, "-problem")

    def _show(self, offers: Sequence[Offer]) -> None:
        self._offers = tuple(offers)
        self.choices.display = self.more.display = bool(offers)
        self.choices.show(as_choices(self._offers), with_headings=True)
        self._describe()

    def _describe(self) -> None:
        offer = self.offer
        if offer is None:
            return
        text = offer.url
        if offer.followed is not None:
            text = _("already added: {url}").format(url=offer.url)
        elif offer.remark:
            text = f"{offer.url}\n{offer.remark}"
        self.where.update(Content("\n".join(map(simple, text.split("\n")))))
        self.title_field.placeholder = simple(offer.title)
        self.folder_field.placeholder = simple(offer.folder)
        self.post_message(self.Changed())
