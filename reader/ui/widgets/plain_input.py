"""A field to type into that takes words only."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from reader.text.clean import clean
from reader.ui.cells import steady
from reader.ui.textual_inside import own_action

__all__ = ["LONGEST", "PlainInput"]

LONGEST = 10_000
"""Characters a field holds: as much as a filter may be long."""

_BLANKS = str.maketrans("\n\t", "  ")


class PlainInput(Input):
    """A field. What is pasted into it may carry anything, and would reach the terminal as it is."""

    ALLOW_MAXIMIZE = False

    # Textual's own asks for a layout: each letter would lay the whole screen out again, though the field never grows.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))

    def validate_value(self, value: str) -> str:
        """One line, harmless, of clusters that every terminal draws alike."""
        return steady(clean(value[:LONGEST])).translate(_BLANKS)

    async def _on_key(self, event: events.Key) -> None:  # the handler of `Input` itself is called after this one
        """Edit at once.

        Textual carries out a binding once its key has gone up to the app; by then the letters typed behind it stand in
        the field, and a quick ``Ctrl+U``, or a Backspace from a slow line, takes those.
        """
        action = own_action(self, event.key)
        if action and await self.app.run_action(action, self):
            event.stop()
            event.prevent_default()
