"""newsboat's filter expressions in Warta's filter language, where that can say the same. Pure.

``and`` and ``or`` bind alike and group from the left, which newsboat itself does and its manual does not say.

Source: newsboat's manual, "Filter Language".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from reader.i18n import _
from reader.query import Names, parse

__all__ = ["NoTranslationError", "translated"]

_LONGEST = 10_000
_DEEPEST = 30
_PIECE = re.compile(
    r"""\s*(?:
        (?P<bracket>[()])
      | (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<operator>=~|!~|==|!=|!\#|<=|>=|=|<|>|\#|between\b)
      | (?P<range>\d{1,9}:\d{1,9})
      | (?P<word>[A-Za-z_][A-Za-z_0-9]*)
      | (?P<number>-?\d{1,9})
    )""",
    re.VERBOSE | re.DOTALL,
)
_OPPOSITE = {"!=": "=", "!~": "=~", "!#": "#"}
_SPECIAL = re.compile(r"[.^$*+?()\[\]{}|\\]")
_TEXTS = {"title": "title", "author": "author", "content": "body"}


class NoTranslationError(ValueError):
    """The expression cannot be said here; ``str()`` says why, in the current language."""


def translated(expression: str) -> str:
    """The expression in Warta's filter language.

    Raises:
        NoTranslationError: it is no expression, or says what that language cannot.

    """
    reading = _Reading(_pieces(expression))
    query = reading.expression()
    if reading.is_unread:
        raise NoTranslationError(_("the expression is not understood at “{text}”").format(text=reading.here))
    if problem := parse(query, complete=True, now=datetime.now(UTC), zone=UTC, names=Names()).problem:
        raise NoTranslationError(problem)
    return query.removeprefix("(").removesuffix(")") if _is_one_group(query) else query


def _pieces(expression: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    text = expression[:_LONGEST].rstrip()
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None or match.lastgroup is None:
            raise NoTranslationError(_("the expression is not understood at “{text}”").format(text=text[at : at + 20]))
        pieces.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return pieces


class _Reading:
    """The pieces of an expression, read from the left."""

    def __init__(self, pieces: list[tuple[str, str]]) -> None:
        self._pieces = pieces
        self._at = 0
        self._depth = 0

    @property
    def is_unread(self) -> bool:
        """Whether pieces are left."""
        return self._at < len(self._pieces)

    @property
    def here(self) -> str:
        """The next piece; empty at the end."""
        return self._pieces[self._at][1] if self.is_unread else ""

    def expression(self) -> str:
        """Terms with ``and`` and ``or`` between them."""
        query = self._term()
        while self.here.lower() in {"and", "or"}:
            joint = " " if self._next("word").lower() == "and" else " OR "
            query = f"({query}{joint}{self._term()})"
        return query

    def _term(self) -> str:
        if self.here == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise NoTranslationError(_("the expression is nested too deeply"))
            self._next("bracket")
            query = self.expression()
            if self.here != ")":
                raise NoTranslationError(_("a bracket is not closed"))
            self._next("bracket")
            self._depth -= 1
            return query
        name = self._next("word")
        operator = self._next("operator")
        kind, value = self._value()
        return _said(name, operator, kind, value)

    def _next(self, kind: str) -> str:
        if not self.is_unread or self._pieces[self._at][0] != kind:
            raise NoTranslationError(_("the expression is not understood at “{text}”").format(text=self.here))
        self._at += 1
        return self._pieces[self._at - 1][1]

    def _value(self) -> tuple[str, str]:
        if not self.is_unread or self._pieces[self._at][0] not in {"text", "range", "number"}:
            raise NoTranslationError(_("the expression is not understood at “{text}”").format(text=self.here))
        kind, value = self._pieces[self._at]
        self._at += 1
        return kind, re.sub(r'\\(["\\])', r"\1", value[1:-1]) if kind == "text" else value


def _said(name: str, operator: str, kind: str, value: str) -> str:
    """One comparison."""
    is_not = operator in _OPPOSITE
    plain = _OPPOSITE.get(operator, "=" if operator == "==" else operator)
    say = _SAYINGS.get(name)
    said = _text(name, plain, value) if name in _TEXTS else say(plain, kind, value) if say else ""
    if not said:
        message = _("Warta's filters cannot express “{comparison}”")
        raise NoTranslationError(message.format(comparison=f"{name} {operator} {value}"[:80]))
    return f"-{said}" if is_not else said


def _text(name: str, operator: str, value: str) -> str:
    """A pattern in title, author or text."""
    if operator not in {"=", "=~"} or not value or "\n" in value:
        return ""
    if operator == "=":
        return f"{_TEXTS[name]}:/^{re.escape(value).replace('/', chr(92) + '/')}$/"
    pattern = re.sub(r"(\\.)|/", lambda found: found[1] or r"\/", value)
    return f"{_TEXTS[name]}:/{pattern}/i"


def _unread(operator: str, _kind: str, value: str) -> str:
    return {"yes": "is:unread", "no": "is:read"}.get(value, "") if operator == "=" else ""


def _age(operator: str, kind: str, value: str) -> str:
    if operator == "between" and kind == "range":
        least, most = (int(part) for part in value.split(":"))
        return f"(newer:{most + 1}d older:{least}d)" if least else f"newer:{most + 1}d"
    if kind == "range" or not value.isdigit():
        return ""
    days = int(value)
    match operator:
        case "<":
            return f"newer:{days}d"
        case "<=":
            return f"newer:{days + 1}d"
        case ">":
            return f"older:{days + 1}d"
        case ">=":
            return f"older:{days}d"
        case "=":
            return f"(newer:{days + 1}d older:{days}d)" if days else "newer:1d"
    return ""


def _tags(operator: str, _kind: str, value: str) -> str:
    return f'#"{value}"' if operator == "#" and _is_plain(value) else ""


def _flags(operator: str, _kind: str, value: str) -> str:
    """Flags come as tags and a star: `storage.newsboat_cache`."""
    return f"#flag-{value}" if operator == "#" and re.fullmatch("[A-Za-z]", value) else ""


def _feed_title(operator: str, _kind: str, value: str) -> str:
    return f'feed:"{value}"' if operator in {"=", "=~"} and _is_plain(value) else ""


def _link(operator: str, _kind: str, value: str) -> str:
    literal = value.replace("\\.", ".").replace("\\/", "/").replace("\\?", "?")
    is_plain = not _SPECIAL.search(value.replace("\\.", "").replace("\\/", "").replace("\\?", "").replace(".", ""))
    return f'url:"{literal}"' if operator == "=~" and is_plain and literal and '"' not in literal else ""


def _enclosure(operator: str, _kind: str, value: str) -> str:
    found = re.fullmatch(r"\^?(audio|video|image)/?(?:\.\*|\*)?", value)
    return f"has:{found[1]}" if operator == "=~" and found else ""


def _is_plain(value: str) -> bool:
    return bool(value.strip()) and not _SPECIAL.search(value) and '"' not in value


_SAYINGS: dict[str, Callable[[str, str, str], str]] = {
    "unread": _unread,
    "age": _age,
    "tags": _tags,
    "flags": _flags,
    "feedtitle": _feed_title,
    "link": _link,
    "enclosure_type": _enclosure,
}


def _is_one_group(query: str) -> bool:
    """Whether the first bracket closes at the very end; patterns and quotes may hold brackets."""
    if not query.startswith("(") or re.search(r'["/]', query):
        return False
    depth = 0
    for at, character in enumerate(query):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return at == len(query) - 1
    return False
