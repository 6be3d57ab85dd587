"""``warta`` and ``warta demo``: the screen."""

from __future__ import annotations

import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from reader.i18n import _

if TYPE_CHECKING:
    from types import FrameType

    from reader.cli.setting import Setting

__all__ = ["open_demo", "open_reader"]


def open_reader(setting: Setting) -> int:
    """Open the reader on the user's feeds."""
    if not _is_terminal(setting):
        return 2
    _collect_seldom()
    from reader.cli.log import start_log
    from reader.core.beginning import Beginning
    from reader.ui.app import run

    _leave_in_order()
    beginning = Beginning(setting.located)
    config = setting.load_config(may_create=not beginning.is_first)
    start_log(setting.located.log, setting.arguments.log_level)
    return run(
        config,
        setting.located.data_dir,
        network=not setting.arguments.no_refresh,
        load_config=partial(setting.load_config, may_create=False),
        beginning=beginning,
    )


def open_demo(setting: Setting) -> int:
    """Open the reader on the demo's sources."""
    if not _is_terminal(setting):
        return 2
    _collect_seldom()
    from reader.cli.log import start_log
    from reader.demo.configuration import demo
    from reader.ui.app import run

    _leave_in_order()
    with demo() as running:
        start_log(running.data_dir / "warta.log", setting.arguments.log_level)
        return run(running.config, running.data_dir, network=True)


def _is_terminal(setting: Setting) -> bool:
    import sys

    if sys.stdin is not None and sys.stdout is not None and sys.stdin.isatty() and sys.stdout.isatty():
        return True
    setting.output.message(_("warta: this is not a terminal; `warta list` and `warta --help` work without one"))
    return False


def _collect_seldom() -> None:
    """A start makes 100,000 objects that stay: looking through them every 700, as Python would, takes its time.

    Once the first rows are seen, they are set apart, and it is looked more often.
    """
    import gc

    gc.set_threshold(200_000, 20, 20)


def _leave_in_order() -> None:
    """Leave by way of every ``finally`` when told to, or when the terminal's window was closed.

    The terminal is put right, and the demo's folder goes.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        with suppress(AttributeError, ValueError):  # ValueError: outside the main thread
            signal.signal(getattr(signal, name), _stop)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    if hasattr(signal, "SIGCONT"):  # comes with a hang-up, and would have Textual set up the terminal once more
        signal.signal(signal.SIGCONT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a second one would break off what the first one set going
    raise SystemExit(128 + number)
