"""A feed's configuration, facts and state as the store keeps them: JSON without secrets and without defaults.

What cannot be read, or was written by a later version, falls back to the default, field by field where possible.
Secrets (``auth``, ``auth_command``, ``headers``, ``proxy``) are never stored: they come from feeds.toml at each start.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from reader.model import Failure, FeedConfig, FeedFacts, FeedState
from reader.storage.values import as_json, from_json

__all__ = ["config_in", "config_out", "facts_in", "facts_out", "state_in", "state_out"]

T = TypeVar("T")
D = TypeVar("D")

_SECRET = frozenset({"auth", "auth_command", "headers", "proxy"})
_NOT_STORED = _SECRET | {"url", "line"}
_STATE_COLUMNS = frozenset({"validators", "body_hash", "item_hashes"})
_STATE_TIMES = frozenset(
    {
        "validated_at",
        "next_due",
        "not_before",
        "fresh_until",
        "last_checked",
        "last_success",
        "redirect_since",
        "looked_at",
    }
)


def config_out(config: FeedConfig) -> str:
    """The entry without secrets; what is as by default is left out."""
    values = {}
    for field in _fields(FeedConfig):
        value = getattr(config, field.name)
        if field.name not in _NOT_STORED and value != field.default:
            values[field.name] = value
    return as_json(values)


def config_in(url: str, text: str) -> FeedConfig:
    """The entry as it was stored; the defaults if it is damaged."""
    values = _known_fields(FeedConfig, text)
    tuples = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return _built(FeedConfig, {**values, **tuples, "url": url}, FeedConfig(url))


def facts_out(facts: FeedFacts) -> str:
    """What a feed tells of itself, as JSON."""
    values = {}
    for field in _fields(FeedFacts):
        value = getattr(facts, field.name)
        if value not in {field.default, frozenset()}:
            values[field.name] = sorted(value) if isinstance(value, frozenset) else value
    return as_json(values)


def facts_in(text: str) -> FeedFacts:
    """What a feed told of itself; nothing if it is damaged."""
    values = _known_fields(FeedFacts, text)
    sets = {name: frozenset(value) for name, value in values.items() if isinstance(value, list)}
    return _built(FeedFacts, {**values, **sets}, FeedFacts())


def state_out(state: FeedState) -> str:
    """What is remembered between refreshes, as JSON; what has a column of its own is left out."""
    values: dict[str, Any] = {}
    for field in _fields(FeedState):
        value = getattr(state, field.name)
        if field.name in _STATE_COLUMNS or value == field.default:
            continue
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, Failure):
            value = dataclasses.asdict(value)
        values[field.name] = value
    return as_json(values)


def state_in(text: str, **columns: Any) -> FeedState:
    """What is remembered between refreshes; ``columns`` is what has a column of its own."""
    values = _known_fields(FeedState, text)
    try:
        for name in _STATE_TIMES & values.keys():
            values[name] = datetime.fromisoformat(values[name])
        if failure := values.get("failure"):
            values["failure"] = Failure(**failure)
    except (TypeError, ValueError):
        return FeedState(**columns)
    built = _built(FeedState, {**values, **columns}, None)
    return FeedState(**columns) if built is None else built


@cache
def _fields(kind: type) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def _known_fields(kind: type, text: str) -> dict[str, Any]:
    """The values a JSON object has for a dataclass's fields; a later version's others are passed over."""
    values = from_json(text, {}) if text != "{}" else {}
    names = {field.name for field in _fields(kind)} if values else ()
    return {name: value for name, value in values.items() if name in names} if isinstance(values, dict) else {}


def _built(kind: Callable[..., T], values: dict[str, Any], default: D) -> T | D:
    try:
        return kind(**values)
    except TypeError:
        return default
