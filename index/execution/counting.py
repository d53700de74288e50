"""Counts over all matches: the values of facets, and how many cases there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import DocNumbers, distinct, mask
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


def by_value(codes: NDArray[np.int64], names: Names, weights: NDArray[np.int64] | None) -> FacetCounts:
    """Count files by the value of one property.

    Args:
        codes: 0 where the value is unknown, else 1 + the number of the value.
        names: the values.
        weights: what each file counts; 1 if not given.
    """
    # With weights NumPy counts in floats, which are exact up to 2**53.
    return _named(np.bincount(codes, weights, minlength=len(names) + 1).astype(np.int64), names)


def groups_by_value(codes: NDArray[np.int64], names: Names, groups: NDArray[np.int64]) -> FacetCounts:
    """Count for each value how many groups have a match with it.

    Args:
        codes: of each match, as for `by_value`.
        names: the values.
        groups: the number of the group of each match.
    """
    width = len(names) + 1
    pairs = distinct(groups * width + codes)
    return _named(np.bincount(pairs % width, minlength=width), names)


def distinct_cases(cases: Cases, docs: DocNumbers, size: int) -> int:
    """Return how many different cases `docs`, of an index of `size`, belong to."""
    # The last place is that of the code -1, of documents without a case.
    seen = np.zeros(cases.distinct + 1, np.bool_)
    seen[cases.first.take(docs, mode="clip").astype(np.int64)] = True
    if len(cases.further_docs):
        found = mask(docs, size).take(cases.further_docs, mode="clip")
        seen[cases.further_codes.compress(found)] = True
    return int(np.count_nonzero(seen[:-1]))


def _named(counts: NDArray[np.int64], names: Names) -> FacetCounts:
    found = np.flatnonzero(counts[1:])
    named = zip(names.take(found).tolist(), counts[1:].take(found).tolist(), strict=True)
    return FacetCounts(counts=dict(named), unknown=int(counts[0]))
