"""A loopback HTTP server whose every answer a test decides, and which keeps every request it really received.

It writes bytes to the socket itself, so that it can do what no proper server does: break off, trickle, never end,
send a header twice or a chunk that is none.

    with Loopback() as server:
        server.answer("/feed", Answer(body=RSS, headers=(("ETag", '"1"'),)), Answer(status=304))
        ...  # fetch server.url("/feed")
        assert server.requests[0].header("If-None-Match") is None
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import TracebackType
from typing import Self

__all__ = [
    "Answer", "Loopback", "Received", "bomb", "conditional", "endless", "feed", "gzipped", "redirect", "trickle",
]  # fmt: skip

Header = tuple[str | bytes, str | bytes]


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it came over the wire."""

    method: str
    """``GET``, one hopes."""
    path: str
    """The request target, query included, exactly as sent."""
    headers: tuple[tuple[bytes, bytes], ...]
    """In the order sent, names as sent."""
    at: float
    """`time.monotonic` when its head was complete."""
    head: bytes
    """The whole head, byte for byte."""

    def all(self, name: str) -> list[bytes]:
        """Every value of a header, in order."""
        wanted = name.lower().encode()
        return [value for key, value in self.headers if key.lower() == wanted]

    def header(self, name: str) -> bytes | None:
        """The first value of a header; None if it was not sent."""
        return next(iter(self.all(name)), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send back. Text headers go out as latin-1; ``Content-Length`` is added unless `is_bare`."""

    status: int = 200
    """The status."""
    headers: tuple[Header, ...] = ()
    """Sent in this order, also twice."""
    body: bytes = b""
    """The whole body."""
    pieces: Callable[[], Iterable[bytes]] | None = None
    """Instead of a body: what to send piece by piece, chunked unless `is_bare`."""
    pause_seconds: float = 0.0
    """Wait before each piece."""
    delay_seconds: float = 0.0
    """Wait before the head."""
    is_bare: bool = False
    """Add neither Content-Length nor chunking; the connection is closed at the end."""
    raw: bytes | None = None
    """Instead of all the above: exactly these bytes, then close."""
    hold: threading.Event | None = None
    """Wait for this before answering."""


Replier = Callable[[Received], Answer]


@dataclass
class Loopback:
    """The server; a context manager. Answers are given per path, the last one of a path again and again."""

    host: str = "127.0.0.1"
    """The address to listen on; Linux has all of 127/8."""
    tls: ssl.SSLContext | None = None
    """Speak TLS with this."""
    requests: list[Received] = field(default_factory=list)
    """What was received, in order."""
    most_at_once: int = 0
    """The largest number of requests that were under way together."""
    connections: int = 0
    """Connections accepted."""

    def __post_init__(self) -> None:
        self._answers: dict[str, list[Answer | Replier]] = {}
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._under_way = 0
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self.port = 0

    def __enter__(self) -> Self:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._listener = socket.create_server((self.host, 0), family=family, backlog=256)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening and cut every connection; afterwards connecting is refused."""
        self._stopping.set()
        if self._listener is not None:
            _cut(self._listener)
            self._listener = None
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            _cut(connection)
        for thread in self._threads:
            thread.join(timeout=5)

    def url(self, path: str = "/", *, host: str = "", scheme: str = "") -> str:
        """The address of a path here, by another name of this machine if given."""
        shown = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{scheme or ('https' if self.tls else 'http')}://{shown}:{self.port}{path}"

    def answer(self, path: str, *answers: Answer | Replier) -> None:
        """What the path answers: each in turn, the last one from then on. ``*`` is every other path."""
        with self._lock:
            self._answers[path] = list(answers)

    def received(self, path: str) -> list[Received]:
        """The requests for one path, in order."""
        return [request for request in self.requests if request.path == path]

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None and not self._stopping.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, plain: socket.socket) -> None:
        connection = plain
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls is not None:
                connection = self.tls.wrap_socket(plain, server_side=True)
                with self._lock:
                    self._open.add(connection)
            left = b""
            while not self._stopping.is_set():
                request, left = _read_request(connection, left)
                if request is None or not self._reply(connection, request):
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(plain)
                self._open.discard(connection)
            _cut(connection)

    def _reply(self, connection: socket.socket, request: Received) -> bool:
        with self._lock:
            self.requests.append(request)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
            answers = self._answers.get(request.path) or self._answers.get("*") or [Answer(404, body=b"not here\n")]
            chosen = answers.pop(0) if len(answers) > 1 else answers[0]
        try:
            return self._send(connection, chosen(request) if callable(chosen) else chosen)
        finally:
            with self._lock:
                self._under_way -= 1

    def _send(self, connection: socket.socket, answer: Answer) -> bool:
        if answer.hold is not None:
            while not answer.hold.wait(0.05):
                if self._stopping.is_set():
                    return False
        if answer.delay_seconds and self._stopping.wait(answer.delay_seconds):
            return False
        if answer.raw is not None:
            connection.sendall(answer.raw)
            return False
        if answer.pieces is None:
            connection.sendall(_head(answer, length=len(answer.body)) + answer.body)
            return not answer.is_bare
        connection.sendall(_head(answer, length=None))
        for piece in answer.pieces():
            if self._stopping.wait(answer.pause_seconds) if answer.pause_seconds else self._stopping.is_set():
                return False
            connection.sendall(piece if answer.is_bare else b"%x\r\n%b\r\n" % (len(piece), piece))
        if not answer.is_bare:
            connection.sendall(b"0\r\n\r\n")
        return not answer.is_bare


