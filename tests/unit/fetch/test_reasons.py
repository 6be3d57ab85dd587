"""What a person is told of a failure."""

from __future__ import annotations

from typing import get_args

import pytest

from reader.fetch.reasons import reason
from reader.model.feeds import Failure, FailureKind


@pytest.mark.parametrize("kind", get_args(FailureKind))
def test_every_failure_has_a_sentence(kind: FailureKind) -> None:
    """A kind without one would be an exception in front of the reader."""
    sentence = reason(Failure(kind, "news.example: {odd} \x1b[31m"), None)

    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert sentence.isprintable()


def test_a_challenge_is_told_as_such() -> None:
    """No change of address or patience gets a reader through it."""
    assert "Cloudflare" in reason(Failure("blocked", "Cloudflare challenge (403)"), 403)
    assert "user_agent" in reason(Failure("blocked", "403 Forbidden"), 403)


def test_a_server_in_trouble_is_not_the_readers_fault() -> None:
    """A 503 passes; a 400 does not."""
    assert "later" in reason(Failure("http_status", "503 Service Unavailable"), 503)
    assert "later" not in reason(Failure("http_status", "400 Bad Request"), 400)


def test_a_server_in_trouble_is_known_by_its_detail_too() -> None:
    """A line of `warta refresh` has only the failure, and must say the same as the screen."""
    failure = Failure("http_status", "503 Service Unavailable")

    assert reason(failure, None) == reason(failure, 503)
    assert reason(Failure("http_status", "418 Teapot"), None) != reason(failure, None)
