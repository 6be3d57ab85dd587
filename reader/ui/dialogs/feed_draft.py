"""What stands in the feed form: a line for every key a feed may have, as text and as feeds.toml has it. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Literal

from reader.i18n import N_, _
from reader.light import dataclass

__all__ = [
    "CHOICES", "FIELDS", "GROUPS", "FeedField", "changes", "field_of", "is_shown", "placeholder_of", "text_of",
    "texts_of", "value_of",
]  # fmt: skip

Shape = Literal["text", "list", "tails", "words", "headers", "whole", "seconds", "choice"]
"""How a value is typed. ``list``: with semicolons between; ``tails`` likewise, their blanks belong to them;
``words``: as in a shell; ``headers``: ``Name: value`` with semicolons between."""

GROUPS = ("", N_("On the page"), N_("Articles"), N_("Fetching"))
"""Headings, in order."""

_PAGE = frozenset({"page"})
_LISTS = frozenset({"page", "sitemap"})
_SEPARATOR = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class FeedField:
    """One key."""

    key: str
    """In feeds.toml."""
    label: str
    """What the form calls it (English; translate with `_`)."""
    help: str
    """What it does, in a sentence without full stop (English)."""
    group: str = ""
    """Its heading; one of `GROUPS`."""
    shape: Shape = "text"
    """How it is typed."""
    empty: str = ""
    """What holds while nothing stands there (English)."""
    kinds: frozenset[str] = frozenset()
    """The kinds of source it is for; empty: all."""
    is_secret: bool = False
    """Shown only while it is changed."""


def _fields() -> tuple[FeedField, ...]:
    page, articles, asking = GROUPS[1:]
    several = N_("separate several with ;")
    return (
        FeedField("title", N_("Name"), N_("Shown in the sidebar"), empty=N_("the feed's own title")),
        FeedField("folder", N_("Folder"), N_("A/B puts it in B inside A"), empty=N_("none")),
        FeedField("tags", N_("Tags"), N_("Added to all its articles; separate several with ;"), shape="list"),
        FeedField("url", N_("Address"), N_("Changing it keeps the articles and their marks")),
        FeedField("kind", N_("Kind"), N_("What is at this address"), shape="choice"),
        FeedField("enabled", N_("Enabled"), N_("When off, its articles stay but it is not refreshed"),
                  shape="choice"),
        FeedField("link_pattern", N_("Link pattern"), N_("Regular expression matched against link addresses"),
                  page, kinds=_LISTS),
        FeedField("item", N_("Item"), N_("CSS selector for one article in the list"), page, kinds=_PAGE),
        FeedField("link", N_("Link"), N_("CSS selector inside the item"), page, empty=N_("the first"),
                  kinds=_PAGE),
        FeedField("item_title", N_("Title"), N_("CSS selector inside the item"), page,
                  empty=N_("the link text"), kinds=_PAGE),
        FeedField("summary", N_("Summary"), N_("CSS selector inside the item"), page, kinds=_PAGE),
        FeedField("date", N_("Date"), N_("CSS selector inside the item"), page, empty=N_("the first <time>"),
                  kinds=_PAGE),
        FeedField("author", N_("Author"), N_("CSS selector inside the item"), page, kinds=_PAGE),
        FeedField("image", N_("Image"), N_("CSS selector inside the item"), page, empty=N_("the first"),
                  kinds=_PAGE),
        FeedField("full_text", N_("Full articles"), N_("Fetch the full text of new articles"), articles,
                  "choice"),
        FeedField("content", N_("Article text"), N_("CSS selectors for the article page, tried in order"),
                  articles, "list", several),
        FeedField("remove", N_("Remove"), N_("CSS selectors for parts to drop from the article"), articles,
                  "list", several),
        FeedField("title_strip", N_("Strip from titles"), N_("Title endings to strip; leading spaces count"),
                  articles, "tails", several),
        FeedField("keep_days", N_("Days to keep"), N_("0: forever; starred, tagged and unread always stay"),
                  articles, "whole", N_("as in [settings]")),
        FeedField("max_articles", N_("Keep at most"), N_("0: no limit; starred, tagged and unread always stay"),
                  articles, "whole", N_("as in [settings]")),
        FeedField("encoding", N_("Encoding"), N_("Overrides what the feed declares"), articles,
                  empty=N_("as the feed declares")),
        FeedField("refresh_minutes", N_("Refresh every"), N_("Exactly this many minutes; server limits still apply"),
                  asking, "whole", N_("automatic, from how often it publishes")),
        FeedField("timeout_seconds", N_("Timeout"), N_("Seconds in total for one refresh of this feed"), asking,
                  "seconds", "60"),
        FeedField("headers", N_("Headers"), N_("Name: value; separate several with ;, a literal ; is \\;"), asking,
                  "headers", is_secret=True),
        FeedField("user_agent", N_("User agent"), N_("How Warta identifies itself to the server"), asking,
                  empty=N_("Warta's default")),
        FeedField("auth", N_("Login"), N_("user:password, or bearer TOKEN"), asking, is_secret=True),
        FeedField("auth_command", N_("Login command"), N_("Prints the login; quote arguments as in a shell"), asking,
                  "words"),
        FeedField("proxy", N_("Proxy"), N_("http://… or socks5://…"), asking, empty=N_("from the environment"),
                  is_secret=True),
    )  # fmt: skip


FIELDS = _fields()
"""Every key, in the form's order."""

CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "kind": (("feed", N_("feed")), ("page", N_("web page")), ("sitemap", N_("news sitemap"))),
    "enabled": (("", N_("yes")), ("no", N_("no"))),
    "full_text": (("", N_("no")), ("yes", N_("yes"))),
}
"""What a choice offers: value and label (English); the first is the default."""


def field_of(key: str) -> FeedField:
    """The line for a key. Raises StopIteration for one that has none."""
    return next(field for field in FIELDS if field.key == key)


def is_shown(field: FeedField, kind: str) -> bool:
    """Whether the line means something for a kind of source."""
    return not field.kinds or kind in field.kinds


def text_of(field: FeedField, value: object) -> str:
    """A value as it is typed; empty for None."""
    if field.key == "enabled":
        return "no" if value is False else ""
    if field.key == "full_text":
        return "yes" if value is True else ""
    match value:
        case None:
            return "feed" if field.key == "kind" else ""
        case list() if field.shape == "words":
            return shlex.join(map(str, value))
        case list() if field.shape == "tails":
            return ";".join(_escaped(str(item)) for item in value)
        case list():
            return "; ".join(_escaped(str(item)) for item in value)
        case dict():
            return "; ".join(f"{name}: {_escaped(str(content))}" for name, content in value.items())
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def value_of(field: FeedField, text: str) -> object:
    """What was typed, as feeds.toml has it; None leaves the key out. What is wrong is left for the check to tell."""
    typed = text if field.shape == "tails" else text.strip()
    if field.shape == "choice":
        return _chosen(field.key, typed)
    if not typed.strip():
        return None
    match field.shape:
        case "whole" | "seconds":
            return _number(typed)
        case "list":
            return [item.strip() for item in _items(typed) if item.strip()]
        case "tails":
            return [item for item in _items(typed) if item.strip()]
        case "words":
            return _words(typed)
        case "headers":
            return _headers(typed)
        case _:
            return typed


def texts_of(values: Mapping[str, object]) -> dict[str, str]:
    """Every line's text for an entry's values."""
    return {field.key: text_of(field, values.get(field.key)) for field in FIELDS}


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, object]:
    """The keys whose text is another than before, with their values; None: to be taken away."""
    return {
        field.key: value_of(field, now[field.key])
        for field in FIELDS
        if field.key in now and now[field.key] != before[field.key]
    }


def _chosen(key: str, typed: str) -> object:
    match key, typed:
        case "enabled", "no":
            return False
        case "full_text", "yes":
            return True
        case "kind", ("page" | "sitemap"):
            return typed
        case _:
            return None


def _number(typed: str) -> object:
    try:
        return int(typed)
    except ValueError:
        pass
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        return typed


def _items(typed: str) -> list[str]:
    return [item.replace("\\;", ";") for item in _SEPARATOR.split(typed)]


def _escaped(item: str) -> str:
    return item.replace(";", "\\;")


def _words(typed: str) -> object:
    try:
        return shlex.split(typed)
    except ValueError:  # a quote is open: it is being typed
        return typed


def _headers(typed: str) -> dict[str, str]:
    pairs = (item.partition(":") for item in _items(typed) if item.strip())
    return {name.strip(): content.strip() for name, _colon, content in pairs}


def placeholder_of(field: FeedField, own_title: str) -> str:
    """What is said in an empty line."""
    if field.key == "title" and own_title:
        return _("the feed's own title: {title}").format(title=own_title)
    return _(field.empty) if field.empty else ""
