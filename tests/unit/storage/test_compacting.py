"""Space given back to the disk after a purge."""

from __future__ import annotations

from tests.unit.storage.checking import assert_sound
from tests.unit.storage.making import Shelf, entry, opened


async def _filled(shelf: Shelf, count: int) -> list[int]:
    """So many long articles, all read and old; the newest one starred."""
    (rri,) = await shelf.subscribe("rri")
    brought = [entry(str(n), text=f"kata{n} " + "panjang sekali " * 1_000) for n in range(count)]
    ids = list((await shelf.bring(rri, *brought)).new_ids)
    await shelf.store.mark(ids, "read")
    await shelf.store.mark(ids[:1], "star")
    shelf.clock.forward(days=40)
    return ids


async def test_the_file_shrinks_after_a_purge(shelf: Shelf) -> None:
    """Who asks for old articles to go wants the disk back; what stays is found as before."""
    ids = await _filled(shelf, 500)
    assert await shelf.store.purge(keep_days=30) == 499
    before = await shelf.store.size()

    async with opened(shelf.store.path, shelf.clock) as beside:  # an app that is open meanwhile
        assert len(await beside.rows(ids)) == 1
        given = await shelf.store.compact(rewrite_index=True)
        assert len(await beside.rows(ids)) == 1

    after = await shelf.store.size()
    assert given > 4_000_000
    assert after.database_bytes == before.database_bytes - given
    assert after.free_bytes == 0
    assert await shelf.found("kata0") == ids[:1]
    assert await shelf.found("kata7") == []
    assert_sound(shelf.store.path)


async def test_a_little_space_is_kept_for_what_comes(shelf: Shelf) -> None:
    """The next refresh would only take it again."""
    await _filled(shelf, 60)
    assert await shelf.store.purge(keep_days=30) == 59

    assert await shelf.store.compact() == 0
    assert (await shelf.store.size()).free_bytes > 0
