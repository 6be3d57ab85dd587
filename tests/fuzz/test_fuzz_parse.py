"""Bodies put together at random from pieces of feeds: whatever comes, an outcome comes too.

pytest tests/fuzz --fuzz-seconds 600 -s
"""

from __future__ import annotations

import os
import pickle
import random
import re
import time

import pytest

from reader.model import FeedConfig, PageJob, PageText, ParsedFeed, ParseFailed, ParseJob
from reader.parse.kinds import KINDS
from reader.parse.page import parse_page
from tests.hostile import HOSTILE, NOT_FEEDS, atom, item, rss

URL = "https://kabar.example/rss"
SLOWEST_SECONDS = 8.0
MARKUP = """
<rss\tversion='2.0'> <channel> <item> </item> </channel> </rss> <entry>
<feed\txmlns='http://www.w3.org/2005/Atom'> </entry> </feed> <rdf:RDF> <title> </title> <link> </link>
<link\thref='x'/> <guid> </guid> <id>a</id> <description> </description> <author> </author> <pubDate>
</pubDate> <content\ttype='xhtml'> </content> <source> <image> <item/> <media:content\turl='a'/>
<itunes:duration> <g:where> <enclosure\turl='a'\tlength='x'/> <category> <svg> <div> </div> <!-- -->
<![CDATA[ ]]> <!DOCTYPE\tx\t[ <!ENTITY\ta\t'&b;'> ]> <?xml\tversion='1.0'\tencoding='utf-16'?> &a; &amp;
&#27; &#xD800; &#x110000; &#9999999999999; & < > ' " = \\ é日Ж teks Rabu,\t18\tJun\t2025\t|\t20.04\tWIB
9999-99-99 http://[::1 javascript:x KBRN,\tNatuna:\tx xml:base='//a/' { } [ ] "items": "id":
"version":"https://jsonfeed.org/version/1" , 1e999 null
"""
PIECES = (
    *(piece.replace("\t", " ").encode() for piece in re.split("[ \n]+", MARKUP.strip())),
    b"\0", b"\x1b[31m", b"\x9d", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b" ", b"\n",
)  # fmt: skip
TYPES = (
    "",
    "text/xml",
    "application/xml; charset=utf-8",
    "text/html; charset=koi8-r",
    "application/json",
    "x; charset=hex",
)


def _body(dice: random.Random, seeds: list[bytes]) -> bytes:
    """A known document with a few wounds, or pieces at random."""
    if dice.random() < 0.3:
        return b"".join(dice.choices(PIECES, k=dice.randrange(60)))
    body = bytearray(dice.choice(seeds))
    for _ in range(dice.randrange(1, 8)):
        start = dice.randrange(len(body) + 1)
        match dice.randrange(4):
            case 0:
                body[start:start] = dice.choice(PIECES)
            case 1:
                del body[start : start + dice.randrange(30)]
            case 2:
                body[start : start + 1] = bytes([dice.randrange(256)])
            case _:
                end = start + dice.randrange(200)
                body[start:start] = body[start:end] * dice.randrange(1, 4)
    return bytes(body)


@pytest.mark.fuzz
def test_whatever_comes_an_outcome_comes(fuzz_seconds: float) -> None:
    """The pool would turn an exception into that feed's error, but the articles around it would be lost."""
    seed = int(os.environ.get("WARTA_FUZZ_SEED", random.SystemRandom().randrange(1 << 32)))
    dice = random.Random(seed)
    seeds = [rss(*(item(n) for n in range(4))), atom("<entry><id>a</id><title type='html'>b</title></entry>")]
    seeds += [body for make in (*HOSTILE.values(), *NOT_FEEDS.values()) if 0 < len(body := make()) < 2_000]
    end = time.monotonic() + fuzz_seconds
    rounds = 0

    while time.monotonic() < end:
        body, content_type = _body(dice, seeds), dice.choice(TYPES)
        began = time.process_time()
        try:
            for kind in KINDS.values():
                outcome = kind.parse(ParseJob(body, URL, content_type, FeedConfig(URL, kind=kind.name)))
                assert isinstance(outcome, ParsedFeed | ParseFailed)
                assert pickle.loads(pickle.dumps(outcome)) == outcome
                if isinstance(outcome, ParsedFeed):
                    keys = [entry.key for entry in outcome.entries]
                    assert len(set(keys)) == len(keys)
            page = parse_page(PageJob(body, URL, content_type, ("div", "item"), ("title", "a[")))
            assert isinstance(page, PageText | ParseFailed)
        except BaseException as error:
            error.add_note(f"WARTA_FUZZ_SEED={seed} round {rounds} {content_type!r} body {body!r}")
            raise
        assert time.process_time() - began < SLOWEST_SECONDS, body
        rounds += 1
    print(f"{rounds} bodies, seed {seed}")
