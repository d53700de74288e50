"""Counts over all matches: the values of facets, and how many cases there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, NONE, UINT8, compiled, reads, writes
from index.execution.doc_sets import distinct
from index.execution.postings import Docs
from index.execution.reader import Cases
from index.results import FacetCounts

Names = NDArray[np.object_]
"""The values of a property as an array of strings: many are picked at once."""

_VALUE_BYTES: Final = 120
"""What a value and its count take in a dictionary, roughly."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldFacet:
    """Counts as a cache holds them."""

    counts: FacetCounts

    @property
    def nbytes(self) -> int:
        """The bytes of the counts, roughly."""
        return _VALUE_BYTES * len(self.counts.counts)


def by_value(
    codes: NDArray[np.int32], names: Names, files: NDArray[np.int64], weights: NDArray[np.int64]
) -> FacetCounts:
    """Count files by the value of one property.

    Args:
        codes: of each file of the index, the number of its value; -1 where it is unknown.
        names: the values.
        files: those that are counted.
        weights: what each of them counts.
    """
    totals = np.zeros(len(names) + 1, np.int64)
    _add_by_value(codes, files, weights, totals)
    return _named(totals, names)


def groups_by_value(codes: NDArray[np.int32], names: Names, groups: NDArray[np.int64]) -> FacetCounts:
    """Count for each value how many groups have a match with it.

    Args:
        codes: of each match, as for `by_value`.
        names: the values.
        groups: the number of the group of each match.
    """
    width = len(names) + 1
    pairs = distinct(groups * width + (codes + 1))
    return _named(np.bincount(pairs % width, minlength=width), names)


def distinct_cases(cases: Cases, docs: Docs) -> int:
    """Return how many different cases `docs` belong to."""
    # The last place is that of the code -1, of documents without a case.
    seen = np.zeros(cases.distinct + 1, np.uint8)
    _see_cases(cases.first, cases.further_docs, cases.further_codes, docs, seen)
    return int(np.count_nonzero(seen[:-1]))


@compiled(NONE(reads(INT32), reads(INT64), reads(INT64), writes(INT64)))
def _add_by_value(
    codes: NDArray[np.int32],
    files: NDArray[np.int64],
    weights: NDArray[np.int64],
    totals: NDArray[np.int64],
) -> None:
    """Add the weights of files to the totals of their values; the unknown have place 0."""
    for number in range(len(files)):
        totals[codes[files[number]] + 1] += weights[number]


@compiled(NONE(reads(INT32), reads(INT32), reads(INT32), reads(INT32), writes(UINT8)))
def _see_cases(
    first: NDArray[np.int32],
    further_docs: NDArray[np.int32],
    further_codes: NDArray[np.int32],
    docs: Docs,
    seen: NDArray[np.uint8],
) -> None:
    """Mark the cases of `docs` in `seen`."""
    for doc in docs:
        seen[first[doc]] = 1
    place = 0
    for number in range(len(further_docs)):
        while place < len(docs) and docs[place] < further_docs[number]:
            place += 1
        if place == len(docs):
            return
        if docs[place] == further_docs[number]:
            seen[further_codes[number]] = 1


def _named(counts: NDArray[np.int64], names: Names) -> FacetCounts:
    found = np.flatnonzero(counts[1:])
    named = zip(names.take(found).tolist(), counts[1:].take(found).tolist(), strict=True)
    return FacetCounts(counts=dict(named), unknown=int(counts[0]))
