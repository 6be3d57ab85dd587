"""JSON read piece by piece says what JSON read whole says."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text import json_stream
from reader.text.json_stream import BrokenJsonError, pieces

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=9,
)


class Dribble(io.StringIO):
    """A file that gives three characters at a time, whatever it is asked for."""

    def read(self, _size: int | None = -1, /) -> str:
        return super().read(3)


def whole(document: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (name, each) for name, value in document.items() for each in (value if isinstance(value, list) else [value])
    ]


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=5), st.sampled_from([None, 1]))
def test_pieces_are_the_whole(document: dict[str, Any], indent: int | None) -> None:
    """However the file is cut while it is read, and however it is written."""
    text = json.dumps(document, indent=indent)

    assert list(pieces(Dribble(text))) == whole(document)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"a"', '{"a":', '{"a":1', '{"a":[', '{"a":[1', '{"a":[1,', '{"a":[1,]}', '{"a" 1}', "{1:2}",
     '{"a":[' + "[" * 200_000, '{"a":' + "9" * 10_000 + "}", "nonsense"],
)  # fmt: skip
def test_what_is_broken_is_told_with_its_line(text: str) -> None:
    """Never a half list taken for a whole one."""
    with pytest.raises(BrokenJsonError) as caught:
        list(pieces(io.StringIO("\n\n" + text)))

    assert caught.value.line == 3


def test_a_value_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded whatever the file holds."""
    monkeypatch.setattr(json_stream, "MAX_ELEMENT", 1_000)

    with pytest.raises(BrokenJsonError, match="too large"):
        list(pieces(io.StringIO('{"a": "' + "x" * 2_000_000 + '"}')))
