"""Postings of many terms as one table, between what text has in it and what stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import DOCUMENT_SHIFT, ZONE_SHIFT, Places
from index.fields import ZONES
from index.segments import ragged

Numbers = NDArray[np.int32]

ZONE_COUNT: Final = len(ZONES)
_TERM_SHIFT: Final = 32
_INDEX: Final = (1 << _TERM_SHIFT) - 1
_ZONE: Final = (1 << DOCUMENT_SHIFT - ZONE_SHIFT) - 1


@dataclass(frozen=True, slots=True, eq=False)
class PostingTable:
    """One row a term and document, ordered by both.

    Attributes:
        terms: int32, shape (rows,): numbers from 0.
        docs: int32, shape (rows,).
        freqs: uint32, shape (rows, 3): how often the term stands in each zone of the document; for the values
            of untokenised fields shape (rows, 0).
    """

    terms: Numbers
    docs: Numbers
    freqs: NDArray[np.uint32]

    def totals(self) -> NDArray[np.int64]:
        """Return how often each row's term stands in its document: in all zones together."""
        totals: NDArray[np.int64] = self.freqs.sum(axis=1, dtype=np.int64)
        return totals

    def rows(self, chosen: NDArray[Any]) -> PostingTable:
        """Return some rows, by a mask or by their indexes."""
        return PostingTable(self.terms[chosen], self.docs[chosen], self.freqs[chosen])


def by_term(terms: Numbers, places: Places) -> tuple[Numbers, Places]:
    """Order occurrences by term and then by place, each one once.

    Args:
        terms: shape (occurrences,).
        places: shape (occurrences,), ascending.

    Returns:
        The terms and the places.
    """
    order = by_number(terms)
    places = places[order]
    terms = terms[order]
    first = np.ones(len(terms), np.bool_)
    np.not_equal(places[1:], places[:-1], out=first[1:])
    first[1:] |= terms[1:] != terms[:-1]
    return (terms, places) if first.all() else (terms[first], places[first])


def by_number(numbers: Numbers) -> NDArray[np.int64]:
    """Return the indexes that order numbers that are not negative; equal ones stay as they are.

    One sort of whole numbers that have the index in them: several times as fast as a stable `argsort`.
    """
    keys = numbers.astype(np.int64)
    keys <<= _TERM_SHIFT
    keys |= np.arange(len(numbers), dtype=np.int64)
    keys.sort()
    keys &= _INDEX
    return keys


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return numbers in order, each one once; `np.unique` looks for them in a table, which takes longer."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def tabulated(terms: Numbers, places: Places) -> PostingTable:
    """Count occurrences that are ordered by term and place, none of them twice."""
    docs = (places >> DOCUMENT_SHIFT).astype(np.int32)
    new = np.ones(len(terms), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    new[1:] |= terms[1:] != terms[:-1]
    first = np.flatnonzero(new)
    cells = np.cumsum(new, dtype=np.int64)
    cells -= 1
    cells *= ZONE_COUNT
    cells += (places >> ZONE_SHIFT) & _ZONE
    freqs = np.bincount(cells, minlength=ZONE_COUNT * len(first)).astype(np.uint32)
    return PostingTable(terms[first], docs[first], freqs.reshape(-1, ZONE_COUNT))


def expanded(
    forms: Numbers, places: Places, *, starts: NDArray[np.int64], keys: Numbers
) -> tuple[Numbers, Places]:
    """Return the occurrences of keys from those of the forms that have them.

    Args:
        forms: shape (occurrences,), numbers of forms.
        places: shape (occurrences,), ascending.
        starts: shape (forms + 1,): form f has the keys `keys[starts[f]:starts[f + 1]]`.
        keys: numbers of keys.

    Returns:
        Numbers of keys and ascending places.
    """
    counts = np.diff(starts)[forms]
    return keys[ragged.indexes(starts[forms], counts)], np.repeat(places, counts)
