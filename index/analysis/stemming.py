"""The stem: the part of a word that its inflected forms share."""

from __future__ import annotations

import importlib.metadata
import re
import threading
from collections.abc import Sequence
from typing import Any, Final

import snowballstemmer

from index.analysis.folding import without_accents
from index.analysis.stop_words import STOP_WORDS

STEMS: Final = {
    **{word: word for word in ("dom", "före", "kr", "mkr", "ni", "tkr")},
    "allmänt": "allmän",
    "annat": "annan",
    "borde": "bör",
    **dict.fromkeys(("extern", "externt", "externa"), "extern"),
    **dict.fromkeys(("gemensam", "gemensamt", "gemensamma"), "gemensam"),
    **dict.fromkeys(("intern", "internt", "interna"), "intern"),
    **dict.fromkeys(("modern", "modernt", "moderna"), "modern"),
    "nämnda": "nämn",
    "nämnde": "nämn",
    "nytt": "ny",
    "order": "order",
}
"""The stems of words that the algorithm takes, or in some version took, for an inflected form of another."""

_SHORTEST: Final = 3
# `ansökan` and `ansökningar` are one noun, of which no rule of inflection knows.
_NOUN_OF_ACTION: Final = re.compile("(?<=sök|mäl|jud)an(s?)\\Z")
# The algorithm takes these off, and with them what tells one word from another: fastighet is not fast,
# samtliga is not samt, styrelse is not styra.
_DERIVING: Final = re.compile("(?:l?ig)?het|l?ig|els")
_BEFORE_DERIVING: Final = ("het", "ig", "lig", "els")


class Stemmer:
    """Snowball's algorithm for Swedish, kept from taking off too much. May be used by several threads.

    Source: https://snowballstem.org/algorithms/swedish/stemmer.html
    """

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def stem(self, word: str) -> str:
        """Return the stem of a casefolded word, folded.

        Words with digits, the shortest and stop words stay whole. A word that only looks like a form of a
        stop word (`föra` of `för`, `våren` of `vår`) has the stem with a hyphen, which no other word has.
        """
        return self.stems([without_accents(word)])[0]

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stems of folded words, far quicker than one by one."""
        asked = [_stemmed(word) if _has_stem(word) else "" for word in words]
        return [*map(_kept, words, asked, self._snowball().stemWords(asked))]

    def _snowball(self) -> Any:
        # The algorithm's object has state.
        try:
            stemmer = self._of_thread.stemmer
        except AttributeError:
            stemmer = self._of_thread.stemmer = snowballstemmer.stemmer("swedish")
            # To look into its memory costs three times as much as to stem.
            stemmer.maxCacheSize = 0
        return stemmer


def _has_stem(word: str) -> bool:
    is_word = word.isalpha() or word.replace("-", "").isalpha()
    return len(word) >= _SHORTEST and is_word and word not in STOP_WORDS and word not in STEMS


def _stemmed(word: str) -> str:
    """Return the form of a word that the algorithm takes the ending off."""
    return _NOUN_OF_ACTION.sub(r"ning\1", word) if "an" in word[-3:] else word


def _kept(word: str, stemmed: str, stem: str) -> str:
    """Return a stem that is no other word's, by a word, the form of it that was stemmed and what is left."""
    if not stemmed:
        return word if word in STOP_WORDS else STEMS.get(word, word)
    if stemmed.startswith(_BEFORE_DERIVING, len(stem)):
        deriving = _DERIVING.match(stemmed, len(stem))
        if deriving is not None:
            return stemmed[: deriving.end()]
    return f"{stem}-" if stem in STOP_WORDS else stem


def stemmer_version() -> str:
    """Name the stemmer and its version, on which every stem in an index depends.

    snowballstemmer hands the work to PyStemmer, the same algorithms in C, so it is the version of that.
    """
    return f"snowball-swedish {importlib.metadata.version('PyStemmer')}"
