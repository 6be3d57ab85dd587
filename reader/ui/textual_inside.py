"""The few inner names of Textual that Warta uses, in one place, but for drawing and the order of keys.

All there is to look at when Textual changes: this, `drawing`, `key_order`, `once`, `pasting`, `terminal_gone` and
`holding`.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr
from dataclasses import replace
from typing import Any

from textual import events
from textual.app import App
from textual.binding import Binding, BindingsMap
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView

from reader.text.clean import clean_line
from reader.ui.key_order import KeysInOrder
from reader.ui.once import LateStylesheet
from reader.ui.pasting import bound_pastes
from reader.ui.terminal_gone import outlive_the_terminal

__all__ = [
    "Guarded",
    "GuardedApp",
    "add_bindings",
    "begin_with_theme",
    "let_processes_start",
    "notice_sequence",
    "notify_terminal",
    "own_action",
    "screen_text",
    "set_virtual_size",
]

MOST_ENDURED = 5
"""So many unexpected errors in a row, and nothing is gained by going on."""
FLOOD_SECONDS = 10.0
LOOPS_THAT_GO_ON = {"_tick", "_flush_next_callbacks", "_refresh_layout", "_display"}
"""Textual's functions that only skip what raised: a timer's call, a callback, a layout, a paint."""
NOTICE_CHARACTERS = 240
"""Longest message handed to the terminal's desktop."""


def set_virtual_size(view: ScrollView, size: Size) -> None:
    """Tell a Line-API view how large its content is, without laying the whole screen out again.

    ``virtual_size`` is a reactive that asks for a layout; the outer size of our views never depends on their content.
    """
    if size != view.virtual_size:
        if not view.size:  # with the scrollbar there from the first layout, there need not be a second
            view.set_reactive(ScrollView.show_vertical_scrollbar, size.height > view.app.size.height)
        view.set_reactive(ScrollView.virtual_size, size)
        view._scroll_update(size)  # noqa: SLF001


def screen_text(screen: Screen[Any]) -> str:
    """What a screen shows now, as lines of plain text: for tests and for reports."""
    strips = screen._compositor.render_strips()  # noqa: SLF001
    return "\n".join(strip.text.rstrip() for strip in strips)


TYPED_INTO = ("filter.focus", "find.open")
"""Commands after which one types. Their keys come first, so that what is typed after them in one breath goes there."""


def add_bindings(node: DOMNode, bindings: Iterable[Binding]) -> None:
    """Give one node keys of its own, before those of its class; their actions are the screen's.

    ``BINDINGS`` belongs to a class and is read before the user's ``[keys]`` are known. What was given before is gone.
    """
    ours = BindingsMap(
        [
            replace(
                binding,
                action=f"screen.{binding.action}",
                priority=(binding.id or "").rpartition(".")[0] in TYPED_INTO,
            )
            for binding in bindings
        ]
    )
    # `_bindings` holds what was given before; what the class brings does not.
    theirs = type(node)._merged_bindings or BindingsMap()  # noqa: SLF001
    rest = {key: rows for key, rows in theirs.key_to_bindings.items() if key not in ours.key_to_bindings}
    node._bindings = BindingsMap.from_keys({**ours.key_to_bindings, **rest})  # noqa: SLF001


def own_action(node: DOMNode, key: str) -> str:
    """What a key does to this very node; empty: nothing, or something to another one."""
    bound = node._bindings.key_to_bindings.get(key, ())  # noqa: SLF001
    return next((row.action for row in bound if not row.priority and "." not in row.action.partition("(")[0]), "")


def begin_with_theme(app: App[int], name: str) -> None:
    """Give an app that does not run yet its theme.

    Setting ``App.theme`` would have every style sheet read a second time, and every widget styled twice.
    """
    app.set_reactive(App.theme, name)
    if isinstance(app, GuardedApp):
        app.has_theme = True
    is_dark = app.current_theme.dark
    app.set_class(is_dark, "-dark-mode", update=False)
    app.set_class(not is_dark, "-light-mode", update=False)
    app.add_class(f"-theme-{name}", update=False)
    app._refresh_truecolor_filter(app.ansi_theme)  # noqa: SLF001
    app.stylesheet.set_variables(app.get_css_variables())


