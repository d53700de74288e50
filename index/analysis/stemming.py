"""The stem: the part of a word that its inflected forms share."""

from __future__ import annotations

import importlib.metadata
import unicodedata
from typing import Final

import snowballstemmer

_UNSTEMMED: Final = frozenset(["tkr", "mkr", "kr", "dom", "ni"])
"""Words that the algorithm takes, or in some version took, for an inflected form of another."""

_SHORTEST: Final = 3
_LETTERS: Final = frozenset("åäö")
# Letters that no decomposition takes apart, as a Swede would write them.
_FOREIGN: Final = {"ø": "ö", "æ": "ä", "œ": "ö", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}


def fold_accents(word: str) -> str:
    """Return `word` without accents; å, ä and ö are letters, not accented ones, and stay."""
    return word if word.isascii() else "".join(map(_fold, word))


def _fold(character: str) -> str:
    if character in _LETTERS:
        return character
    if character in _FOREIGN:
        return _FOREIGN[character]
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


class Stemmer:
    """Snowball's algorithm for Swedish. For one thread only: its stemmer has state.

    Source: https://snowballstem.org/algorithms/swedish/stemmer.html
    """

    def __init__(self) -> None:
        self._stem_word = snowballstemmer.stemmer("swedish").stemWord

    def stem(self, word: str) -> str:
        """Return the stem of a casefolded word, folded. Words with digits and the shortest stay whole."""
        folded = fold_accents(word)
        if len(folded) < _SHORTEST or folded in _UNSTEMMED or not folded.replace("-", "").isalpha():
            return folded
        return str(self._stem_word(folded))


def stemmer_version() -> str:
    """Name the stemmer and its version, on which every stem in an index depends."""
    return f"snowball-swedish {importlib.metadata.version('snowballstemmer')}"
