"""Sources that put terminal escapes, bidi overrides and Textual markup wherever a feed, a page or a server can."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.loopback import Answer, Loopback
from tests.terminal import Terminal

__all__ = ["CONTROLS", "MARKUP", "SEQUENCES", "Place", "hostile_opml", "hostile_urls", "serve_hostile"]

SEQUENCES = (
    "\x1b[38;5;199;7m", "\x1b[2J", "\x1b[H", "\x1b[?47h", "\x1b[6n", "\x1b[21t", "\x1bc", "\x1b#8", "\x1b(0",
    "\x1b]0;owned\x07", "\x1b]52;c;cHduZWQ=\x07", "\x1b]8;;file:///etc/passwd\x1b\\here\x1b]8;;\x1b\\",
    "\x1b]22;wait\x07", "\x1b]9;4;1\x07", "\x1bPq#0;2;0;0;0~-\x1b\\", "\x1b_Ga=T;AAAA\x1b\\", "\x1b^pm\x1b\\",
    "\x1bXsos\x1b\\", "\x9b31;45m", "\x9d0;owned\x9c", "\x90q\x9c", "\x9fG\x9c",
)  # fmt: skip
"""Whole sequences; each ends up as plain words or not at all."""
CONTROLS = tuple(
    f"a{chr(code)}b"
    for code in (
        *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, 0x061C, 0x200B, 0x200E, 0x200F,
        *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xFFF9, 0xE0041, 0xE007F,
    )
)  # fmt: skip
"""Every single character a terminal obeys, or draws out of order."""
MARKUP = (
    "[@click=app.quit]quit[/]", "[@click=screen.command('app.quit')]all[/]", "x [/] y", "[/foo]", "[a='", "[[[", "\\[",
    "[b", "[link=https://jahat.example]link[/link]", "harga [$5]", "[red]merah[/red] y", "$text [on red]", "[/", "{}",
    "%s {title} %(count)d", "|", "http://[::1", ":smile:",
)  # fmt: skip
"""What Textual, Rich or a format string would take for its own."""
HOSTILE = tuple("".join(CONTROLS[n : n + 12]) for n in range(0, len(CONTROLS), 12)) + SEQUENCES + MARKUP
ALL = "".join((*CONTROLS, *SEQUENCES, *MARKUP))
HALF = "".join(SEQUENCES)
EVIL_LINKS = (
    "javascript:alert(1)", "--version", "-x", "file:///etc/passwd", "data:text/html,x", "%action", "app.quit",
    " javascript:x", "java\nscript:x", "vbscript:x", "https:///", "http://", "//-x", "mailto:-x",
)  # fmt: skip


@dataclass
class Place:
    """A feeds.toml with its data folder, and Warta run on it."""

    folder: Path

    @property
    def feeds(self) -> Path:
        return self.folder / "feeds.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def command(self, *arguments: str) -> list[str]:
        places = ["--feeds", str(self.feeds), "--data", str(self.data)]
        return [sys.executable, "-m", "reader", *arguments[:1], *places, *arguments[1:]]

    def environ(self, **changes: str) -> dict[str, str]:
        """What a run sees: a home folder of its own, no network settings, a browser that shows nothing."""
        return {
            "HOME": str(self.folder),
            "WARTA_LANGUAGE": "en",
            "WARTA_FEEDS": "",
            "WARTA_DATA": "",
            "ESCDELAY": "10",
            # Beside Warta, as a browser with a window: one that needs the terminal would take the keys that follow.
            "BROWSER": "true &",
        } | changes

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
        """A command of the command line, its output as bytes."""
        whole = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            timeout=60,
            env=whole | {"PYTHONUTF8": "1"} | self.environ(**environ),
            cwd=self.folder,
            check=False,
        )

    def open(
        self, *arguments: str, columns: int = 140, lines: int = 36, command: Sequence[str] = (), **environ: str
    ) -> Terminal:
        """The app on a terminal."""
        started = list(command) or self.command("--no-refresh", *arguments)
        return Terminal(started, columns=columns, lines=lines, environment=self.environ(**environ))


def toml(text: str) -> str:
    """A TOML string; every other character escaped."""
    return '"' + "".join(ch if ch.isalnum() and ch.isascii() else f"\\U{ord(ch):08x}" for ch in text) + '"'


def serve_hostile(server: Loopback) -> str:
    """Let a server answer with hostile feeds and pages; the feeds.toml for them."""
    server.answer("/json", Answer(body=_json_feed(server)))
    server.answer("/rss", Answer(body=_rss(server)))
    server.answer("/page", Answer(headers=(("Content-Type", f"text/html; charset={HALF}".encode()),), body=_page()))
    server.answer("/phrase", Answer(raw=f"HTTP/1.1 418 {_obs(HALF)}[/][@click=app.quit]\r\n\r\n".encode("latin-1")))
    server.answer("/snippet", Answer(body=f"{ALL} not a feed".encode("utf-8", "surrogatepass")))
    server.answer("/gone", Answer(404, body=ALL.encode()))
    server.answer("/type", Answer(headers=(("Content-Encoding", _obs(HALF) + "[/]"),), body=b"x"))
    server.answer("/moved", Answer(302, (("Location", f"http://{_obs(HALF)}[/foo]/".encode("latin-1")),)))
    lines = ["[settings]", 'animation = "off"']
    failing = ("/phrase", "/snippet", "/gone", "/type", "/moved")
    for number, path in enumerate(("/json", "/rss", *failing)):
        lines += ["[[feeds]]", f'url = "{server.url(path)}"']
        if path != "/json":
            lines += [f"title = {toml(f'F{number} ' + ''.join(MARKUP[number:]) + HALF)}"]
        lines += [f"folder = {toml(f'D{number % 2} [/] ' + HALF.replace('/', ''))}", f"tags = [{toml(ALL)}]"]
    lines += ["[[feeds]]", f"url = {toml(server.url('/') + ALL)}"]
    login = server.url("/gone?token=hunter3").replace("://", "://budi:hunter2@")
    lines += ["[[feeds]]", f'url = "{login}"', 'title = "Rahasia"', 'headers = { "X-Api-Key" = "hunter4" }']
    lines += ["[[filters]]", f"name = {toml('Saringan [/] ' + ALL)}", f"query = {toml('berita OR ' + ALL)}"]
    lines += ["[[filters]]", f"name = {toml('[/foo]')}", 'query = "berita [/]"', "[settings2]", f"{toml(ALL)} = 1"]
    return "\n".join(lines) + "\n"


def hostile_opml() -> str:
    """Another reader's list: what it may hold, and what it must not bring in."""
    quoted = (
        html.escape("".join(ch for ch in ALL if ch == "\t" or ch >= " "), quote=True).encode("utf-8", "ignore").decode()
    )
    links = ("http://budi:hunter5@a.example/umpan?token=hunter6", *EVIL_LINKS, "exec:rm", "|cat /etc/passwd")
    outlines = "".join(f'<outline text="{quoted}" xmlUrl="{html.escape(link, quote=True)}"/>' for link in links)
    return f'<opml version="2.0"><head><title>{quoted}</title></head><body>{outlines}</body></opml>'


