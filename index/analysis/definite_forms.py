"""Definite forms that the stemmer leaves as they are.

Snowball takes off *-et* only after a single consonant (`beslutet`, but not `protokollet` or `ärendet`) and
*-an* never (`skolan`, `taxan`). Such words are commonplace in minutes, so they are also found under the stem
of what is left. That is a further key and not the only one: some words just end that way (`budget`, `plan`).
For an analysis without a lexicon: with one the dictionary forms do the same, and without *anna* for *annan*.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from index.analysis.stop_words import STOP_WORDS

NO_NOUNS: Final = frozenset({"innan", "nedan", "ovan", "redan", "organ"})
"""Words that look like definite forms and are none."""

_VOWELS: Final = frozenset("aeiouyåäö")
_SHORTEST_WITH_AN: Final = 5
_SHORTEST_WITH_ET: Final = 4


def indefinite_stem(word: str, stem: str, stem_of: Callable[[str], str]) -> str | None:
    """Return the stem of a word without the definite ending that its stem still has, `None` without one.

    Args:
        word: casefolded.
        stem: what the stemmer made of it.
        stem_of: the stemmer.
    """
    form = word.removesuffix("s")
    if form in STOP_WORDS or form in NO_NOUNS:
        return None
    if form.endswith("et") and stem.endswith("et") and len(stem) >= _SHORTEST_WITH_ET:
        left = stem_of(stem[:-2])
        if _VOWELS.isdisjoint(left):
            return None
        # A final m is doubled before an ending: program, programmet.
        return left[:-1] if left.endswith("mm") else left
    if form.endswith("an") and len(form) >= _SHORTEST_WITH_AN and stem.rstrip("s").endswith("an"):
        left = stem_of(stem.rstrip("s")[:-1])
        return None if left in STOP_WORDS else left
    return None
