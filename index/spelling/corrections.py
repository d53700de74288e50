"""Corrections: the words of the collection that a misspelled one may have been meant as.

How far a correction may lie follows from how many letters there are to recognise a word by. Under five there
is none: most words of four letters have another one beside them. From five on it is one slip, or two that
are common when Swedish is typed; from eight on any two.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.spelling.slips import slips_cost
from index.spelling.vocabulary import Vocabulary

_SHORTEST: Final = 5
_MOST_EDITS: Final = 2
_MOST_COSTS: Final = ((8, 2.0), (7, 1.5), (_SHORTEST, 1.0))
"""From how many letters on two edits may cost so much."""

_SURE_LENGTH: Final = 10
_SURE_COST: Final = 1.75
"""Shorter words are too like others for two slips of which none is common."""
_CLEARLY_CHEAPER: Final = 0.25
_CLEARLY_MORE: Final = 3

_ENDINGS: Final = ("s", "n", "en", "ens", "t", "et", "ets", "ar", "er", "or", "na", "arna", "erna", "orna")


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that may have been meant.

    Attributes:
        distance: letters missing, too many, wrong, or swapped with the next.
        cost: the same, with slips that are common when Swedish is typed counted for less.
        count: in how many sections the word is.
    """

    word: str
    distance: int
    cost: float
    count: int


def corrections(
    word: str,
    vocabulary: Vocabulary,
    *,
    is_word: Callable[[str], bool] | None = None,
    limit: int = 5,
) -> tuple[Correction, ...]:
    """Return the words that a misspelled `word` may have been meant as, the likeliest first.

    Those with fewer edits come first, then those with commoner ones, then those in more sections. When there
    are none, the collection may have the word in other inflections only (`skolskjus`, *skolskjutsen*): it is
    looked for with and without the common endings.

    Args:
        word: casefolded; one that has other than letters and hyphens in it has no corrections.
        vocabulary: the words to choose from.
        is_word: tells whether a word is right as it is (in the lexicon): then it has none either.
        limit: how many at most.
    """
    if len(word) < _SHORTEST or not _is_of_letters(word) or (is_word is not None and is_word(word)):
        return ()
    most = next(cost for length, cost in _MOST_COSTS if len(word) >= length)
    found = [
        correction
        for correction in _near(word, vocabulary, distance=_MOST_EDITS)
        if correction.distance == 1 or correction.cost <= most
    ]
    return tuple(sorted(found or _inflected(word, vocabulary), key=_likelihood)[:limit])


def is_clear(found: Sequence[Correction], *, group_of: Callable[[str], Hashable]) -> bool:
    """Tell whether the first of some corrections is so much likelier that it may be searched for unasked.

    Args:
        found: what `corrections` returned.
        group_of: gives the inflected forms of a word the same value: they are no rivals.
    """
    if not found:
        return False
    best = found[0]
    if best.cost > _SURE_COST and len(best.word) < _SURE_LENGTH:
        return False
    group = group_of(best.word)
    return all(_is_behind(other, best) or group_of(other.word) == group for other in found[1:])


def _near(word: str, vocabulary: Vocabulary, *, distance: int) -> list[Correction]:
    return [
        Correction(candidate, edits, slips_cost(word, candidate), vocabulary.count(candidate))
        for candidate, edits in vocabulary.near(word, distance)
        if _is_of_letters(candidate)
    ]


def _inflected(word: str, vocabulary: Vocabulary) -> Iterable[Correction]:
    """Return the words that are one edit from `word` with an ending more or less, each once."""
    shorter = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    forms = [*(word + ending for ending in _ENDINGS), *(form for form in shorter if len(form) >= _SHORTEST)]
    found = [correction for form in forms for correction in _near(form, vocabulary, distance=1)]
    # Of what is found from several forms the likeliest comes last, and stays.
    ordered = sorted(found, key=_likelihood, reverse=True)
    return {correction.word: correction for correction in ordered if correction.word != word}.values()


def _likelihood(correction: Correction) -> tuple[int, float, int, str]:
    return correction.distance, correction.cost, -correction.count, correction.word


def _is_behind(other: Correction, best: Correction) -> bool:
    return (
        other.distance > best.distance
        or other.cost - best.cost >= _CLEARLY_CHEAPER
        or other.count * _CLEARLY_MORE <= best.count
    )


def _is_of_letters(word: str) -> bool:
    return word.replace("-", "").isalpha()
