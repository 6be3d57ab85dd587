"""Bodies decoded under a bound.

httpx turns a 317-byte brotli body into 209 MB at once; here nothing is decoded further than the bound, whatever a
header promises.
"""

from __future__ import annotations

import zlib

from reader.fetch.stopping import FetchStoppedError

__all__ = ["MAX_BODY_BYTES", "BodyDecoder"]

MAX_BODY_BYTES = 16 * 1024 * 1024
"""Largest body, decoded, and also as it comes over the wire."""

_STEP_BYTES = 65_536
_MAX_MEMBERS = 1_000
_GZIP_MAGIC = b"\x1f\x8b"


class BodyDecoder:
    """Takes a body piece by piece, gunzips it if it is gzip, stops at the bound.

    Any Content-Encoding but one gzip is refused: it was not asked for. A body that is gzip without saying so (sitemaps
    named ``.xml.gz``) is unpacked too, once.
    """

    def __init__(self, content_encoding: str, limit_bytes: int = MAX_BODY_BYTES) -> None:
        names = content_encoding.lower().replace(" ", "").split(",")
        codings = [name for name in names if name not in {"", "identity"}]
        if codings not in ([], ["gzip"], ["x-gzip"]):
            raise FetchStoppedError("bad_encoding", f"Content-Encoding: {content_encoding}")
        self.body = bytearray()
        """What is decoded so far."""
        self._limit = limit_bytes
        self._received = 0
        self._is_declared = bool(codings)
        self._start: bytes | None = b""
        self._gunzip = zlib.decompressobj(47) if codings else None
        self._members = 1
        self._rest = b""

    def feed(self, data: bytes) -> None:
        """Decode some more. Raises: FetchStoppedError, too large or not what it said."""
        self._received += len(data)
        if self._received > self._limit:
            raise FetchStoppedError("too_large", f"more than {self._limit >> 20} MiB")
        if self._start is not None and not self._is_declared:
            self._start += data
            if len(self._start) < len(_GZIP_MAGIC):
                return
            data, self._start = self._start, None
            if data.startswith(_GZIP_MAGIC):
                self._gunzip = zlib.decompressobj(47)
        if self._gunzip is None:
            self._keep(data)
        else:
            self._inflate(data)

    def finish(self) -> bytes:
        """The whole body. Raises: FetchStoppedError if the compressed stream broke off."""
        if self._start and not self._is_declared:
            self._keep(self._start)
        if self._gunzip is not None and self._received and not self._gunzip.eof:
            raise FetchStoppedError("truncated", "the compressed body is cut off")
        return bytes(self.body)

    def _inflate(self, data: bytes) -> None:
        while data and self._gunzip is not None:
            if self._gunzip.eof:
                data, self._rest = self._rest + data, b""
                if len(data) < len(_GZIP_MAGIC):
                    self._rest = data
                    return
                if not data.startswith(_GZIP_MAGIC):
                    return  # padding after the last member, as some servers send
                self._next_member()
            try:
                self._keep(self._gunzip.decompress(data, _STEP_BYTES))
            except zlib.error as error:
                raise FetchStoppedError("bad_encoding", "the body is not gzip as declared") from error
            data = self._gunzip.unused_data if self._gunzip.eof else self._gunzip.unconsumed_tail

    def _next_member(self) -> None:
        """Start on the next gzip member (RFC 1952 §2.2 lets a file have several)."""
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise FetchStoppedError("bad_encoding", "too many gzip members")
        self._gunzip = zlib.decompressobj(47)

    def _keep(self, data: bytes) -> None:
        if len(self.body) + len(data) > self._limit:
            raise FetchStoppedError("too_large", f"more than {self._limit >> 20} MiB")
        self.body += data