def _read_request(connection: socket.socket, data: bytes) -> tuple[Received | None, bytes]:
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            return None, b""
        data += more
        if not data[:1].isalpha():  # TLS where none is spoken
            return None, b""
    head, _, left = data.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    method, target, _version = first.split(b" ", 2)
    headers = tuple((name, value.strip(b" \t")) for name, _, value in (line.partition(b":") for line in lines))
    request = Received(method.decode("latin-1"), target.decode("latin-1"), headers, time.monotonic(), head)
    return request, left


def _head(answer: Answer, *, length: int | None) -> bytes:
    phrase = http.client.responses.get(answer.status, "Whatever")
    lines = [f"HTTP/1.1 {answer.status} {phrase}".encode()]
    lines += [_octets(name) + b": " + _octets(value) for name, value in answer.headers]
    if not answer.is_bare and answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(b"Transfer-Encoding: chunked" if length is None else b"Content-Length: %d" % length)
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _octets(text: str | bytes) -> bytes:
    return text.encode("latin-1") if isinstance(text, str) else text


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # never connected, or gone already
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def feed(*titles: str, name: str = "Harian Contoh") -> bytes:
    """A small valid RSS document with an item for each title."""
    items = "".join(
        f"<item><title>{title}</title><guid>{title}</guid><link>http://127.0.0.1/{number}</link></item>"
        for number, title in enumerate(titles or ("Satu",))
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def conditional(
    body: bytes, *, etag: bytes = b"", last_modified: bytes = b"", headers: tuple[Header, ...] = ()
) -> Replier:
    """Answer 304 to a request that brings the validators back byte for byte, else 200 with the body."""
    own = tuple((name, value) for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if value)

    def reply(request: Received) -> Answer:
        known = (request.header("If-None-Match") or b"", request.header("If-Modified-Since") or b"")
        status = 304 if any(known) and known == (etag, last_modified) else 200
        return Answer(status, (*own, *headers), b"" if status == HTTPStatus.NOT_MODIFIED else body)

    return reply


def gzipped(answer: Answer) -> Answer:
    """The same answer, its body compressed and declared so."""
    return replace(answer, headers=(*answer.headers, ("Content-Encoding", "gzip")), body=gzip.compress(answer.body))


def redirect(to: str, status: int = 302) -> Answer:
    """A hop to another address."""
    return Answer(status, (("Location", to),))


def trickle(*, pause_seconds: float = 0.5, byte: bytes = b"x") -> Answer:
    """One byte at a time, for ever."""
    return Answer(pieces=lambda: _for_ever(byte), pause_seconds=pause_seconds)


def endless(piece: bytes = b" " * 65_536) -> Answer:
    """A body that never ends, as fast as it is taken."""
    return Answer(pieces=lambda: _for_ever(piece))


def bomb(megabytes: int = 200) -> bytes:
    """A gzip body that decodes to so many megabytes of zeros; a thousandth of that on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()


def _for_ever(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece
