"""The bottom line of the screen: what just happened, how things stand, and the keys that help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from reader.i18n import _, ngettext, number
from reader.ui.cells import simple
from reader.ui.screens.hints import hints
from reader.ui.screens.refreshing import idle_text
from reader.ui.screens.watching import first_of, placed
from reader.ui.widgets.status_line import Status

if TYPE_CHECKING:
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.sidebar_model import SidebarLine

__all__ = ["Telling", "line_text"]

_BRIEF_BELOW = 72
"""Below so many cells feeds in trouble are told in fewer words: the key that names them and the first hints stay."""
MESSAGE_SECONDS = 6.0
"""How long what just happened is told; a trouble until the next key."""


def line_text(line: SidebarLine) -> str:
    """What the number beside a line of the sidebar counts; empty for a heading."""
    count = number(line.count)
    match line.key:
        case "place:all":
            return ngettext("{count} article in all", "{count} articles in all", line.count).format(count=count)
        case "place:unread":
            return ngettext("{count} unread article", "{count} unread articles", line.count).format(count=count)
        case "place:today":
            text = ngettext("{count} unread article of today", "{count} unread articles of today", line.count)
            return text.format(count=count)
        case "place:starred":
            return ngettext("{count} starred article", "{count} starred articles", line.count).format(count=count)
    if line.source is None:
        return ""
    if line.kind == "tag":
        text = ngettext("{name}: {count} article", "{name}: {count} articles", line.count)
    else:
        text = _("{name}: {count} unread")
    return text.format(name=simple(line.label), count=count)


class Telling:
    """Keeps `StatusLine` true."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._message = ""
        self._is_warning = self._is_kept = False
        self._about: int | None = None
        self._work = ""
        self._timer: Timer | None = None
        self.is_passing = True
        """What is told goes by itself after a while."""
        self._is_step = False
        self.reader: ReaderPort | None = None
        """Set once the database is open."""

    def say(self, message: str, *, is_warning: bool = False, is_kept: bool = False, is_passing: bool = False) -> None:
        """Tell what just happened, for a moment; a trouble until the next key.

        ``is_kept``: also while what it began goes on; ``is_passing``: a trouble goes by itself, too.
        """
        if self._timer is not None:
            self._timer.stop()
        self._message, self._is_warning, self._is_kept, self._is_step = message, is_warning, is_kept, False
        self._about = self._screen.list.article_id
        self.is_passing = is_passing or not is_warning
        self._timer = None if not self.is_passing else self._screen.set_timer(MESSAGE_SECONDS, self.hush)
        self.show()

    def say_step(self, sentence: str, *, is_kept: bool = False) -> None:
        """Tell what was done, and which key takes it back."""
        keys = self._screen.keymap.shown("step.undo").split()
        hint = _("{key} undoes it").format(key=keys[0]) if keys else ""
        self.say(" · ".join(filter(None, (sentence, hint))), is_kept=is_kept)
        self._is_step = True

    @property
    def offers_undo(self) -> bool:
        """A step is told together with the key that takes it back: no other one may come over it meanwhile."""
        return self._is_step and bool(self._message)

    def forget_step(self) -> None:
        """Another step came over the one that is told: the key would not take back what it says."""
        if self.offers_undo:
            self.hush()

    def heed(self) -> None:
        """A key was pressed: a trouble was told long enough."""
        if self._message and self._is_warning:
            self.hush()

    def moved_to(self, article_id: int | None) -> None:
        """The reader went to an article: what was told of another one is over."""
        if self._message and not self._is_kept and article_id != self._about:
            self.hush()

    def add(self, result: str, *, is_warning: bool) -> None:
        """Tell what came of what is being told: behind it as long as it stands there, only if it is bad news.

        It passes even then: how things stand says which feeds are in trouble, and goes on saying so.
        """
        if not (self._is_kept and self._message):
            self.say(result, is_warning=is_warning, is_passing=True)
        elif is_warning:
            is_step = self._is_step
            self.say(f"{self._message} · {result}", is_warning=True, is_passing=True)
            self._is_step = is_step

    def work(self, text: str) -> None:
        """Tell how far something is that goes on beside reading; empty: it is over."""
        self._work = text
        self.show()

    def hush(self) -> None:
        """Tell no more what happened."""
        self._message = ""
        self.show()

    def show(self) -> None:
        """Tell what is the weightiest now."""
        screen = self._screen
        screen.status.status = Status(
            progress=screen.refreshing.progress if self.reader else None,
            message=self._message or self._work,
            idle=self._idle(self.reader) if self.reader else "",
            is_warning=self._is_warning and bool(self._message),
            is_kept=self._is_kept and bool(self._message),
        )
        screen.status.hints = hints(screen)

    def tell_troubles(self, reader: ReaderPort) -> None:
        """Tell what is wrong at the start, the weightiest first."""
        config = reader.config
        troubles = [*reader.notices, *reader.rule_troubles, *self._screen.keymap.problems]
        if config.feeds:  # else the page tells them
            troubles += map(placed, config.problems)
        if config.origin == "last_good":
            troubles.insert(0, _("feeds.toml cannot be read; using the last good copy."))
        if troubles:
            self.say(first_of(troubles), is_warning=True)
        self.show()

    def _idle(self, reader: ReaderPort) -> str:
        """How things stand; while the keys are among the sources: what is known of the one under the cursor."""
        screen = self._screen
        line = screen.sidebar.line
        if screen.panes.focused is not screen.sidebar or line is None or not (text := line_text(line)):
            key, _space, _others = screen.keymap.shown("problems.show").partition(" ")
            return idle_text(screen.lists.feeds, reader, key, is_brief=screen.size.width < _BRIEF_BELOW)
        if line.is_failing and line.source is not None:
            feed = next((feed for feed in screen.lists.feeds if feed.id == line.source.value), None)
            if feed is not None:
                return f"{simple(line.label)}: {simple(reader.sentence(feed))}"
        return text
