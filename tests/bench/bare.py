"""The yardstick: the least a Textual app can be."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static("ready now", markup=False)


if __name__ == "__main__":
    Bare().run()
