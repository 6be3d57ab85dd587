"""Read, star, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.i18n import _, ngettext, number
from reader.model import Source

if TYPE_CHECKING:
    from reader.model import MarkKind, Step
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Marks", "step_sentence"]


def step_sentence(step: Step) -> str:
    """What a step did, as the status line tells it."""
    if step.kind.startswith(("feed_", "folder_")):
        from reader.core.subscriptions import step_told

        return step_told(step)
    match step.kind:
        case "read":
            text = ngettext("{count} article marked read", "{count} articles marked read", step.count)
        case "unread":
            text = ngettext("{count} article marked unread", "{count} articles marked unread", step.count)
        case "star":
            text = ngettext("{count} article starred", "{count} articles starred", step.count)
        case "unstar":
            text = ngettext("{count} article unstarred", "{count} articles unstarred", step.count)
        case "tag":
            text = ngettext("{count} article tagged", "{count} articles tagged", step.count)
        case "untag":
            text = ngettext("{count} article untagged", "{count} articles untagged", step.count)
        case "mute":
            text = ngettext("{count} article hidden", "{count} articles hidden", step.count)
        case "highlight":
            text = ngettext("{count} article highlighted", "{count} articles highlighted", step.count)
        case "filter":
            return step.label
        case _:
            text = ngettext("{count} article changed", "{count} articles changed", step.count)
    return text.format(count=number(step.count))


class Marks:
    """The reader's marks on articles."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    async def mark_opened(self, article_id: int) -> None:
        """An article was opened: read, but it stays where it is."""
        self._screen.lists.keep(article_id)
        if await self._mark([article_id], "read"):
            self._screen.telling.forget_step()
            self._screen.lists.update([article_id])

    async def do_article_toggle_read(self) -> None:
        """Read or unread, by the first of what is picked."""
        await self._toggle("read", "unread", "is_read")

    async def do_article_toggle_star(self) -> None:
        """Starred or not, by the first of what is picked."""
        await self._toggle("star", "unstar", "is_starred")

    async def do_list_mark_read(self) -> None:
        """Mark exactly what the list shows."""
        ids = list(self._screen.list.ids)
        if not ids:
            return
        listing = self._screen.lists.listing
        # The label is stored, so it holds no word that depends on the language.
        name = self._screen.lists.source_name if listing.source.value else ""
        label = " · ".join(filter(None, (name, listing.query)))
        step = await self._reader.mark(ids, "read", label=label)
        self.tell(step)
        if step:
            self._screen.list.forget_rows()
            self._screen.lists.ask()
            self._screen.lists.update_sidebar()

    async def do_step_undo(self) -> None:
        """Take the last step back."""
        lists = self._screen.lists
        followed = {feed.id for feed in lists.feeds}
        step = await self._reader.undo()
        if step is None:
            self._screen.say(_("Nothing to undo"))
            return
        self._screen.say(_("Undone: {what}").format(what=step_sentence(step)))
        self._screen.late.filtering.settle()
        if step.kind == "feed_removed":
            await self._go_back(followed)
        if (article_id := self._screen.article.article_id) is not None:
            self._screen.reading.show_again(article_id)

    async def _go_back(self, followed: Set[int]) -> None:
        """A feed came back: the reader is at it again, as he was when he took it out."""
        lists = self._screen.lists
        await lists.load_sidebar()
        back = [feed.id for feed in lists.feeds if feed.id not in followed]
        if len(back) == 1:
            source = Source("feed", back[0])
            lists.go(source)
            lists.reveal(source)
            self._screen.bar.show_where(lists.source_name)
            self._screen.remember()

    def do_list_pick(self) -> None:
        """Begin or end a range."""
        self._screen.list.pick()
        self._screen.show_status()

    async def _toggle(self, on: MarkKind, off: MarkKind, field: str) -> None:
        view = self._screen.list
        ids = view.picked_ids()
        row = view.row(ids[0]) if ids else None
        if row is None:
            return
        kind = off if getattr(row, field) else on
        if view.is_picking:
            view.pick()
        self._screen.lists.keep(*ids)
        self.tell(await self._mark(ids, kind, label=row.title))
        self._screen.lists.update(ids)

    async def _mark(self, ids: Sequence[int], kind: MarkKind, *, label: str = "") -> Step | None:
        """Show the mark before the disk has it; where it cannot be stored, what is stored is shown again."""
        self._paint(ids, kind)
        try:
            return await self._reader.mark(ids, kind, label=label)
        except ReaderError:
            self._screen.lists.update(ids)
            raise

    def _paint(self, ids: Sequence[int], kind: str) -> None:
        view = self._screen.list
        rows = [row for row in map(view.row, ids) if row is not None]
        match kind:
            case "read" | "unread":
                view.put_rows([replace(row, is_read=kind == "read") for row in rows])
            case "star" | "unstar":
                view.put_rows([replace(row, is_starred=kind == "star") for row in rows])

    def tell(self, step: Step | None) -> None:
        """Tell what was done, and which key takes it back."""
        if step:
            self._screen.telling.say_step(step_sentence(step))
