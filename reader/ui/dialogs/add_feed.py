"""The dialog that finds something to follow: by its address, or in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input, Static
from textual.worker import WorkType

from reader.core.subscriptions import FeedsAdded
from reader.errors import ReaderError
from reader.i18n import _, number
from reader.light import dataclass
from reader.ui.dialogs.address_tab import AddressTab
from reader.ui.dialogs.catalogue_tab import CatalogueTab
from reader.ui.textual_inside import Guarded

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from reader.model import FeedConfig
    from reader.model.catalogue import CatalogueEntry
    from reader.ui.port import SubscriptionsPort
    from reader.ui.widgets.moving import Move

__all__ = ["AddDialog", "Followed", "PageWish"]


ROOM_FOR_ALL_KEYS = 72


@dataclass(frozen=True, slots=True)
class Followed:
    """What is chosen is followed already: the reader wants to go there."""

    config: FeedConfig
    """Its entry."""


@dataclass(frozen=True, slots=True)
class PageWish:
    """A page is to be followed that needs to be told what on it is an article."""

    values: Mapping[str, object]
    """What is known of its entry."""


class AddDialog(Guarded, ModalScreen[FeedsAdded | Followed | PageWish | None]):
    """Returns what was followed; what is to be gone to or described; None if it was left."""

    AUTO_FOCUS = "#address"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "go", show=False),
        Binding("ctrl+t", "turn", show=False),
        Binding("down,ctrl+n", "move('down')", show=False),
        Binding("up,ctrl+p", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("tab", "tab", show=False),
        Binding("shift+tab", "app.focus_previous", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
    DEFAULT_CSS = """
    AddDialog {
        align: center middle;
        background: $background 70%;
        .box { width: 88; max-width: 100%; height: 28; max-height: 100%; padding: 1 2; background: $surface; }
        .top { height: 1; margin-bottom: 1; }
        .title { width: 1fr; padding: 0 1; color: $text; text-style: bold; }
        .tab { width: auto; padding: 0 1; margin-left: 1; color: $text-muted; }
        .tab.-on { color: $text-accent; text-style: bold underline; }
        Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $background; }
        Input:focus { border: none; }
        .problem { height: auto; max-height: 3; padding: 0 1; color: $text-error; display: none; }
        .keys { height: 1; margin-top: 1; padding: 0 1; color: $text-muted; }
        &:ansi .box { border: round $border; }
        &.-low .box { padding: 0 1; }
        &.-low .top, &.-low .said, &.-low .where { margin: 0; }
        &.-low .keys { margin: 0; }
    }
    """

    box = query_one(".box", Vertical)
    address = query_one(AddressTab)
    catalogue = query_one(CatalogueTab)
    problem = query_one(".problem", Static)
    keys = query_one(".keys", Static)

    def __init__(
        self,
        subscriptions: SubscriptionsPort,
        *,
        now: Callable[[], datetime],
        zone: tzinfo,
        folders: Sequence[str] = (),
        folder: str = "",
        entries: Sequence[CatalogueEntry] | None = None,
    ) -> None:
        """Make one.

        Args:
            subscriptions: Finds and follows.
            now: The clock.
            zone: The reader's time zone.
            folders: Those there are.
            folder: The one proposed.
            entries: Instead of the catalogue that ships.

        """
        super().__init__()
        self._subscriptions = subscriptions
        self._parts = (
            AddressTab(subscriptions, now=now, zone=zone, folders=folders, folder=folder),
            CatalogueTab(subscriptions, folders=folders, entries=entries),
        )
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """Tabs, the one that is open, what is wrong, the keys."""
        with Vertical(classes="box"):
            with Horizontal(classes="top"):
                yield Static(Content(_("Add a feed")), classes="title")
                for tab, label in (("address", _("Address")), ("catalogue", _("Catalogue"))):
                    style = Style.from_meta({"@click": f"screen.turn('{tab}')"})
                    yield Static(Content(label).stylize(style), classes=f"tab {tab}")
            yield from self._parts
            yield Static(Content(""), classes="problem", markup=False)
            yield Static(Content(""), classes="keys", markup=False)

    def on_mount(self) -> None:
        """The address first."""
        self._open("address")

    @property
    def is_in_catalogue(self) -> bool:
        """The catalogue's tab is open."""
        return self.catalogue.display

    def action_turn(self, tab: str = "") -> None:
        """Open the other tab, or a certain one."""
        self._open(tab or ("address" if self.is_in_catalogue else "catalogue"))

    def action_move(self, move: Move) -> None:
        """Move among what is offered."""
        (self.catalogue if self.is_in_catalogue else self.address).move(move)

    def action_tab(self) -> None:
        """In the catalogue: tick. Else: the next field."""
        if self.is_in_catalogue and self.focused is self.catalogue.field:
            self.catalogue.tick()
        else:
            self.focus_next()

    def action_leave(self) -> None:
        """Give a search up; else leave."""
        if self.address.is_searching and not self.is_in_catalogue:
            self.address.stop()
        else:
            self.dismiss(None)

    def action_go(self) -> None:
        """Look at the address; or follow what is chosen."""
        if self._is_busy:
            return
        if self.is_in_catalogue:
            self._follow_ticked()
        elif self.address.wants_search:
            self.address.start()
        elif not self.address.is_searching:
            self._follow_offer()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box leaves."""
        if not self.box.region.contains_point(event.screen_offset):
            self.dismiss(None)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_go()

    @on(AddressTab.Changed)
    @on(CatalogueTab.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self._tell("")
        self._show_keys()

    def _open(self, tab: str) -> None:
        is_catalogue = tab == "catalogue"
        self.address.display, self.catalogue.display = not is_catalogue, is_catalogue
        for name in ("address", "catalogue"):
            self.query_one(f".tab.{name}").set_class(name == tab, "-on")
        if is_catalogue:
            self.catalogue.begin()
        (self.catalogue.field if is_catalogue else self.address.field).focus()
        self._changed()

    def _follow_offer(self) -> None:
        offer, wish = self.address.offer, self.address.wish()
        if offer is None or wish is None:
            self._tell(_("Nothing to add yet: type an address."))
        elif offer.followed is not None:
            self.dismiss(Followed(offer.followed))
        elif offer.needs_form:
            self.dismiss(PageWish(wish))
        elif not offer.can_be_followed:
            self._tell(offer.remark)
        else:
            self._follow([wish], [offer.title])

    def _follow_ticked(self) -> None:
        wishes = self.catalogue.wishes()
        offer = self.catalogue.offer
        if wishes:
            self._follow(wishes, [str(wish["title"]) for wish in wishes])
        elif offer is not None and offer.followed is not None:
            self.dismiss(Followed(offer.followed))
        elif offer is not None:
            self._tell(offer.remark)

    def _follow(self, wishes: Sequence[Mapping[str, object]], titles: Sequence[str]) -> None:
        self._is_busy = True
        job: WorkType[None] = partial(self._add, tuple(wishes), tuple(titles))
        self.run_worker(job, group="add", exclusive=True, exit_on_error=False)

    async def _add(self, wishes: Sequence[Mapping[str, object]], titles: Sequence[str]) -> None:
        try:
            added = await self._subscriptions.add(wishes, titles=titles)
        except ReaderError as error:
            self._tell(str(error))  # and nothing that was typed or ticked is lost
        else:
            self.dismiss(added)
        finally:
            self._is_busy = False

    def _tell(self, problem: str) -> None:
        self.problem.update(Content(problem))
        self.problem.display = bool(problem)

    def _show_keys(self) -> None:
        parts: list[str] = []
        choose = [_("↑ ↓ choose")] if self.size.width >= ROOM_FOR_ALL_KEYS else []
        if self.is_in_catalogue:
            count = len(self.catalogue.wishes())
            parts = [_("⏎ add {count}").format(count=number(count))] if count else []
            parts += [_("Tab select"), *choose, _("Ctrl+T address")]
        else:
            if self.address.wants_search:
                parts = [_("⏎ search there")]
            elif self.address.offer is not None:
                go = _("⏎ go there") if self.address.offer.followed else _("⏎ add")
                parts = [go, *choose, _("Tab name")]
            parts.append(_("Ctrl+T catalogue"))
        is_stopping = self.address.is_searching and not self.is_in_catalogue
        parts.append(_("Esc stop") if is_stopping else _("Esc cancel"))
        self.keys.update(Content(" · ".join(parts)))
