"""feedparser's own 2,249 test files through the whole of parsing: nothing raises, is lost, or comes twice."""

from __future__ import annotations

import calendar
import re
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from reader.model import FeedConfig, ParsedEntry, ParsedFeed, ParseJob, ParseOutcome
from reader.parse.drafts import line_of_html
from reader.parse.feed import parse_feed
from reader.parse.identity import Traits, base_key
from reader.text.clean import clean_line
from reader.text.urls import resolve, web_url

from .feedparser_files import Case, Expectation, archive, cases

pytestmark = pytest.mark.skipif(
    archive() is None, reason="feedparser's source distribution is not in .cache: see .ci/run"
)

DIFFERENCES = Path(__file__).with_name("feedparser_differences.toml")
URL = "http://127.0.0.1:8097/tests/"


def parse(case: Case, known: bytes = b"") -> ParseOutcome:
    """What comes of a file, served as feedparser's own test server serves it."""
    url = web_url(urljoin(URL + case.name, case.headers.get("content-location", ""))) or URL + case.name
    content_type = case.headers.get("content-type", "application/xml")
    return parse_feed(ParseJob(case.body, url, content_type, FeedConfig(URL), known_items=known))


@cache
def outcomes() -> tuple[tuple[Case, ParseOutcome], ...]:
    """Every file and what comes of it. That nothing raised is the first thing to prove."""
    return tuple((case, parse(case)) for case in cases())


def test_every_file_is_read() -> None:
    """Fewer files would prove less than it seems."""
    assert len(outcomes()) > 2_000


def test_keys_are_distinct() -> None:
    """Two entries with one key would overwrite each other at every refresh."""
    for case, outcome in outcomes():
        if isinstance(outcome, ParsedFeed):
            keys = [entry.key for entry in outcome.entries]
            assert len(keys) == len(set(keys)), case.name
            assert all(keys), case.name


def test_a_second_parse_brings_nothing_new() -> None:
    """What is known must cost nothing, and never come back as another entry."""
    for case, outcome in outcomes():
        if not isinstance(outcome, ParsedFeed):
            continue
        again = parse(case, outcome.item_hashes)
        assert isinstance(again, ParsedFeed), case.name
        if outcome.item_hashes:
            assert not again.entries, case.name
            assert again.item_hashes == outcome.item_hashes, case.name
        else:
            assert [(entry.key, entry.content_hash) for entry in again.entries] == [
                (entry.key, entry.content_hash) for entry in outcome.entries
            ], case.name


def test_agrees_with_what_the_files_expect() -> None:
    """Where we differ from feedparser, we do so on purpose: with a reason written down, and only there."""
    groups = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))["group"]
    reviewed = {line for group in groups for line in group["files"]}

    found = {
        f"{expectation.field} {case.name}": (expectation.value, ours)
        for case, outcome in outcomes()
        for expectation, ours in differences(case, outcome)
    }

    assert {name: found[name] for name in found.keys() - reviewed} == {}
    assert reviewed - found.keys() == set()


def differences(case: Case, outcome: ParseOutcome) -> list[tuple[Expectation, object]]:
    """The expectations that our result does not meet, each with what we have instead."""
    found: list[tuple[Expectation, object]] = []
    for expectation in case.expectations:
        ours = _ours(expectation, outcome)
        if ours not in _forms(expectation, outcome):
            found.append((expectation, ours))
    return found


def _entry(expectation: Expectation, outcome: ParseOutcome) -> ParsedEntry | None:
    if isinstance(outcome, ParsedFeed) and -1 < expectation.entry < len(outcome.entries):
        return outcome.entries[expectation.entry]
    return None


def _ours(expectation: Expectation, outcome: ParseOutcome) -> object:
    if not isinstance(outcome, ParsedFeed):
        return outcome
    entry = _entry(expectation, outcome)
    if expectation.entry < 0:
        return outcome.facts.title if expectation.field == "title" else outcome.facts.site_url
    if entry is None:
        return "no such entry"
    ours: dict[str, Any] = {
        "title": entry.title,
        "link": entry.url,
        "id": entry.key,
        "summary": _words(entry.summary),
        "published": entry.published,
        "created": entry.published,
        "updated": entry.updated,
    }
    return ours[expectation.field]


def _forms(expectation: Expectation, outcome: ParseOutcome) -> list[object]:
    """What feedparser has, in our form: text instead of HTML (unless it is text), instants instead of tuples."""
    value = expectation.value
    match expectation.field:
        case "title":
            return [clean_line(line_of_html(str(value))), clean_line(str(value))]
        case "link":
            return [resolve("", str(value))]
        case "id":
            entry = _entry(expectation, outcome)
            return [base_key(Traits(str(value), entry.url if entry else ""))]
        case "summary":
            text = line_of_html(re.sub(r"<[^>]*>", " ", str(value)))
            return [_words(clean_line(text, 300)), _words(clean_line(str(value), 300))]
        case _:
            return [datetime.fromtimestamp(calendar.timegm(value), UTC) if isinstance(value, tuple) else value]


def _words(text: str) -> str:
    """Without spaces: where HTML tags were, only the eye can tell."""
    return re.sub(r"\s+", "", text)
