"""A field to type into that takes words only."""

from __future__ import annotations

from textual.widgets import Input

from reader.text.clean import clean
from reader.ui.cells import steady

__all__ = ["LONGEST", "PlainInput"]

LONGEST = 10_000
"""Characters a field holds: as much as a filter may be long."""

_BLANKS = str.maketrans("\n\t", "  ")


class PlainInput(Input):
    """A field. What is pasted into it may carry anything, and would reach the terminal as it is."""

    ALLOW_MAXIMIZE = False

    def validate_value(self, value: str) -> str:
        """One line, harmless, of clusters that every terminal draws alike."""
        return steady(clean(value[:LONGEST])).translate(_BLANKS)
