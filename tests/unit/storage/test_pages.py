"""Which pages are worth asking for before anybody opens their articles."""

from __future__ import annotations

from reader.model import PageText, Verdict
from reader.storage.pages import PageWish
from tests.unit.storage.making import Shelf, entry


async def _wanted(shelf: Shelf, wish: PageWish) -> list[int]:
    return [number for number, _url in await shelf.store.wanted_pages(wish)]


async def test_only_unread_snippets_with_a_page_are_wanted(shelf: Shelf) -> None:
    """Read, hidden, whole, long or without an address: nobody is helped by asking their servers."""
    rri, other = await shelf.subscribe("rri", "other")
    snippet, second, read, _muted, whole, vain, long, _bare = (
        await shelf.bring(
            rri,
            *(entry(str(n), text="lima kata saja di sini", url=f"https://rri.example/{n}") for n in range(6)),
            entry("6", text="kata " * 300, url="https://rri.example/6"),
            entry("7", text="tanpa laman"),
            verdicts={"3": Verdict(muted_by="Bola")},
        )
    ).new_ids
    elsewhere = (await shelf.bring(other, entry("8", url="https://other.example/8"))).new_ids
    await shelf.store.mark([read], "read")
    await shelf.store.save_full(whole, PageText(entry("x", text="seluruh isi").document, "seluruh isi", 2))
    await shelf.store.save_vain(vain)

    assert await _wanted(shelf, PageWish([rri], snippet_words=150)) == [snippet, second]
    assert await _wanted(shelf, PageWish([rri], snippet_words=150, again=True)) == [snippet, second, vain]
    assert await _wanted(shelf, PageWish([rri], [rri])) == [snippet, second, long]
    assert await _wanted(shelf, PageWish([rri], snippet_words=150, most=1)) == [snippet]
    assert set(await _wanted(shelf, PageWish([rri, other], snippet_words=150))) == {snippet, second, *elsewhere}


async def test_only_what_came_lately_is_wanted_as_it_arrives(shelf: Shelf) -> None:
    """A feed that is given `full_text` must not have its whole past fetched."""
    (rri,) = await shelf.subscribe("rri")
    await shelf.bring(rri, entry("1", url="https://rri.example/1"))
    shelf.clock.forward(days=3)
    new = (await shelf.bring(rri, entry("2", url="https://rri.example/2"))).new_ids

    assert await _wanted(shelf, PageWish([rri], [rri], seen_since=shelf.clock())) == list(new)


async def test_an_article_that_changes_is_asked_for_again(shelf: Shelf) -> None:
    """Its page may say more by now."""
    (rri,) = await shelf.subscribe("rri")
    first = entry("1", text="awal", url="https://rri.example/1")
    (number,) = (await shelf.bring(rri, first)).new_ids
    await shelf.store.save_vain(number)
    before = await _wanted(shelf, PageWish([rri], [rri]))

    await shelf.bring(rri, entry("1", "Judul baru", "awal", url="https://rri.example/1"))

    assert (before, await _wanted(shelf, PageWish([rri], [rri]))) == ([], [number])
