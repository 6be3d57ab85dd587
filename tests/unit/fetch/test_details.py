"""What is stored of a failure in English is told in the reader's language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import fetch, i18n
from reader.fetch.details import told_detail
from reader.fetch.reasons import reason
from reader.model import Failure


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    before = i18n.current_language()
    i18n.set_language("id")
    yield
    i18n.set_language(before)


def _details() -> Iterator[str]:
    """Every detail that the code words itself, with something in its gaps."""
    for path in sorted(Path(fetch.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name == "FetchStoppedError" and isinstance(node, ast.Call) and len(node.args) > 1:
                text = _text(node.args[1])
                if re.search(r"[a-z]{2,} [a-z]{2,}", text):
                    yield text


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "x9" for part in parts)
    return ""


def test_every_detail_has_a_form() -> None:
    """Half a sentence in another language looks broken; this finds the one that was forgotten."""
    details = list(_details())
    assert len(details) > 15
    assert [detail for detail in details if told_detail(detail) == detail] == []


def test_details_stand_in_the_sentence() -> None:
    """The host and the numbers stay."""
    told = reason(Failure("timeout", "rri.example: not finished after 30 s"), None)
    assert told == "Terlalu lama: rri.example: belum selesai setelah 30 detik. Warta mencoba lagi nanti."


def test_words_of_a_server_are_left_alone() -> None:
    """A status line is the same in every language."""
    assert "404 Not Found" in reason(Failure("not_found", "404 Not Found"), 404)


def test_no_detail_leaves_no_gap() -> None:
    """A machine's word for the kind of failure says nothing to a person."""
    assert reason(Failure("truncated"), None) == "Jawaban terputus. Warta mencoba lagi nanti."
