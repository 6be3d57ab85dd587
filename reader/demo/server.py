"""A loopback news server that behaves as a good publisher's does: ETag, Last-Modified, gzip."""

from __future__ import annotations

import gzip
import hashlib
import threading
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from reader.demo.articles import SOURCES, articles
from reader.demo.documents import audio_path, feed_document, page, silence

if TYPE_CHECKING:
    from reader.demo.articles import DemoArticle, DemoSource

__all__ = ["NewsServer"]


class NewsServer:
    """Serves the demo's sources on a free port of 127.0.0.1 while used as a context manager."""

    def __init__(self, now: datetime) -> None:
        """Date the articles back from ``now``."""
        self.articles = articles(now)
        """Everything it serves, newest first."""
        self._now = now
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), name="demo", daemon=True)

    @property
    def base(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def of(self, source: DemoSource) -> tuple[DemoArticle, ...]:
        """A source's articles, newest first."""
        return tuple(article for article in self.articles if article.source == source.name)

    def answer(self, path: str) -> tuple[int, str, bytes, datetime]:
        """Status, Content-Type, body and date of what stands at a path."""
        for source in SOURCES:
            if path == f"/{source.name}/feed":
                if source.shape == "failing":
                    return 503, "text/plain; charset=utf-8", b"Server sedang dirawat, coba lagi nanti.\n", self._now
                own = self.of(source)
                text, content_type = feed_document(source, own, self.base)
                return 200, content_type, text.encode(), own[0].published
            for article in self.of(source):
                if path == article.path:
                    return 200, "text/html; charset=utf-8", page(source, article).encode(), article.published
                if article.audio_seconds and path == audio_path(article):
                    return 200, "audio/mpeg", silence(article.audio_seconds), article.published
        return 404, "text/plain; charset=utf-8", b"Tidak ada di sini.\n", self._now

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, content_type, body, date = server.answer(self.path.partition("?")[0])
                etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
                if status == 200 and self.headers.get("If-None-Match") == etag:
                    status, body = 304, b""
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                if status in {200, 304}:
                    self.send_header("ETag", etag)
                    self.send_header("Last-Modified", format_datetime(date, usegmt=True))
                    self.send_header("Cache-Control", "max-age=600")
                if "gzip" in self.headers.get("Accept-Encoding", "") and body:
                    body = gzip.compress(body, 6)
                    self.send_header("Content-Encoding", "gzip")
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Say nothing: the terminal belongs to the screen."""

        return Handler
