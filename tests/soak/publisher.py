"""Two hundred feeds of which a good part fails in some way each time it is asked."""

from __future__ import annotations

import random
import threading
from collections import Counter

from tests.hostile import ESCAPES, HOSTILE, NOT_FEEDS
from tests.loopback import Answer, Received, bomb, redirect

__all__ = ["Publisher"]

KEPT = 20
"""Items a feed shows at once."""

TURNS = {
    "new": 34, "same": 34, "failing": 10, "busy": 4, "redirect": 2, "cut": 3, "no feed": 3, "hostile": 4,
    "reset": 3, "slow": 2, "bomb": 1,
}  # fmt: skip
"""What may become of a request, and how often of a hundred."""


class Publisher:
    """Answers every path of a loopback server; by chance, from a seed."""

    def __init__(self, seed: int) -> None:
        self.turns: Counter[str] = Counter()
        """What was answered how often."""
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        self._items: Counter[str] = Counter()
        self._bomb = bomb(30)
        self._hostile = [make() for name, make in HOSTILE.items() if "deep" not in name and "many" not in name]
        self._not_feeds = [make() for make in NOT_FEEDS.values()]

    def __call__(self, request: Received) -> Answer:
        """The answer to a request."""
        if not request.path.startswith("/feed"):
            return Answer(body=_page(request.path))
        with self._lock:
            turn = self._dice.choices(list(TURNS), list(TURNS.values()))[0]
            chance = self._dice.random()
            if not self._items[request.path]:
                turn = "new"
            self.turns[turn] += 1
            self._items[request.path] += turn == "new" and (2 if self._items[request.path] else 8)
            count = self._items[request.path]
        return self._answer(turn, chance, request, count)

    def _answer(self, turn: str, chance: float, request: Received, count: int) -> Answer:
        body = _feed(request.path, count)
        tag = f'"{count}"'.encode()
        match turn:
            case "failing":
                return Answer(404 if chance < 0.3 else 500, body=b"not now")
            case "busy":
                return Answer(429 if chance < 0.5 else 503, (("Retry-After", "3600"),))
            case "redirect":
                return redirect(request.path + "?again", 301 if chance < 0.5 else 302)
            case "cut":
                return Answer(body=body[: int(len(body) * chance)])
            case "no feed":
                return Answer(body=self._not_feeds[int(chance * len(self._not_feeds))])
            case "hostile":
                return Answer(body=self._hostile[int(chance * len(self._hostile))])
            case "reset":
                return Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss>")
            case "slow":
                return Answer(body=body, delay_seconds=2 * chance)
            case "bomb":
                return Answer(headers=(("Content-Encoding", "gzip"),), body=self._bomb)
            case _:
                is_known = request.header("If-None-Match") == tag
                return Answer(304 if is_known else 200, (("ETag", tag),), b"" if is_known else body)


def _feed(path: str, count: int) -> bytes:
    name = path.strip("/").partition("?")[0]
    items = "".join(
        f"<item><title>Berita {number} {name} gempa natuna {ESCAPES if number % 50 == 0 else ''}</title>"
        f"<guid isPermaLink='false'>{name}-{number}</guid><link>http://127.0.0.1:9/{name}/{number}</link>"
        f"<description>{f'Kata dari {name} tentang pelabuhan dan kapal. ' * 12}</description></item>"
        for number in range(count, max(0, count - KEPT), -1)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode("utf-8", "surrogatepass")


def _page(path: str) -> bytes:
    words = "".join(f"<p>Paragraf {number} {path} tentang laut.</p>" for number in range(30))
    return f"<html><title>Halaman</title><body><article><h1>{path}</h1>{words}</article></body></html>".encode()
