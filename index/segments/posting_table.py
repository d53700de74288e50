"""Postings of many terms as one table, between what text has in it and what stands in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, UINT32, compiled, reads, writes
from index.fields import ZONES
from index.segments.packed_places import DOCUMENT_SHIFT, ZONE_SHIFT

Numbers = NDArray[np.int32]

_Number = TypeVar("_Number", bound=np.integer[Any])

ZONE_COUNT: Final = len(ZONES)
_TERM_SHIFT: Final = 32
_INDEX: Final = (1 << _TERM_SHIFT) - 1
CELL_SHIFT: Final = DOCUMENT_SHIFT - ZONE_SHIFT
"""A cell is a document and a zone in one number; so many bits of it are the zone."""


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
    terms, docs = np.empty((2, len(found)), np.int32)
    freqs = np.zeros((ZONE_COUNT, len(found)), np.uint32)
    rows = _count(found, position_bits, cell_bits, CELL_SHIFT, terms, docs, *freqs)
    return PostingTable(terms[:rows], docs[:rows], freqs[:, :rows])


@compiled(
    INT64(
        reads(INT64),
        INT64,
        INT64,
        INT64,
        writes(INT32),
        writes(INT32),
        writes(UINT32),
        writes(UINT32),
        writes(UINT32),
    )
)
def _count(
    found: NDArray[np.int64],
    position_bits: int,
    cell_bits: int,
    cell_shift: int,
    terms: Numbers,
    docs: Numbers,
    first: NDArray[np.uint32],
    second: NDArray[np.uint32],
    third: NDArray[np.uint32],
) -> int:
    """Fill rows with terms, documents and how often a term stands in each of three zones; return how many."""
    rows = 0
    last = -1
    document_bits = cell_bits - cell_shift
    for place in found:
        cell = place >> position_bits
        document = cell >> cell_shift
        if document != last:
            last = document
            terms[rows] = document >> document_bits
            docs[rows] = document & (1 << document_bits) - 1
            rows += 1
        zone = cell & (1 << cell_shift) - 1
        if zone == 0:
            first[rows - 1] += 1
        elif zone == 1:
            second[rows - 1] += 1
        else:
            third[rows - 1] += 1
    return rows
