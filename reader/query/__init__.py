"""The filter language: text to tree, and what a tree means for an article."""

from __future__ import annotations

from reader.query.completing import Completion, complete, place_begun
from reader.query.describing import describe
from reader.query.facts import ArticleFacts
from reader.query.fields import FIELDS, TEXT_FIELDS
from reader.query.hits import hits
from reader.query.meaning import matches
from reader.query.names import FeedName, Names
from reader.query.parser import Query, parse

__all__ = [
    "FIELDS",
    "TEXT_FIELDS",
    "ArticleFacts",
    "Completion",
    "FeedName",
    "Names",
    "Query",
    "complete",
    "describe",
    "hits",
    "matches",
    "parse",
    "place_begun",
]
