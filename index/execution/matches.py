"""Which documents match and how well, and the set operations on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents in ascending order with their scores (float64)."""

    docs: Docs
    scores: NDArray[np.float64]


def unscored(docs: Docs) -> Matches:
    """Return `docs` with the score 0."""
    return Matches(docs, np.zeros(len(docs)))


def both(left: Matches, right: Matches) -> Matches:
    """Return the documents in both, with their scores added (left first)."""
    if len(left.docs) <= len(right.docs):
        found, at = _look_up(left.docs, right.docs)
        return Matches(left.docs[found], left.scores[found] + right.scores[at])
    found, at = _look_up(right.docs, left.docs)
    return Matches(right.docs[found], left.scores[at] + right.scores[found])


def without(left: Matches, right: Docs) -> Matches:
    """Return the documents of `left` that are not in `right`."""
    keep = ~contains(right, left.docs)
    return Matches(left.docs[keep], left.scores[keep])


def at_least(parts: Sequence[Matches], minimum: int, size: int, *, optional: int = 0) -> Matches:
    """Return the documents that are in `minimum` of `parts`, with their scores added in order.

    `size` is the number of document numbers in the index; the last `optional` parts do not count.
    """
    counted = len(parts) - optional
    counts = np.zeros(size, np.int32)
    scores = np.zeros(size)
    for place, part in enumerate(parts):
        counts[part.docs] += place < counted
        scores[part.docs] += part.scores
    docs = np.flatnonzero(counts >= max(1, minimum)).astype(np.int32)
    return Matches(docs, scores[docs])


def contains(haystack: Docs, needles: Docs) -> NDArray[np.bool_]:
    """Return for each of `needles` whether it is in `haystack`; both ascending."""
    if not len(haystack):
        return np.zeros(len(needles), np.bool_)
    at = np.searchsorted(haystack, needles)
    at[at == len(haystack)] = 0
    return np.asarray(haystack[at] == needles)


def _look_up(needles: Docs, haystack: Docs) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the indexes of the needles that are in the haystack, and where they are there."""
    if not len(haystack):
        return np.empty(0, np.intp), np.empty(0, np.intp)
    at = np.searchsorted(haystack, needles)
    at[at == len(haystack)] = 0
    found = np.flatnonzero(haystack[at] == needles)
    return found, at[found]
