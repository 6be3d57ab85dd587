"""Pages of words name the keys there really are."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from reader.model import Answer, Config, Failure, FeedState, Question, Source
from reader.ui.commands import KeyMap
from reader.ui.screens.listing import Listing
from reader.ui.screens.pages import Situation, failure_page, list_page, with_keys
from reader.ui.widgets.notice_page import Page
from tests.unit.ui.making import NOW, feed


def offers(keymap: KeyMap) -> dict[str, str]:
    """Command to key, where a filter found nothing."""
    known = feed(1, "RRI", unread=3)
    listing = Listing(Source("feed", 1), query="x")
    answer = Answer(Question(), array("q"), 0, is_final=True)
    page = list_page(Situation(Config(Path("feeds.toml"), feeds=(known.config,)), listing, answer, (known,)))
    assert page is not None
    return {offer.command: offer.key for offer in with_keys(page, keymap).offers}


def test_offers_name_a_key_that_types_nothing_while_a_filter_is_typed() -> None:
    """`W` would stand in the filter."""
    assert offers(KeyMap()) == {"filter.widen": "Ctrl+G", "view.escape": "Esc"}


def test_offers_obey_the_users_keys_and_presets() -> None:
    """A hint that does nothing is worse than none."""
    assert offers(KeyMap("default", {"filter.widen": "ctrl+t"}))["filter.widen"] == "Ctrl+T"
    assert offers(KeyMap("emacs"))["filter.widen"] == "Ctrl+O"
    assert offers(KeyMap("default", {"filter.widen": ""}))["filter.widen"] == "·"


def test_the_page_of_a_failing_feed_keeps_its_login() -> None:
    """It is read over shoulders, and photographed for a question."""
    known = feed(1, "RRI")
    known = replace(known, config=replace(known.config, url="https://budi:hunter2@contoh.example/rss?token=hunter3"))

    page = failure_page(known, "Found no more.", NOW, UTC)

    assert "contoh.example/rss" in page.lines[-1]
    assert "hunter" not in page.lines[-1]


@pytest.mark.parametrize(("sentence", "count"), [("The server is down: 503 Service Unavailable.", 1), ("Broken.", 1)])
def test_a_failing_feeds_status_is_told_once(sentence: str, count: int) -> None:
    """The sentence often says it already."""
    known = feed(1, "RRI", state=FeedState(health="failing", failure=Failure("http_status"), http_status=503))
    page = failure_page(known, sentence, NOW, UTC)

    assert "\n".join(page.lines).count("503") == count


def test_a_tag_that_nothing_has_is_not_refreshed() -> None:
    """No server brings tags of the reader's own."""
    known = feed(1, "RRI", unread=3)
    answer = Answer(Question(), array("q"), 0, is_final=True)
    listing = Listing(Source("tag", "laut"))

    page = list_page(Situation(Config(Path("feeds.toml"), feeds=(known.config,)), listing, answer, (known,)))

    assert page == Page("No article has this tag")
