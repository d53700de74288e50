"""The steps of matching that an evaluation can switch off, to see what each is worth."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """One step between a word and what it finds; `STEPS_OF_INDEX` are those that an index is made with."""

    LEMMAS = "lemmas"
    """Dictionary forms as further keys of a word."""
    DEFINITE = "definite"
    """Definite forms that the stemmer leaves as they are."""
    PARTS = "parts"
    """Parts of compounds as keys."""
    ELLIPTIC = "elliptic"
    """`kultur- och utbildningsnämnden` as kulturnämnden."""
    SPECIALS = "specials"
    """Dates, cases, §§, amounts, parties and addresses as one key in all their spellings."""
    EXACT = "exact"
    """A word in the very form that was typed counts for more."""
    NEAR = "near"
    """All the parts of a compound near each other."""
    JOINED = "joined"
    """Neighbours in a query tried as one word."""
    SYNONYMS = "synonyms"
    """The file that an operator edits."""
    FOLDING = "folding"
    """å, ä and ö as a and o for a word without hits."""
    PHONETIC = "phonetic"
    """Words that sound alike for a word without hits."""
    SPELLING = "spelling"
    """Words spelt nearly alike for a word without hits."""
    RELAXATION = "relaxation"
    """Most of the words when nothing has all."""


STEPS_OF_INDEX: Final = frozenset((Step.LEMMAS, Step.DEFINITE, Step.PARTS, Step.ELLIPTIC, Step.SPECIALS))
"""The steps on which the tokens of an index depend; the others are steps of a query."""
