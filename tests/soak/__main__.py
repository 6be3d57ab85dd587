"""Ten minutes by hand; prints a Markdown table.

python -m tests.soak [--seconds 600] [--feeds 200] [--speed 300] [--seed 1] [--kills]
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields

from tests.soak.measuring import Held
from tests.soak.run import soak


def main() -> int:
    """Run it; the exit status tells whether Warta ended in order."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--speed", type=float, default=300.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", action="store_true", help="kill a parser every ten seconds")
    given = parser.parse_args()
    soaked = soak(
        given.seconds, feeds=given.feeds, speed=given.speed, seed=given.seed, kills=given.kills,
        tell=lambda text: print(text, file=sys.stderr, flush=True),
    )  # fmt: skip

    print("| | start | end |\n|---|---|---|")
    for field in fields(Held):
        print(f"| {field.name} | {getattr(soaked.start, field.name):.0f} | {getattr(soaked.end, field.name):.0f} |")
    print(f"| key to screen, ms | {soaked.first_seconds * 1000:.0f} | {soaked.last_seconds * 1000:.0f} |\n")
    print(f"{given.seconds:.0f} s at {given.speed:.0f} times the clock, {given.feeds} feeds, {soaked.keys} keys,")
    print(f"{sum(soaked.turns.values())} answers ({soaked.turns}), {soaked.articles} articles stored,")
    print(f"exit status {soaked.status}, reports of unexpected errors: {len(soaked.reports)}")
    print("\n".join(soaked.reports), file=sys.stderr)
    return 0 if (soaked.status, soaked.reports) == (0, ()) else 1


if __name__ == "__main__":
    sys.exit(main())
