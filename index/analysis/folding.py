"""Letters without what stands above them, of a word or of a whole text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_ACCENTED: Final = re.compile("[^\x00-\x7fåäö]+")
FOREIGN_LETTERS: Final = str.maketrans(
    {"ø": "ö", "æ": "ä", "œ": "ö", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
"""Letters that no decomposition takes apart, as a Swede would write them."""

_PLAIN: Final = (("å", "a"), ("ä", "a"), ("ö", "o"))


def without_accents(text: str) -> str:
    """Return a casefolded text without accents; å, ä and ö are letters, not accented ones, and stay."""
    if _ACCENTED.search(text) is None:
        return text
    # An å, ä or ö that is written in two characters is first put together, and stays.
    return _ACCENTED.sub(_without, unicodedata.normalize("NFC", text))


def _without(accented: re.Match[str]) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKD", accented[0])).translate(FOREIGN_LETTERS)


def fold(text: str) -> str:
    """Return a casefolded text as it is typed on an English keyboard: without accents, å, ä and ö."""
    text = without_accents(text)
    for letter, plain in _PLAIN:
        text = text.replace(letter, plain)
    return text
