"""What a site's robots.txt allows. Pure.

Source: RFC 9309. Python's own reader of it takes the wildcards of paths for letters.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from reader.light import dataclass

__all__ = ["AGENT", "MAX_BYTES", "Robots", "parse_robots"]

AGENT = "warta"
"""Our name in a group's ``User-agent`` lines."""
MAX_BYTES = 512 * 1024
"""What is read of a robots.txt; RFC 9309 §2.5 asks for 500 KiB."""
_MOST_RULES = 5_000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a robots.txt that are for us."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Path patterns, and whether each allows."""
    sitemaps: tuple[str, ...] = ()
    """Its ``Sitemap`` lines, whomever they are for."""

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be asked: the longest rule that fits decides, of equals the kinder one."""
        path = _normal(target or "/")
        if path == "/robots.txt":
            return True
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting)[1] if fitting else True


def parse_robots(body: bytes) -> Robots:
    """The rules of the groups named for us, else of those for all. Never raises."""
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    groups: dict[str, list[tuple[str, bool]]] = {}
    sitemaps: list[str] = []
    agents: list[str] = []
    is_naming = False
    for line in re.split(r"[\r\n]+", text):
        name, _, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if name == "sitemap":
            # A fragment never stands there, but the address begins after the first colon.
            sitemaps.append(value)
        elif name == "user-agent":
            agents = [*agents, _token(value)] if is_naming else [_token(value)]
            is_naming = True
            groups.setdefault(agents[-1], [])
        elif name in {"allow", "disallow"}:
            is_naming = False
            for agent in agents if value else ():
                groups[agent].append((_normal(value), name == "allow"))
    rules = groups[AGENT] if AGENT in groups else groups.get("*", [])
    return Robots(tuple(rules[:_MOST_RULES]), tuple(sitemaps[:100]))


def _token(agent: str) -> str:
    found = re.match(r"[a-z_-]+|\*", agent.strip().lower())
    return found[0] if found else ""


def _normal(path: str) -> str:
    """The path with the same letters percent-encoded, so that equal ones look equal."""
    return quote(unquote(path[:2_000], errors="surrogateescape"), safe="/?&=*$:@!'();,+~[]", errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with ``*`` and a final ``$`` fits the path's beginning. Linear in both."""
    is_anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    for index, piece in enumerate(rest):
        if is_anchored and index == len(rest) - 1:
            return len(path) - len(piece) >= position and path.endswith(piece)
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return not is_anchored or position == len(path)
