"""Text as search sees it: without case, accents, width or Unicode form.

The search index cuts what `fold` returns with SQLite's ``ascii`` tokenizer, whose words are runs of ASCII letters,
ASCII digits and anything beyond ASCII. So `fold` turns all other characters beyond ASCII into spaces, and `words` cuts
exactly what SQLite cuts: a query means the same in SQL and in Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reader.light import late_pattern

__all__ = ["CLITICS", "FOLD_VERSION", "fold", "tokens", "words"]

FOLD_VERSION = 1
"""Goes up when `fold` gives another result for any text: the search index must then be built anew."""

CLITICS = ("nya", "lah", "kah", "ku", "mu")
"""Indonesian particles and pronouns written onto a word; a whole-word search allows them."""

# Letters that have no decomposition but are typed without their stroke.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
# Scripts written without spaces: each character is a word, so any run of them can be found as a phrase.
_APART = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),  # ideographic iteration mark and zero
    (0x3021, 0x312F),  # kana, bopomofo
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),  # Yi
    (0xF900, 0xFAFF),
    (0x1AFF0, 0x1B2FF),  # kana, Tangut and Nüshu beyond the BMP
    (0x20000, 0x3FFFF),
)
# Written as what they are not: ranges up to the last character take milliseconds to compile.
_WORD = late_pattern("[^\x00-/:-`{-\x7f]+")
# What follows an ASCII letter and changes it is an accent, which is dropped: the run can be folded by itself.
_BEYOND_ASCII = late_pattern("[^\x00-\x7f]+")
# With the letter before it: where a letter ends, its accent ends.
_MIXED = late_pattern("[\x00-\x7f]?[^\x00-\x7f]+")


class _Folding(dict[int, str]):
    """What each character becomes, found once. The plane has a million characters; a text uses a few hundred."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    kept = (piece for piece in decomposed.translate(_PLAIN) if not _is_dropped(piece))
    return "".join(map(_in_its_place, unicodedata.normalize("NFC", "".join(kept))))


def _is_dropped(character: str) -> bool:
    """Accents, vowel points, joiners and variation selectors; not the marks that make another kana."""
    if character in "\u3099\u309a":
        return False
    category = unicodedata.category(character)
    if category == "Mn":
        return unicodedata.combining(character) != 0 or "\ufe00" <= character <= "\ufe0f" or character > "\U000e0000"
    return category in {"Me", "Cf"}


def _in_its_place(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return character
    if not (character.isalnum() or unicodedata.category(character)[0] == "M"):
        return " "
    return f" {character} " if any(first <= code <= last for first, last in _APART) else character


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text without case, accents, width or Unicode form; spaces where no letter or digit beyond ASCII stood."""
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(_fold_run, text).lower()


def _fold_run(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group()).translate(_FOLDING)


def words(text: str) -> list[str]:
    """The words of a text, folded, in order: the same that SQLite cuts from ``fold(text)``."""
    return _WORD.findall(fold(text))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text, each with where it starts and ends in the text as it stands."""
    if text.isascii():
        for match in _WORD.finditer(text.lower()):
            yield match.group(), match.start(), match.end()
        return
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in _units(text):
        folded.append(piece)
        if len(piece) == end - start and piece.isascii():
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
    for match in _WORD.finditer("".join(folded)):
        yield match.group(), starts[match.start()], ends[match.end() - 1]


def _units(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded text in pieces that do not affect each other, each with the stretch it was made from."""
    done = 0
    for match in _MIXED.finditer(text):
        if match.start() > done:
            yield text[done : match.start()].lower(), done, match.start()
        start = done = match.start()
        for character in match.group():
            if done > start and not _joins(text[start:done], character):
                yield fold(text[start:done]), start, done
                start = done
            done += 1
        yield fold(text[start:done]), start, done
    if done < len(text):
        yield text[done:].lower(), done, len(text)


def _joins(before: str, character: str) -> bool:
    """Whether Unicode normalization may make one of these, so that they must be folded together."""
    if unicodedata.combining(character) != 0:
        return True
    normalize = unicodedata.normalize
    return normalize("NFKC", before + character) != normalize("NFKC", before) + normalize("NFKC", character)
