"""Postings of many terms as one table, between what text has in it and what stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import ZONE_NUMBERS
from index.fields import ZONES
from index.segments.packed_places import DOCUMENT_SHIFT, ZONE_SHIFT

Numbers = NDArray[np.int32]

_Number = TypeVar("_Number", bound=np.integer[Any])

ZONE_COUNT: Final = len(ZONES)
_TERM_SHIFT: Final = 32
_INDEX: Final = (1 << _TERM_SHIFT) - 1
CELL_SHIFT: Final = DOCUMENT_SHIFT - ZONE_SHIFT
"""A cell is a document and a zone in one number; so many bits of it are the zone."""
_ZONE: Final = (1 << CELL_SHIFT) - 1
_TEXT: Final = ZONE_NUMBERS["text"]
_OTHERS: Final = tuple(number for number in ZONE_NUMBERS.values() if number != _TEXT)


@dataclass(frozen=True, slots=True, eq=False)
class PostingTable:
    """One row a term and document, ordered by both.

    Attributes:
        terms: int32, shape (rows,): numbers from 0.
        docs: int32, shape (rows,).
        freqs: uint32, shape (3, rows): how often the term stands in each zone of the document; for the values
            of untokenised fields shape (0, rows).
    """

    terms: Numbers
    docs: Numbers
    freqs: NDArray[np.uint32]

    def totals(self) -> NDArray[np.int64]:
        """Return how often each row's term stands in its document: in all zones together."""
        totals: NDArray[np.int64] = self.freqs.sum(axis=0, dtype=np.int64)
        return totals

    def rows(self, chosen: NDArray[Any]) -> PostingTable:
        """Return some rows, by a mask or by their indexes."""
        return PostingTable(self.terms[chosen], self.docs[chosen], self.freqs[:, chosen])


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


def tabulated(found: NDArray[np.int64], *, position_bits: int, cell_bits: int) -> PostingTable:
    """Count occurrences of terms.

    Args:
        found: ascending, each once: positions, above them cells, above these terms.
        position_bits: how many bits a position has.
        cell_bits: how many bits a cell has.
    """
    cells = found >> position_bits
    rows = cells >> CELL_SHIFT
    is_new = np.ones(len(found), np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=is_new[1:])
    first = np.flatnonzero(is_new)
    # Most are in the text: the others are counted, and taken off.
    freqs = np.empty((ZONE_COUNT, len(first)), np.uint32)
    freqs[_TEXT] = np.diff(first, append=len(found))
    row = np.cumsum(is_new, dtype=np.int32)
    row -= 1
    cells &= _ZONE
    for zone in _OTHERS:
        freqs[zone] = np.bincount(row.compress(cells == zone), minlength=len(first))
        freqs[_TEXT] -= freqs[zone]
    rows = rows[first]
    document_bits = cell_bits - CELL_SHIFT
    docs = (rows & (1 << document_bits) - 1).astype(np.int32)
    return PostingTable((rows >> document_bits).astype(np.int32), docs, freqs)
