"""What the details of a feed say."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from reader.i18n import Language, current_language, set_language
from reader.model import FeedState
from reader.ui.dialogs.feed_facts import FeedDetails, feed_lines
from tests.unit.ui.making import NOW, feed


@pytest.mark.parametrize(("language", "said"), [("id", "berikutnya besok "), ("en", "next tomorrow ")])
def test_a_day_inside_a_sentence_is_no_heading(language: Language, said: str) -> None:
    """Only a name has a capital there."""
    before = current_language()
    set_language(language)
    known = feed(1, "RRI", state=FeedState(next_due=NOW + timedelta(days=1)))

    lines = feed_lines(FeedDetails(known, "failing", "", (), NOW, UTC))
    set_language(before)

    assert any(said in text for _label, text in lines)