def hostile_urls() -> str:
    """A list of newsboat's: the same."""
    plain = "".join(ALL.split("\n")).encode("utf-8", "ignore").decode()
    return "\n".join(
        f'{link} "~{plain}" "{plain}"'
        for link in ("http://b.example/umpan", "exec:touch x", "filter:x:http://c.example", "file:///etc/passwd", plain)
    )


def _obs(text: str) -> str:
    """What of a text the bytes of a header may carry."""
    return "".join(ch for ch in text if "\x80" <= ch <= "\xff" or " " <= ch <= "~")


def _body(text: str, server: Loopback) -> str:
    """HTML with the text in every place that HTML has for text."""
    shown, quoted = html.escape(text), html.escape(text, quote=True)
    links = "".join(f"<p><a href='{html.escape(link, quote=True)}'>l{shown}</a></p>" for link in EVIL_LINKS)
    return (
        f"<h2>{shown}</h2><p>berita {text} <b>{shown}</b> <code>{shown}</code></p><pre>{shown}</pre>"
        f"<ul><li>{shown}</li></ul><blockquote>{shown}</blockquote><p><a href='{server.url('/tujuan')}'>{shown}</a></p>"
        f"<img src='{server.url('/gambar')}' alt='{quoted}' title='{quoted}'><table><caption>{shown}</caption>"
        f"<tr><th>{shown}</th></tr><tr><td>{shown}</td></tr></table><iframe src='https://a.example/{quoted}'></iframe>"
        f"{links}"
    )


def _json_feed(server: Loopback) -> bytes:
    items: list[dict[str, object]] = []
    for number, text in enumerate(HOSTILE):
        items.append(
            {
                "id": f"j{number}",
                "title": f"T{number:02} {text}",
                "url": server.url("/page") if number % 2 else EVIL_LINKS[number // 2 % len(EVIL_LINKS)],
                "authors": [{"name": f"Penulis {text}"}],
                "tags": [text, f"{text} [/]"],
                "content_html": _body(text, server),
                "attachments": [{"url": f"https://a.example/{text}", "mime_type": text, "title": text}],
                "date_published": f"2025-12-16T10:{59 - number % 60:02}:00Z",
            }
        )
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": f"JSON [/] {ALL}", "items": items}
    return json.dumps(whole).encode()


def _rss(server: Loopback) -> bytes:
    items = "".join(
        f"<item><title>R{number} {text}</title><guid>r{number}</guid><link>{server.url('/page')}</link>"
        f"<author>{text}</author><category>{text}</category><description><![CDATA[{text}]]></description>"
        f"<enclosure url='https://a.example/{text}' type='{text}' length='{text}'/></item>"
        for number, text in enumerate((ALL.replace("<", ""), *SEQUENCES, "&#27;]0;x&#7;&#x9b;31m&#8238;x", HALF))
    )
    head = f"<title>RSS {ALL}</title><description>{HALF}</description>"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode("utf-8", "surrogatepass")


def _page() -> bytes:
    text = html.escape(ALL)
    words = " ".join(f"<p>kata {number} {text} {ALL}</p>" for number in range(20))
    return f"<html><title>{text}</title><body><article><h1>{text}</h1>{words}</article></body></html>".encode(
        "utf-8", "surrogatepass"
    )