def notice_sequence(text: str, environ: Mapping[str, str]) -> str:
    """What makes a terminal tell its desktop something; empty where that might be shown as garbage.

    OSC 777 for those that know only that, OSC 9 for the others; a terminal that knows neither says nothing.
    """
    term = environ.get("TERM", "")
    if term in {"", "dumb", "linux"}:
        return ""
    # A semicolon would begin another part of the sequence.
    said = clean_line(text, NOTICE_CHARACTERS).replace(";", ",")
    return f"\x1b]777;notify;Warta;{said}\x1b\\" if term.startswith(("foot", "rxvt")) else f"\x1b]9;Warta: {said}\x1b\\"


def notify_terminal(app: App[int], text: str, environ: Mapping[str, str]) -> None:
    """Tell the desktop something, if the terminal is not what the reader looks at."""
    driver = app._driver  # noqa: SLF001
    sequence = notice_sequence(text, environ)
    if sequence and not app.app_focus and driver is not None:
        driver.write(sequence)
        driver.flush()


class Guarded(MessagePump):
    """Goes on with its next message after one whose handler raised something nobody expected."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            if isinstance(error, NoMatches) and _is_going(self):
                return
            app = self.app
            is_beginning = isinstance(message, events.Compose | events.Mount)
            if is_beginning or not isinstance(app, GuardedApp) or not app.endure(error):
                raise


def _is_going(node: object) -> bool:
    """Whether a screen or widget is being removed, or all are: it has lost some of its parts, or never gets them."""
    return isinstance(node, DOMNode) and (node._pruning or node.app._exit)  # noqa: SLF001


class GuardedApp(Guarded, KeysInOrder):
    """An app that goes on where it can when something unexpected happens, else ends without a traceback.

    It loses no key typed ahead.
    """

    endures: bool | None = None
    """Whether it goes on; None: unless it runs in a test, which is to hear of the error."""
    has_theme = False
    """`begin_with_theme` was called: until then nothing asks for colours, and making them takes 3 ms."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.stylesheet = LateStylesheet()
        self._sent_on: deque[events.Key] = deque(maxlen=64)
        self._endured: deque[float] = deque(maxlen=MOST_ENDURED)

    def endure(self, error: Exception) -> bool:
        """Keep what is known of an error and go on; False if that makes no sense."""
        endures = not self.is_headless if self.endures is None else self.endures
        now = time.monotonic()
        is_flood = len(self._endured) == MOST_ENDURED and now - self._endured[0] < FLOOD_SECONDS
        if not endures or not self._running or is_flood:
            return False
        self._endured.append(now)
        self.on_crash(error)
        return True

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours by name."""
        return super().get_css_variables() if self.has_theme else {}

    def get_driver_class(self) -> type[Driver]:
        """The terminal's driver, reading pastes of any size, and writing as long as there is something to write."""
        driver = super().get_driver_class()
        bound_pastes(driver)
        outlive_the_terminal(driver)
        return driver

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Run an action, unless it is one of a dialog that is being left: the key came after the one that left it."""
        return not _is_going(namespace) and await super()._dispatch_action(namespace, action_name, params)

    async def _on_key(self, event: events.Key) -> None:  # the handler of `App` itself is called after this one
        """Give a letter to the field that has the focus by now, if it came before the focus did.

        Keys typed in one go, or sent in one packet, all reach the widget that had the focus at their arrival: of
        ``/natuna`` the field would get nothing, and what follows the slash would be taken for commands.
        """
        focused = self.focused
        if (
            focused is not None
            and focused.check_consume_key(event.key, event.character)
            and not any(event is key for key in self._sent_on)
        ):
            event.prevent_default()
            self._sent_on.append(event.copy())
            focused._forward_event(self._sent_on[-1])  # noqa: SLF001

    def on_crash(self, error: BaseException) -> None:
        """Keep what is known of an error."""

    def _handle_exception(self, error: Exception) -> None:
        # Textual calls this from its loops' last line of defence: after some, the loop goes on.
        where = error.__traceback__.tb_frame.f_code.co_name if error.__traceback__ else ""
        if where in LOOPS_THAT_GO_ON and self.endure(error):
            return
        self.on_crash(error)
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self._return_code = 1
            self._close_messages_no_wait()


def let_processes_start() -> None:
    """Start what `multiprocessing` needs to spawn workers, while it can see the real standard error.

    Textual puts an object without a file descriptor in its place, and the spawn of the resource tracker fails on it.
    """
    from multiprocessing import resource_tracker

    if sys.platform != "win32":
        with redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
