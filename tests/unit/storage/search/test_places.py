"""The places that reports are from, for completion."""

from __future__ import annotations

from reader.storage.search.places import MAX_PLACES, place_names
from tests.unit.storage.search.library import Made, asked, library


def test_places_are_found_by_each_of_their_words_as_they_are_written() -> None:
    """Whoever remembers half of a name finds it."""
    db = library(
        Made(dateline=name)
        for name in ("Natuna", "TANJUNG PINANG", "Tanjung Pinang", "Tanjung Selor", "", "Pinrang", "Selat Panjang")
    )

    assert place_names(db, "tan") == ("Tanjung Pinang", "Tanjung Selor")
    assert place_names(db, "Pin") == ("Pinrang", "Tanjung Pinang")
    assert place_names(db, "Tanjung S") == ("Tanjung Selor",)
    assert set(place_names(db, "")) == {"Natuna", "Pinrang", "Selat Panjang", "Tanjung Pinang", "Tanjung Selor"}
    assert place_names(db, "zzz") == ()


def test_a_place_whose_name_goes_on_in_a_digit_is_found_beside_it() -> None:
    """The index is walked word by word, and digits come before letters."""
    assert place_names(library([Made(dateline="Blok"), Made(dateline="Blok9")]), "blok") == ("Blok", "Blok9")


def test_words_of_articles_and_other_labels_are_no_places() -> None:
    """The index holds all of them."""
    db = library([Made(title="Padang rumput", text="Padang", dateline="", media="a")])

    assert place_names(db, "") == ()
    assert place_names(db, "padang") == ()


def test_places_only_of_feeds_that_are_gone_are_left_out() -> None:
    """What is completed must find something."""
    assert place_names(library([Made(dateline="Ranai", is_listed=False)]), "ra") == ()


def test_many_places_cost_a_bounded_number_of_looks() -> None:
    """A hostile feed may write another place into each article."""
    db = library(Made(dateline=f"Kota{number:05}") for number in range(3 * MAX_PLACES))
    looks = 0

    def count(statement: str) -> None:
        nonlocal looks
        looks += not statement.startswith("--")  # what FTS5 asks of its own tables

    db.set_trace_callback(count)
    found = place_names(db, "k")

    assert len(found) == MAX_PLACES
    assert looks <= 2 * MAX_PLACES + 20


def test_of_a_place_that_is_typed_only_the_last_word_goes_on() -> None:
    """The words before it are whole."""
    db = library([Made(dateline="Tanjung Pinang"), Made(dateline="Tanjungsari Pin")])

    assert asked(db, 'place:"Tanjung Pin', complete=False) == [1]
