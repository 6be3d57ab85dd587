"""Word families: what a root finds, and what it must not find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.families import family, forms, is_family

# Roots measured on Indonesian news, with the members and the look-alikes that were met there.
NEWS = {
    "tangkap": ("menangkap ditangkap penangkapan tertangkap", ""),
    "pilih": ("memilih pemilih pemilihan dipilih terpilih", ""),
    "tanam": ("menanam penanaman tanaman", ""),
    "lapor": ("melapor laporan melaporkan pelaporan", ""),
    "bunuh": ("membunuh pembunuhan", ""),
    "didik": ("pendidikan mendidik", ""),
    "tahan": ("menahan tahanan pertahanan", "pemerintahan"),
    "bijak": ("bijaksana", "kebijakan"),
    "api": ("berapi", "tetapi tapi sapi"),
    "ai": ("", "sebagai mulai"),
    "batam": ("batamnya", "membata"),
    "natuna": ("", ""),
    "kpk": ("kpknya", ""),
    "haji": ("berhaji", ""),
    "inflasi": ("inflasinya", "inflasioner"),
}


def labelled() -> dict[str, tuple[set[str], set[str]]]:
    """The list labelled by hand: root to its members and its look-alikes."""
    roots = {}
    for line in Path(__file__).with_name("families.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            root, _, rest = line.partition(":")
            members, _, strangers = rest.partition("|")
            roots[root] = set(members.split()), set(strangers.split())
    return roots


def measure(roots: dict[str, tuple[set[str], set[str]]]) -> tuple[float, float, list[str]]:
    """Precision and recall of every root asked over all words of the list; and what went wrong."""
    vocabulary = {word for members, strangers in roots.values() for word in members | strangers}
    right = found_words = wanted = 0
    mistakes = []
    for root, (members, _strangers) in roots.items():
        found = family(root, vocabulary)
        right += len(found & members)
        found_words += len(found)
        wanted += len(members)
        mistakes += [f"{root}: +{word}" for word in found - members] + [f"{root}: -{word}" for word in members - found]
    return right / found_words, right / wanted, mistakes


def test_precision_and_recall_on_the_labelled_list(capsys: pytest.CaptureFixture[str]) -> None:
    """The rules are judged on words, not on taste; what they get wrong is printed."""
    roots = labelled()
    precision, recall, mistakes = measure(roots)
    with capsys.disabled():
        print(
            f"\nword families, {len(roots)} roots: precision {precision:.3f}, recall {recall:.3f}; {sorted(mistakes)}"
        )

    assert len(roots) >= 60
    assert precision >= 0.97
    assert recall >= 0.95


def test_precision_and_recall_on_roots_met_in_news(capsys: pytest.CaptureFixture[str]) -> None:
    roots = {root: ({root, *members.split()}, set(strangers.split())) for root, (members, strangers) in NEWS.items()}
    precision, recall, mistakes = measure(roots)
    with capsys.disabled():
        print(f"\nroots met in news: precision {precision:.3f}, recall {recall:.3f}; {sorted(mistakes)}")

    assert precision >= 0.95
    assert recall >= 0.95


def test_a_short_root_does_not_drown_in_words_that_contain_it() -> None:
    """The reason why families are built and not searched as parts of words."""
    vocabulary = {"api", "apinya", "berapi", "tetapi", "tapi", "sapi", "terapi", "rapi"}

    assert family("api", vocabulary) == {"api", "apinya", "berapi"}


def test_case_and_accents_do_not_matter() -> None:
    assert is_family("Ménangkap", "TANGKAP")


@given(st.text(max_size=12))
def test_any_text_has_a_family_that_holds_itself(root: str) -> None:
    """Whatever stands after ``~`` in a query."""
    from reader.text.fold import words

    for word in words(root):
        assert word in forms(word)
