"""The reader's tags on articles."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext, number
from reader.ui.dialogs.tags import TagDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model import ArticleRow
    from reader.ui.dialogs.tags import State, TagWish
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Tagging"]


class Tagging:
    """Puts tags on one article, on a range, or on all the list shows."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader

    async def do_article_tag(self) -> None:
        """Choose tags for the article, or for what is picked."""
        await self._choose(self._screen.list.picked_ids())

    async def do_list_tag(self) -> None:
        """Choose tags for exactly what the list shows."""
        await self._choose(list(self._screen.list.ids), is_everything=True)

    async def _choose(self, ids: Sequence[int], *, is_everything: bool = False) -> None:
        if not ids:
            return
        rows = await self._reader.rows(ids)
        on = Counter(tag for row in rows for tag in row.tags)
        states: dict[str, State] = {tag: "all" if count == len(rows) else "some" for tag, count in on.items()}
        dialog = TagDialog(self._title(rows, is_everything=is_everything), self._screen.lists.counts.tags, states)
        self._screen.app.push_screen(dialog, partial(self._wished, ids))

    def _title(self, rows: Sequence[ArticleRow], *, is_everything: bool) -> str:
        count = ngettext("{count} article", "{count} articles", len(rows)).format(count=number(len(rows)))
        if is_everything:
            return _("Tags for everything in the list: {count}").format(count=count)
        return _("Tags for {what}").format(what=count if len(rows) != 1 else f"“{rows[0].title}”")

    def _wished(self, ids: Sequence[int], wish: TagWish | None) -> None:
        if wish is not None:
            self._screen.work(partial(self._change, ids, wish), "command", exclusive=False)

    async def _change(self, ids: Sequence[int], wish: TagWish) -> None:
        label = " ".join(f"#{name}" for name in (*wish.add, *wish.remove))
        step = await self._reader.tag(ids, add=wish.add, remove=wish.remove, label=label)
        screen = self._screen
        if screen.list.is_picking:
            screen.list.pick()
        screen.marks.tell(step)
        if step is not None:
            screen.list.forget_rows()
            screen.lists.ask()
            screen.lists.update_sidebar()
            if (article_id := screen.article.article_id) in ids and article_id is not None:
                screen.reading.show_again(article_id)
