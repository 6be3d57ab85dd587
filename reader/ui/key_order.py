"""Keys in the order they were typed, though some are taken before the others.

A key goes to the widget that has the focus and comes back to the app when nothing there wants it. A priority key is
taken by the app at once, and so would overtake one that is still on its way: of ``Esc /natuna`` typed in one breath, or
sent in one packet, the ``Esc`` would come last, leave the filter just opened, and the letters would be commands.
"""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message

__all__ = ["KeysInOrder"]

PATIENCE_SECONDS = 0.5
"""A key that has not come back by then never will: its widget is gone."""


class KeysInOrder(App[int]):
    """An app that takes no key before those that were typed earlier."""

    class CameThrough(Message):
        """Follows a key through the widgets it may go to; here again, it tells that the key was seen by all."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._sent = 0.0
        self._under_way = 0
        self._waiting: deque[events.Key | events.Paste] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed wait for what was typed before it, where order matters."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self._waiting or self._must_wait(event):
            self._waiting.append(event)
            self.set_timer(PATIENCE_SECONDS, self._take_waiting)
        else:
            await self._take(event)

    async def on_keys_in_order_came_through(self, event: CameThrough) -> None:
        """A key was seen by all it may concern."""
        event.stop()
        self._under_way = max(0, self._under_way - 1)
        await self._take_waiting()

    async def _take_waiting(self) -> None:
        while self._waiting and not self._must_wait(self._waiting[0]):
            await self._take(self._waiting.popleft())

    async def _take(self, event: events.Key | events.Paste) -> None:
        goes_to = self.focused or self.screen
        await super().on_event(event)
        if isinstance(event, events.Key) and event.is_forwarded and goes_to.post_message(self.CameThrough()):
            self._under_way, self._sent = self._under_way + 1, time.monotonic()

    def _must_wait(self, event: events.Key | events.Paste) -> bool:
        """Whether it would overtake a key that is still on its way."""
        if not self._under_way or not isinstance(event, events.Key) or not self._is_priority(event.key):
            return False
        if time.monotonic() - self._sent < PATIENCE_SECONDS:
            return True
        self._under_way = 0
        return False

    def _is_priority(self, key: str) -> bool:
        chain = self.screen._modal_binding_chain  # noqa: SLF001 - what Textual itself looks through
        return any(binding.priority for _node, bindings in chain for binding in bindings.key_to_bindings.get(key, ()))
