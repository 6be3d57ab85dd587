"""Keys in the order they were typed, each going where it was meant to though the screen is slower than the fingers.

A key goes to the widget that has the focus, and comes back to the app when nothing there wants it; only then its
command is carried out. One typed in the same breath, or sent in the same packet, would reach the same widget before
that: of ``'rri``, typed to jump to a feed, the dialog would get nothing, and ``R``, ``r`` and ``i`` would be commands.
So a key is taken when the one before it was dealt with, and the dialog it opened, if any, has its focus. Commands that
ask the store where to go, or what to change, are waited for too: of ``nnn`` each begins where the one before went.
"""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

__all__ = ["AWAITED", "KeysInOrder"]

PATIENCE_SECONDS = 0.5
"""A key that has not come back by then never will: its widget is gone, or busy with something else."""
LOOK_SECONDS = 0.01
"""How often it is looked whether a command is done."""
AWAITED = "awaited"
"""The group of workers that the next key waits for: they open a dialog, or move to where it counts."""


class KeysInOrder(App[int]):
    """An app that takes no key before those that were typed earlier."""

    class CameThrough(Message):
        """Follows a key through the widgets it may go to; here again, it tells that the key was seen by all.

        To a new dialog it is sent by itself: that answers once it is composed and has its focus.
        """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._sent = float("-inf")
        self._taken = float("-inf")
        self._under_way = 0
        self._ready_screen: object = None
        self._waiting: deque[events.Key | events.Paste] = deque()

    async def on_event(self, event: events.Event) -> None:
        """Let what is typed wait for what was typed before it."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
        elif self._exit:
            self._waiting.clear()  # what is typed behind the key that quits is for nobody
        elif self._waiting or self._must_wait():
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
        while self._waiting and not self._exit and not self._must_wait():
            await self._take(self._waiting.popleft())

    async def _take(self, event: events.Key | events.Paste) -> None:
        goes_to = self.focused or self.screen
        self._taken = time.monotonic()
        await super().on_event(event)
        if event.is_forwarded:
            self._follow(goes_to)

    def _must_wait(self) -> bool:
        """Whether a key would overtake another one, or come before what that is about to show."""
        now = time.monotonic()
        if self._under_way and now - self._sent < PATIENCE_SECONDS:
            return True
        self._under_way = 0
        if now - self._taken < PATIENCE_SECONDS and self._is_at_work:
            self.set_timer(LOOK_SECONDS, self._take_waiting)
            return True
        if self.screen is not self._ready_screen:
            self._ready_screen = self.screen
            return self._follow(self.screen)
        return False

    def _follow(self, node: MessagePump) -> bool:
        """Send a message behind what a node was sent; False if nothing would come back."""
        if not node.post_message(self.CameThrough()):
            return False
        self._under_way, self._sent = self._under_way + 1, time.monotonic()
        return True

    @property
    def _is_at_work(self) -> bool:
        return any(worker.group == AWAITED and not worker.is_finished for worker in self.workers)
