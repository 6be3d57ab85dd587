"""The test server itself: a test about HTTP is worth what its server is."""

from __future__ import annotations

import http.client

from tests.loopback import Answer, Loopback, conditional


def ask(server: Loopback, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=5)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_answers_come_in_turn_and_the_last_one_stays() -> None:
    """Tests of a second refresh need a server whose mind changes."""
    with Loopback() as server:
        server.answer("/a", Answer(body=b"one"), Answer(500, body=b"two"))

        assert [ask(server, "/a") for _ in range(3)] == [(200, b"one"), (500, b"two"), (500, b"two")]
        assert ask(server, "/b") == (404, b"not here\n")


def test_requests_are_kept_as_they_came() -> None:
    """Byte for byte is what most rules of politeness are about."""
    with Loopback() as server:
        ask(server, "/a?b=%2f", {"X-Odd": "  two  words "})

        (request,) = server.requests
        assert (request.method, request.path) == ("GET", "/a?b=%2f")
        assert request.header("x-odd") == b"two  words"
        assert request.header("Cookie") is None


def test_streams_are_chunked() -> None:
    """An endless body is the same code with an endless iterator."""
    with Loopback() as server:
        server.answer("/a", Answer(pieces=lambda: [b"ab", b"c"]))

        assert ask(server, "/a") == (200, b"abc")


def test_conditional_answers_want_the_exact_validators() -> None:
    """A server that compares strings is the strictest there is, and common."""
    with Loopback() as server:
        server.answer("/a", conditional(b"news", etag=b'"1"'))

        assert ask(server, "/a")[0] == 200
        assert ask(server, "/a", {"If-None-Match": '"1"'}) == (304, b"")
        assert ask(server, "/a", {"If-None-Match": "1"})[0] == 200
