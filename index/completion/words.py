"""Completion of words: of the inflected forms of a word one is shown, with the sections of all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from operator import eq
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis.special import is_special
from index.analysis.stop_words import STOP_WORDS
from index.collation import collation_key, unaccented_key

_Numbers = npt.NDArray[np.int64]

_LAST: Final = "\U0010ffff"
_SHORTEST: Final = 2
_MOST_DIGITS: Final = 2
"""Digits of a word (`covid-19`, `co2`); with more of them it is rather a number."""
_RARE_BASE_FORM: Final = 10
"""The base form is shown unless it is in less than a tenth of the sections: then it may be no word at all."""


class CompletedWord(NamedTuple):
    """A form of a word, and how many sections have the word in any form."""

    form: str
    sections: int


class WordCompletion:
    """The words of an index, to be found by how they begin. Never changes.

    Args:
        words: casefolded words, each once, and in how many sections each is. Stop words, numbers and keys of
            special tokens are left out.
        group_of: gives the inflected forms of a word the same one of them, its base form if it knows it.
        sections_of: tells of what `group_of` gives in how many sections it is in any form; without it, the
            sections of the forms are added.
    """

    def __init__(
        self,
        words: Iterable[tuple[str, int]],
        *,
        group_of: Callable[[str], str],
        sections_of: Callable[[str], int] | None = None,
    ) -> None:
        kept = {word: count for word, count in words if _is_worth_completing(word)}
        forms = sorted(kept)
        keys = _lines(collation_key("\n".join(forms)))
        places = sorted(range(len(forms)), key=keys.__getitem__)
        self._forms = [forms[place] for place in places]
        self._keys = [keys[place] for place in places]
        counts = np.array([kept[form] for form in self._forms], np.int64)
        groups = list(map(group_of, self._forms))
        numbers: dict[str, int] = {}
        self._groups = np.array([numbers.setdefault(group, len(numbers)) for group in groups], np.int64)
        self._totals = (
            np.array(list(map(sections_of, numbers)), np.int64)
            if sections_of
            else np.bincount(self._groups, counts, minlength=len(numbers)).astype(np.int64)
        )
        is_base = np.array(list(map(eq, self._forms, groups)), np.bool_)
        is_base &= counts * _RARE_BASE_FORM >= self._totals[self._groups]
        lengths = np.array(list(map(len, self._forms)), np.int64)
        self._ranks = _ranks(self._groups, self._totals, counts, is_base=is_base, lengths=lengths)
        unaccented = _lines(unaccented_key("\n".join(self._keys)))
        by_unaccented = sorted(range(len(unaccented)), key=unaccented.__getitem__)
        self._by_unaccented = np.array(by_unaccented, np.int64)
        self._unaccented = [unaccented[place] for place in by_unaccented]

    def complete(self, typed: str, limit: int, *, unaccented: bool = False) -> list[CompletedWord]:
        """Return the words that begin as typed, most sections first, then shorter ones.

        Each is shown in the form that begins so and stands for it best: the base form, else the commonest.

        Args:
            typed: the key of collation of what is typed.
            limit: how many at most.
            unaccented: å, ä and ö are as good as a and o.
        """
        keys = self._unaccented if unaccented else self._keys
        prefix = unaccented_key(typed) if unaccented else typed
        start, end = bisect_left(keys, prefix), bisect_left(keys, prefix + _LAST)
        places = self._by_unaccented[start:end] if unaccented else np.arange(start, end)
        return [
            CompletedWord(self._forms[place], int(self._totals[self._groups[place]]))
            for place in self._first_of_groups(places, limit)
        ]

    def _first_of_groups(self, places: _Numbers, limit: int) -> list[int]:
        """Return of the best ranked groups among the forms at `places` the best form each."""
        ranks = self._ranks[places]
        size = 4 * limit
        while True:
            best = np.argpartition(ranks, size)[:size] if size < len(ranks) else np.arange(len(ranks))
            chosen: dict[int, int] = {}
            for place in places[best[np.argsort(ranks[best])]].tolist():
                chosen.setdefault(int(self._groups[place]), place)
            if len(chosen) >= limit or size >= len(ranks):
                return list(chosen.values())[:limit]
            size *= 4


def _is_worth_completing(word: str) -> bool:
    return (
        len(word) >= _SHORTEST
        and word[0].isalpha()
        and (word.isalpha() or sum(map(str.isdigit, word)) <= _MOST_DIGITS)
        and word not in STOP_WORDS
        and not is_special(word)
        and word.isprintable()
    )


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _ranks(
    groups: _Numbers, totals: _Numbers, counts: _Numbers, *, is_base: npt.NDArray[np.bool_], lengths: _Numbers
) -> _Numbers:
    """Return the place of each form: groups by their total, their forms side by side, the best form first.

    The forms come in alphabetical order, which decides between equals.
    """
    places = np.arange(len(groups))
    within = np.lexsort((places, lengths, -counts, ~is_base, groups))
    heads = within[np.unique(groups[within], return_index=True)[1]]
    group_order = np.lexsort((heads, lengths[heads], -totals))
    group_ranks = np.empty(len(totals), np.int64)
    group_ranks[group_order] = np.arange(len(totals))
    ranks = np.empty(len(groups), np.int64)
    ranks[np.lexsort((places, lengths, -counts, ~is_base, group_ranks[groups]))] = places
    return ranks
