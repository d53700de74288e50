"""Which documents match and how well, and how matches go together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import SPARSE, DocNumbers, mask, slots

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents in ascending order with their scores.

    Attributes:
        docs: int64.
        scores: float64, one a document, at least 0; `None` when all are 0.
        leaf: what they are the matches of, if they are held by the cache of leaves.
        warnings: what was cut short in finding them, in Swedish.
    """

    docs: DocNumbers
    scores: Scores | None
    leaf: Hashable | None = None
    warnings: tuple[str, ...] = ()

    @property
    def nbytes(self) -> int:
        """The bytes of the arrays."""
        return self.docs.nbytes + (0 if self.scores is None else self.scores.nbytes)

    def take(self, places: NDArray[np.int64]) -> Matches:
        """Return some of the matches, by ascending places."""
        return Matches(self.docs.take(places), None if self.scores is None else self.scores.take(places))


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Matches with a place for every document of the index, to look up many at once.

    Attributes:
        scores: float64, below 0 where a document does not match; or bool, when no match is scored.
    """

    scores: Scores | NDArray[np.bool_]

    @property
    def nbytes(self) -> int:
        """The bytes of the array."""
        return self.scores.nbytes


def spread(matches: Matches, size: int) -> Spread:
    """Return `matches` with a place for each of the `size` documents of the index."""
    if matches.scores is None:
        return Spread(mask(matches.docs, size))
    scores = np.full(size, -1.0)
    scores[matches.docs] = matches.scores
    return Spread(scores)


def is_worth_spreading(matches: Matches, wanted: int, size: int) -> bool:
    """Tell whether looking up `wanted` documents is cheaper in a `Spread` than by binary search."""
    return wanted * SPARSE >= 2 * len(matches.docs) + size // 5


def look_up(docs: DocNumbers, matches: Matches | Spread) -> tuple[NDArray[np.int64], Scores | None]:
    """Return the places of those of `docs` that match, ascending, and their scores."""
    if isinstance(matches, Spread):
        found = matches.scores.take(docs, mode="clip")
        if found.dtype == np.bool_:
            return np.flatnonzero(found), None
        places = np.flatnonzero(found >= 0)
        return places, np.asarray(found.take(places))
    if not len(matches.docs):
        return np.empty(0, np.int64), None
    at = matches.docs.searchsorted(docs)
    places = np.flatnonzero(matches.docs.take(at, mode="clip") == docs)
    return places, None if matches.scores is None else matches.scores.take(at.take(places))


def added(scores: Sequence[Scores | None]) -> Scores | None:
    """Return the sum of aligned scores, in this order, so that it is the same to the last bit each time."""
    total = None
    for each in scores:
        if each is not None:
            total = each if total is None else total + each
    return total


def at_least(parts: Sequence[Matches], minimum: int, size: int, *, optional: int = 0) -> Matches:
    """Return the documents that are in `minimum` of `parts`, at least one, with their scores added in order.

    Args:
        parts: what is counted and added.
        minimum: in how many of them a document must be.
        size: the number of document numbers in the index.
        optional: how many of the parts, the last ones, do not count.
    """
    gathered = slots([part.docs for part in parts], size)
    counted = len(parts) - optional
    total = np.zeros(gathered.size)
    for part, at in zip(parts, gathered.at, strict=True):
        if part.scores is not None:
            total[at] = total.take(at, mode="clip") + part.scores
    if minimum <= 1 and not optional and all(map(_is_positive, parts)):
        places = np.flatnonzero(total > 0)
    else:
        counts = np.zeros(gathered.size, np.uint16)
        for at in gathered.at[:counted]:
            counts[at] = counts.take(at, mode="clip") + np.uint16(1)
        places = np.flatnonzero(counts >= max(1, minimum))
    scored = any(part.scores is not None for part in parts)
    return Matches(gathered.numbers(places), total.take(places) if scored else None)


def _is_positive(matches: Matches) -> bool:
    """Tell whether every match is known to have a score above 0: a leaf's has, if it has any."""
    return matches.leaf is not None and matches.scores is not None
