"""Saved filters and rules, from the keys to feeds.toml; and what is done to everything a filter shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.core.names import feed_name
from reader.i18n import _
from reader.model import FilterConfig, Source, Step
from reader.query.pointing import feed_query
from reader.ui.screens.alerts import Alerts
from reader.ui.screens.listing import ALL, Listing, beside
from reader.ui.screens.marks import step_sentence
from reader.ui.screens.typing import Typing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model import Feed
    from reader.ui.dialogs.filter_draft import FilterDraft
    from reader.ui.dialogs.filter_form import FilterWish
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.article_list import Place

__all__ = ["Filtering", "whole_query"]

NAME_CHARACTERS = 40


def whole_query(listing: Listing, feeds: Sequence[Feed] = ()) -> str:
    """A query that finds everywhere what the list shows: the bar's text, and where it was looked for."""
    query, source = listing.query.strip(), listing.place
    if listing.is_wide and query:
        return query
    quoted = str(source.value).replace('"', "")
    match source.name:
        case "unread" | "starred":
            scope = f"is:{source.name}"
        case "today":
            scope = "today"
        case "folder":
            scope = f'folder:"{quoted}"'
        case "feed":
            names = [feed_name(feed) for feed in feeds]
            scope = next((feed_query(name, names) for name in names if name.id == source.value), f"feed:#{quoted}")
        case "tag":
            scope = f'#"{quoted}"'
        case "filter":
            scope = f'search:"{quoted}"'
        case _:
            scope = ""
    if scope and " OR " in query:
        query = f"({query})"
    return " ".join(filter(None, (query, scope)))


class Filtering:
    """The reader's filters."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self.typing = Typing(screen, reader)
        """The bar's keys."""
        self.alerts = Alerts(screen, reader)
        """What the reader asked to be told."""

    def do_filter_save(self) -> None:
        """Save what the list shows under a name."""
        listing = self._screen.lists.listing
        if not listing.query.strip() and listing.source.name == "filter":
            self.edit()
            return
        query = whole_query(listing, self._screen.lists.feeds)
        if not query:
            self._screen.say(_("No filter to save: type one first"))
            return
        from reader.ui.dialogs.filter_draft import FilterDraft

        name = listing.query.strip().strip('"~/')[:NAME_CHARACTERS].strip() or self._screen.lists.source_name
        self._open(_("Save this filter"), FilterDraft(name, query), old="")

    def edit(self) -> None:
        """Change the selected filter."""
        if (filter_ := self._selected()) is not None:
            from reader.ui.dialogs.filter_draft import FilterDraft  # dialogs load when they open

            self._open(_("Edit this filter"), FilterDraft.of(filter_), old=filter_.name)

    async def delete(self) -> None:
        """Delete the selected filter, and go on to its neighbour."""
        if (filter_ := self._selected()) is not None:
            sources = [Source("filter", other.name) for other in self._reader.config.filters]
            neighbour = beside(Source("filter", filter_.name), sources) or ALL
            sentence = await self._reader.filters.delete(filter_.name)
            self._screen.lists.listing = self._screen.lists.listing.at(neighbour)
            self._screen.telling.say_step(sentence)
            self.settle("top")

    async def do_filter_apply(self) -> None:
        """Apply the selected rule to what is stored."""
        if (filter_ := self._selected()) is not None:
            self.took(await self._reader.filters.apply(filter_.name))

    async def do_list_star(self) -> None:
        """Star exactly what the list shows."""
        if ids := list(self._screen.list.ids):
            self.took(await self._reader.mark(ids, "star", label=self._label()))

    def settle(self, place: Place = "keep") -> None:
        """Filters changed: ask again, and go elsewhere if the selected one is gone."""
        lists = self._screen.lists
        names = {filter_.name for filter_ in self._reader.config.filters}
        if lists.listing.source.name == "filter" and lists.listing.source.value not in names:
            lists.listing = replace(lists.listing, source=ALL)
        self._screen.list.forget_rows()
        lists.ask(place)
        lists.update_sidebar()
        self._screen.remember()

    def _open(self, title: str, draft: FilterDraft, *, old: str) -> None:
        from reader.ui.dialogs.filter_form import FilterForm

        taken = [filter_.name for filter_ in self._reader.config.filters if filter_.name != old]
        form = FilterForm(title, draft, taken=taken, preview=self._reader.filters.preview)
        self._screen.app.push_screen(form, partial(self._wished, old))

    def _wished(self, old: str, wish: FilterWish | None) -> None:
        if wish is not None:
            self._screen.work(partial(self._save, wish, old), "command", exclusive=False)

    async def _save(self, wish: FilterWish, old: str) -> None:
        saved = await self._reader.filters.save(wish.filter, old=old, apply=wish.apply)
        lists = self._screen.lists
        if old and lists.listing.source == Source("filter", old):
            lists.listing = replace(lists.listing, source=Source("filter", wish.filter.name))
        done = step_sentence(saved.applied) if saved.applied else ""
        self._screen.telling.say_step(" ".join(filter(None, (saved.sentence, done))))
        self.settle()
        if self._screen.focused is self._screen.bar.field:  # where the key that undoes it would be a letter
            self._screen.panes.show_list()
        self.alerts.tell_rule_troubles()

    async def move(self, by: int) -> None:
        """Move the selected filter down, or up."""
        filter_ = self._selected()
        if filter_ is not None and await self._reader.filters.move(filter_.name, by):
            self._screen.lists.update_sidebar()

    def took(self, step: Step | None) -> None:
        """Tell of a step over many articles, and show what it did."""
        if step is None:
            self._screen.say(_("Nothing to change"))
            return
        self._screen.telling.say_step(step_sentence(step))
        self.settle()

    def _label(self) -> str:
        lists = self._screen.lists
        return " · ".join(filter(None, (lists.source_name, lists.listing.query)))

    def _selected(self) -> FilterConfig | None:
        source = self._screen.lists.listing.source
        for filter_ in self._reader.config.filters:
            if source == Source("filter", filter_.name):
                return filter_
        self._screen.say(_("Select a filter in the sidebar first"))
        return None
