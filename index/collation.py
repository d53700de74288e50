"""The order of the Swedish alphabet."""

from __future__ import annotations

from typing import Final

from index.analysis.folding import without_accents

# The three characters after z in ASCII, so that å, ä and ö sort where Swedish has them.
_AFTER_Z: Final = (("å", "{"), ("ä", "|"), ("ö", "}"))

UNACCENTED: Final = bytes.maketrans(b"{|}", b"aao")
"""What keys, and the bytes of their UTF-8, are read as where a and o are as good as å, ä and ö."""


def collation_key(text: str) -> str:
    """Return what sorts `text` as Swedish does: å, ä and ö after z, case and other accents ignored."""
    return alphabetical(without_accents(text.casefold()))


def alphabetical(text: str) -> str:
    """Return a casefolded text without accents with å, ä and ö after z."""
    for letter, place in _AFTER_Z:
        text = text.replace(letter, place)
    return text


def unaccented_key(key: str) -> str:
    """Return a key with a and o for å, ä and ö."""
    return key.translate(UNACCENTED)
