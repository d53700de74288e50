"""Completion of words: of the inflected forms of a word one is shown, with the sections of all."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis.special import is_special
from index.analysis.stop_words import STOP_WORDS
from index.collation import UNACCENTED, collation_key, unaccented_key
from index.completion.prefixes import between
from index.texts import NOTHING, Counted, Rows

_Numbers = npt.NDArray[np.int64]

_SHORTEST: Final = 2
_MOST_DIGITS: Final = 2
"""Digits of a word (`covid-19`, `co2`); with more of them it is rather a number."""
_RARE_BASE_FORM: Final = 10
"""The base form is shown unless it is in less than a tenth of the sections: then it may be no word at all."""


class CompletedWord(NamedTuple):
    """A form of a word, and how many sections have the word in any form."""

    form: str
    sections: int


class Words(NamedTuple):
    """The words of an index.

    Attributes:
        counted: casefolded, in order, with the sections of each.
        groups: int32, one a word: the inflected forms of a word have the same.
        totals: int32, one a group: in how many sections it is in any form.
        base_forms: int32, one a group: the number of its base form, -1 where that is unknown.
    """

    counted: Counted
    groups: Rows
    totals: Rows
    base_forms: Rows


_NO_NUMBERS: Final = np.empty(0, np.int32)
NO_WORDS: Final = Words(NOTHING, _NO_NUMBERS, _NO_NUMBERS, _NO_NUMBERS)


class WordCompletion:
    """The words of an index, to be found by how they begin. Never changes.

    Stop words, numbers and keys of special tokens are left out.
    """

    def __init__(self, words: Words) -> None:
        self._texts = words.counted.texts
        rows = words.counted.rows
        kept = [_is_worth_completing(word) for word in self._texts.take(rows)]
        rows = rows[np.array(kept, np.bool_)]
        forms = self._texts.take(rows)
        keys = forms.lines(collation_key)
        order = keys.order()
        self._rows = rows = rows[order]
        self._by_unaccented = keys.take(order).order(UNACCENTED)
        in_use, groups = np.unique(words.groups[rows], return_inverse=True)
        self._groups = groups.astype(np.int32)
        self._totals = words.totals[in_use]
        counts = words.counted.counts[rows].astype(np.int64)
        is_base = words.base_forms[in_use][groups] == rows
        is_base &= counts * _RARE_BASE_FORM >= self._totals[groups]
        ranks = _ranks(
            groups,
            self._totals.astype(np.int64),
            counts,
            is_base=is_base,
            lengths=forms.lengths[order].astype(np.int64),
        )
        self._ranks = ranks.astype(np.int32)

    def complete(self, typed: str, limit: int, *, unaccented: bool = False) -> list[CompletedWord]:
        """Return the words that begin as typed, most sections first, then shorter ones.

        Each is shown in the form that begins so and stands for it best: the base form, else the commonest.

        Args:
            typed: the key of collation of what is typed.
            limit: how many at most.
            unaccented: å, ä and ö are as good as a and o.
        """
        if unaccented:
            places = self._by_unaccented[
                between(len(self._rows), unaccented_key(typed), self._unaccented_key)
            ]
        else:
            found = between(len(self._rows), typed, self._key)
            places = np.arange(found.start, found.stop, dtype=np.int32)
        return [
            CompletedWord(self._texts[int(self._rows[place])], int(self._totals[self._groups[place]]))
            for place in self._first_of_groups(places, limit)
        ]

    def _key(self, place: int) -> str:
        return collation_key(self._texts[int(self._rows[place])])

    def _unaccented_key(self, place: int) -> str:
        return unaccented_key(self._key(int(self._by_unaccented[place])))

    def _first_of_groups(self, places: Rows, limit: int) -> list[int]:
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
