"""What others complain of in English is told in the reader's language."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator

import pytest
import regex

from reader.i18n import set_language
from reader.text.told import os_reason, pattern_reason


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    set_language("id")
    yield
    set_language("en")


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EIO, errno.ELOOP],
)
def test_what_happens_to_files_is_told(number: int) -> None:
    """A full disk or a missing file is nobody's fault; half a sentence in English looks like one."""
    error = OSError(number, os.strerror(number))

    assert os_reason(error) != os.strerror(number)


def test_what_is_not_known_is_told_as_it_is() -> None:
    """Better a true word in English than none; and never a terminal's escape."""
    assert os_reason(OSError(9999, "Flux\x1b overrun")) == "Flux overrun"


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[a", "a**", "*a", "a{3,1}", "[z-a]", "(?P<>a)", "(?Qa)", "\\", r"(?P=x)"]
)
def test_what_is_wrong_with_a_pattern_is_told(pattern: str) -> None:
    """By both libraries: `re` reads feeds.toml, `regex` the filter."""
    told = []
    for compile_ in (re.compile, regex.compile):
        try:
            compile_(pattern)
        except (re.error, regex.error) as error:
            told.append(pattern_reason(error))

    assert told
    assert [reason for reason in told if re.search("[a-z] at |missing|expected|nothing|unknown|bad ", reason)] == []
