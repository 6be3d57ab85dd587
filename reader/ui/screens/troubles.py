"""What is wrong now, as the command for problems tells it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.i18n import _, ngettext, number
from reader.ui.dialogs.question import tell
from reader.ui.screens.watching import placed
from reader.ui.themes import choose_theme
from reader.ui.widgets.sidebar_model import feed_name

if TYPE_CHECKING:
    from reader.model import Feed
    from reader.ui.dialogs.question import QuestionDialog
    from reader.ui.port import ReaderPort
    from reader.ui.screens.main import MainScreen

__all__ = ["troubles_dialog"]

MOST_TOLD = 100
"""Lines of one kind."""


def troubles_dialog(screen: MainScreen, reader: ReaderPort, left_out: Sequence[str]) -> QuestionDialog | None:
    """All of it, the file's first; None if nothing is wrong.

    Args:
        screen: Where it is asked.
        reader: What feeds and file are known of.
        left_out: What the last import could not take, a line each.

    """
    sections = [*_of_file(screen, reader)]
    failing = [feed for feed in screen.lists.feeds if feed.state.failure and feed.config.is_enabled]
    if failing:
        heading = ngettext("{count} feed with problems", "{count} feeds with problems", len(failing))
        heading = heading.format(count=number(len(failing)))
        sections.append((heading, [_lines(_told(feed, reader) for feed in failing)]))
    if left_out:
        heading = ngettext("{count} skipped by the import", "{count} skipped by the import", len(left_out))
        sections.append((heading.format(count=number(len(left_out))), [_lines(left_out)]))
    if not sections:
        return None
    title, paragraphs = sections[0]
    for heading, found in sections[1:]:
        paragraphs = [*paragraphs, f"{heading}:\n{found[0]}", *found[1:]]
    return tell(title, *paragraphs, warns=True)


def _of_file(screen: MainScreen, reader: ReaderPort) -> list[tuple[str, list[str]]]:
    config = reader.config
    found = [placed(problem, is_named=False) for problem in config.problems]
    found += [*reader.rule_troubles, *screen.keymap.problems]
    if message := choose_theme(config.settings.theme, os.environ, screen.app.available_themes).message:
        found.append(message)
    if not found:
        return []
    stays = _("Invalid entries are ignored; earlier values stay in use. Fix {path} and save it.")
    title = ngettext("{count} problem in feeds.toml", "{count} problems in feeds.toml", len(found))
    title = _("feeds.toml cannot be used") if config.is_unusable else title.format(count=number(len(found)))
    return [(title, [*found, stays.format(path=config.path)])]


def _told(feed: Feed, reader: ReaderPort) -> str:
    return f"{feed_name(feed)}: {reader.sentence(feed)}"


def _lines(lines: Iterable[str]) -> str:
    told = [f"· {line}" for line in lines]
    more = [_("  … and {count} more").format(count=number(len(told) - MOST_TOLD))] if len(told) > MOST_TOLD else []
    return "\n".join((*told[:MOST_TOLD], *more))
