"""What the article pane tells the screen."""

from __future__ import annotations

from textual.message import Message

__all__ = ["EndReached", "HintsChanged", "LinkCopied", "LinkOpened"]


class LinkOpened(Message):
    """A link was chosen."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        """Where it leads: http, https or mailto."""


class LinkCopied(Message):
    """A link was chosen to be copied. No kind of `LinkOpened`: handlers of that one would open it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        """Where it leads: http, https or mailto."""


class HintsChanged(Message):
    """Letters stand on the links now, or do so no more."""


class EndReached(Message):
    """The end of an article came into sight."""

    def __init__(self, article_id: int) -> None:
        super().__init__()
        self.article_id = article_id
        """Which article."""
