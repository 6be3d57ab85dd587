"""feedparser's own test files: where they are, and what each says must come out.

A file's first comment holds ``Expect:`` with a Python expression over feedparser's result. The equations in it about
titles, links, ids, summaries and dates are read from its syntax tree; nothing of it is run.
"""

from __future__ import annotations

import ast
import codecs
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FIELDS = {
    "title": "title", "link": "link", "id": "id", "guid": "id", "summary": "summary", "description": "summary",
    "published_parsed": "published", "updated_parsed": "updated", "created_parsed": "created",
}  # fmt: skip

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
_CODEC = re.compile(rb"""SkipUnless:[^\n]*lookup\(['"]([^'"]+)['"]\)""")
_HEADER = re.compile(rb"^Header:\s+([^:]+):(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One equation of a test file."""

    entry: int
    """Index of the entry; -1: it is about the feed."""
    field: str
    """What it is about: one of the values of `FIELDS`."""
    value: object
    """What feedparser makes of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test file."""

    name: str
    """Its path below ``tests/``."""
    body: bytes
    """What it holds."""
    headers: dict[str, str]
    """Response headers it asks for, names in lower case."""
    expectations: tuple[Expectation, ...]
    """What we compare."""


def archive() -> Path | None:
    """feedparser's source distribution: in ``$WARTA_FEEDPARSER_TESTS`` or ``.cache``; None if it is in neither."""
    folder = Path(os.environ.get("WARTA_FEEDPARSER_TESTS") or ROOT / ".cache")
    return next(iter(sorted(folder.glob("feedparser-*.tar.gz"), reverse=True)), None)


def cases() -> Iterator[Case]:
    """All files of the source distribution's ``tests`` folder but its Python."""
    path = archive()
    if path is None:
        return
    with tarfile.open(path) as tar:
        for member in tar:
            name = member.name.partition("/tests/")[2]
            if not member.isfile() or not name or name.endswith(".py"):
                continue
            stream = tar.extractfile(member)
            assert stream is not None
            case = _case(name, stream.read())
            if case is not None:
                yield case


def _case(name: str, body: bytes) -> Case | None:
    text = _readable(body)
    if needed := _CODEC.search(text):
        try:
            codecs.lookup(needed[1].decode())
        except LookupError:
            return None
    headers = {key.decode().strip().lower(): value.decode().strip() for key, value in _HEADER.findall(text)}
    found = _EXPECT.search(text)
    expectations = tuple(_equations(found[1])) if found else ()
    return Case(name, body, headers, expectations)


def _readable(body: bytes) -> bytes:
    for bom, encoding in (
        (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF16_LE, "utf-16"), (b"\x00<\x00?", "utf-16-be"), (b"<\x00?\x00", "utf-16-le"),
        (b"\x00\x00\x00<", "utf-32-be"), (b"<\x00\x00\x00", "utf-32-le"), (b"\x4c\x6f\xa7\x94", "cp037"),
    ):  # fmt: skip
        if body.startswith(bom):
            return body.decode(encoding, "replace").encode("utf-8", "replace")
    return body


def _equations(source: bytes) -> Iterator[Expectation]:
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and all(isinstance(op, ast.Eq) for op in part.ops):
            *paths, last = [part.left, *part.comparators]
            yield from _expectations(paths, last)


def _expectations(paths: list[ast.expr], last: ast.expr) -> Iterator[Expectation]:
    try:
        value = _constant(last)
    except ValueError:
        return
    for path in paths:
        match _steps(path):
            case ["entries", int(index), str(field)] if field in FIELDS:
                yield Expectation(index, FIELDS[field], value)
            case ["feed", str(field)] if field in {"title", "link"}:
                yield Expectation(-1, field, value)


def _constant(node: ast.expr) -> object:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant(node.left), _constant(node.right)
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        raise ValueError
    value: object = ast.literal_eval(node)
    return value


def _steps(node: ast.expr) -> list[str | int]:
    """``entries[0].title`` and ``entries[0]['title']`` as a list of steps."""
    steps: list[str | int] = []
    while True:
        match node:
            case ast.Subscript(value=inner, slice=ast.Constant(value=str() | int() as step)):
                steps.append(step)
                node = inner
            case ast.Attribute(value=inner, attr=step):
                steps.append(step)
                node = inner
            case ast.Name(id=name):
                return [name, *reversed(steps)]
            case _:
                return []
