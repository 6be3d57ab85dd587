"""The list grouped by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reader.model import Source
from tests.screen.driving import running, some_reader, some_rows
from tests.screen.fake_reader import FakeReader


def week() -> FakeReader:
    """Thirty articles, seven hours apart: the newest of a Tuesday morning."""
    rows = [replace(row, date=row.date - timedelta(hours=7 * row.id)) for row in some_rows()]
    return some_reader(rows)


async def test_days_stand_above_their_articles_and_are_kept() -> None:
    """Which of these is from today? A heading says it once."""
    reader = week()
    async with running(reader, (130, 30)) as driver:
        assert "Yesterday" not in driver.text
        await driver.press("d")
        await driver.shows("Today ──", "Yesterday ──", "Sunday, 14 December", "Grouped by day")
        await driver.press("G")
        await driver.shows("Sunday, 7 December")
        await driver.press("Q")

    async with running(reader, (130, 30)) as driver:
        await driver.shows("Sunday, 7 December")
        await driver.press("g", "d")
        await driver.until(lambda: "Today ──" not in driver.text)


async def test_the_sort_menu_offers_it() -> None:
    """Who does not know the key looks there."""
    async with running(week()) as driver:
        await driver.press("comma")
        await driver.shows("Day headings")
        await driver.press("end", "enter")
        await driver.shows("Yesterday ──")


async def test_the_cursor_passes_over_headings_and_clicks_hit_their_row() -> None:
    """A heading is nothing to read."""
    async with running(week(), (130, 30)) as driver:
        await driver.press("d")
        await driver.shows("Yesterday ──")
        view = driver.screen.list
        seen = []
        for _ in range(6):
            seen.append(view.article_id)
            await driver.press("j")
        assert seen == list(view.ids[:6])

        lines = driver.text.split("\n")
        y = next(n for n, line in enumerate(lines) if "Yesterday ──" in line)
        await driver.pilot.click(offset=(50, y))
        assert view.cursor == 6
        await driver.pilot.click(offset=(50, y + 1))
        assert view.cursor == 1


async def test_what_comes_in_moves_nothing_in_sight() -> None:
    """A refresh may bring a new day above."""
    reader = week()
    async with running(reader, (130, 30)) as driver:
        await driver.press("d", "G")
        await driver.shows("Sunday, 7 December")
        before = driver.text.split("\n")[4:-1]
        first = reader.stored[1]
        reader.add(replace(first, id=900 + n, date=first.date + timedelta(days=n)) for n in range(5))
        driver.screen.lists.ask()
        await driver.until(lambda: len(driver.screen.list.ids) == 35)
        await driver.shows("▲ 5 new")
        assert [line[30:70] for line in driver.text.split("\n")[4:-1]] == [line[30:70] for line in before]


async def test_by_best_match_there_are_no_days() -> None:
    """There the order is another."""
    async with running(week(), (130, 30)) as driver:
        await driver.press("d")
        await driver.shows("Yesterday ──")
        driver.screen.lists.listing = replace(driver.screen.lists.listing, sort="rank", source=Source("all"))
        driver.screen.lists.ask()
        await driver.until(lambda: "Yesterday ──" not in driver.text)
