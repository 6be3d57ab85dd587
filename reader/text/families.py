"""Word families: the forms Indonesian builds on a root by its affixes.

From ``tangkap`` come menangkap, ditangkap, penangkapan, tertangkap, tangkapannya. The forms are built by rule from the
root, not taken apart from the word: so ``api`` never meets tetapi, no dictionary is needed, and the index can be asked
for them like for any words. Parts of doubled words stand apart already (``tembak-menembak`` is two words).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from reader.light import late_pattern
from reader.text.fold import CLITICS, fold, words

__all__ = ["family", "forms", "is_family"]

_ENDINGS = ("", *CLITICS, "pun", "nyalah", "nyakah", "nyapun", "kulah", "mulah")
# Built like a member of some family, but grammar: "seorang" stands in every article and says nothing of "orang".
_FUNCTION_WORDS = frozenset(
    words(
        """
        adalah apabila apakah bagaimana bahkan beberapa begitu berapa berbagai demikian kenapa mengapa
        menurut mengenai melalui sebab sebagai sebagaimana sebelum sebuah secara sedang segala segera
        sehingga sejak sekali sekitar selain selalu selama seluruh semakin semua sementara seorang seperti
        sering sesuai sesudah sesuatu setelah setiap terhadap
        """
    )
)
# Words of another root that happen to be built alike.
_STRANGERS = {
    "api": {"terapi"},
    "gas": {"pegas"},
    "ibu": {"beribu"},
    "kubah": {"mengubah", "pengubah", "pengubahan"},
    "kusut": {"mengusut", "pengusutan"},
    "pasak": {"memasak", "pemasak"},
    "uang": {"beruang"},
}
_SWALLOWED = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
_SPOKEN = late_pattern(r"[a-z]{3,}\Z")
_VOWELS = late_pattern("[aeiou]+")
# A first syllable that ends in -er-: the r of ber-, per- and ter- falls away before it (bekerja, beserta).
_ER_SYLLABLE = late_pattern("[^aeiou]er[^aeiou]")


def is_family(word: str, root: str) -> bool:
    """Whether a word is built on this root. Case and accents do not matter."""
    return fold(word) in forms(fold(root))


def family(root: str, vocabulary: Collection[str]) -> frozenset[str]:
    """The words of a vocabulary (folded) that are built on this root."""
    return forms(fold(root)).intersection(vocabulary)


@lru_cache(maxsize=256)
def forms(root: str) -> frozenset[str]:
    """Every form that can be built on a root (folded), whether any text has it or not: some 1,500 words."""
    stems = {root, root + "2"}
    if _SPOKEN.match(root):
        stems.update(before + suffix for before, suffixes in _affixed(root) for suffix in suffixes)
    stems -= _STRANGERS.get(root, set())
    built = {stem + ending for stem in stems for ending in _ENDINGS}
    return frozenset(built - (_FUNCTION_WORDS - {root}))


def _affixed(root: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Prefixes with the root, each with the suffixes that may follow."""
    yield root, ("kan", "i", "an")
    for nasal in _nasals(root):
        yield "me" + nasal, ("", "kan", "i")
        yield "pe" + nasal, ("", "an")
        yield "berpe" + nasal, ("an",)
        yield "kepe" + nasal, ("an",)
    yield "di" + root, ("", "kan", "i")
    yield "pe" + root, ("", "an")
    yield "ke" + root, ("", "an")
    yield "se" + root, ("", "an")
    yield "berke" + root, ("an",)
    yield "ketidak" + root, ("an",)
    yield "kese" + root, ("an",)
    yield "penge" + root, ("an",)
    yield "menge" + root, ("kan", "i")
    yield "dike" + root, ("kan", "i")
    for link in _links(root):
        yield "be" + link, ("", "an", "kan")
        yield "te" + link, ("", "kan", "i")
        yield "pe" + link, ("", "an", "kan", "i")
        yield "mempe" + link, ("", "kan", "i")
        yield "dipe" + link, ("", "kan", "i")
        yield "tepe" + link, ("", "kan", "i")
        yield "berpe" + link, ("an",)
        yield "membe" + link, ("kan", "i")
        yield "dibe" + link, ("kan", "i")
        yield "pembe" + link, ("an",)
        yield "kebe" + link, ("an",)
        yield "kete" + link, ("an",)
    if root[0] not in "aeiou":
        yield root[0] + "e" + root, ("an",)  # pepohonan, dedaunan
    if len(root) > 3:
        yield "ku" + root, ("", "kan", "i")
        yield "kau" + root, ("", "kan", "i")
        for outer in ("antar", "anti", "non", "pasca", "pra"):
            yield outer + root, ("",)


def _nasals(root: str) -> Iterator[str]:
    """The root as it follows me- and pe-: with the nasal, and without the p, t, k or s it swallows.

    Loanwords and clusters keep their consonant (memproses, mensukseskan), so both forms are given where both are used.
    """
    first, rest = root[0], root[1:]
    match first:
        case "p":
            yield "m" + root
        case "t" | "s" | "d" | "c" | "j" | "z":
            yield "n" + root
        case "b" | "f" | "v":
            yield "m" + root
        case "l" | "r":
            yield root
            yield "ng" + root
        case "m" | "n" | "w" | "y":
            yield root
        case _:
            yield "ng" + root
    if first in _SWALLOWED and (rest[0] in "aeiou" or first == "p"):
        yield _SWALLOWED[first] + rest
    if len(_VOWELS.findall(root)) == 1:
        yield "nge" + root


def _links(root: str) -> Iterator[str]:
    """The root as it follows be-, pe- and te-: usually with an r between."""
    if root == "ajar":
        yield "l" + root
    if root[0] == "r":
        yield root
        return
    if _ER_SYLLABLE.match(root):
        yield root
    yield "r" + root
