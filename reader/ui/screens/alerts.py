"""Tells of new articles that the reader asked to be told of: once for each refresh, in the app and to the terminal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext, number
from reader.ui.cells import clip_cells, simple
from reader.ui.textual_inside import notify_terminal

if TYPE_CHECKING:
    from reader.core.filters import Alert
    from reader.model import RefreshProgress
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["Alerts", "alert_lines"]

TOLD = 4
"""Filters named in one message."""
TITLE_CELLS = 60
SECONDS = 10.0


def alert_lines(alerts: Sequence[Alert]) -> list[str]:
    """A line for each filter: its name, how many, and the newest title; clean, for some of them."""
    lines = []
    for alert in alerts[:TOLD]:
        count = ngettext("{count} new", "{count} new", alert.count).format(count=number(alert.count))
        title = clip_cells(simple(alert.titles[0]), TITLE_CELLS) if alert.titles else ""
        lines.append(" · ".join(filter(None, (f"{simple(alert.filter)}: {count}", title))))
    if (more := len(alerts) - TOLD) > 0:
        text = ngettext("{count} more filter", "{count} more filters", more)
        lines.append(text.format(count=number(more)))
    return lines


class Alerts:
    """Collects what a refresh brings, and tells of it when it is over."""

    def __init__(self, screen: MainScreen, reader: ReaderPort) -> None:
        self._screen = screen
        self._reader = reader
        self._new: list[int] = []
        self._told_troubles: tuple[str, ...] = ()

    def hear(self, progress: RefreshProgress) -> None:
        """A refresh went on."""
        if progress.last is not None:
            self._new += progress.last.new_ids
        if progress.is_finished and self._new:
            ids, self._new = self._new, []
            self._screen.work(partial(self._tell, ids), "alerts", exclusive=False)

    def tell_rule_troubles(self) -> None:
        """Say which rule is off, once."""
        troubles = self._reader.rule_troubles
        fresh = [sentence for sentence in troubles if sentence not in self._told_troubles]
        self._told_troubles = troubles
        if fresh:
            self._screen.say(fresh[0], is_warning=True)

    async def _tell(self, ids: Sequence[int]) -> None:
        lines = alert_lines(await self._reader.filters.alerts(ids))
        self.tell_rule_troubles()
        if lines:
            app = self._screen.app
            app.notify("\n".join(lines), title=_("New matches"), timeout=SECONDS, markup=False)
            notify_terminal(app, " / ".join(lines), os.environ)
