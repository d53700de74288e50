"""Which documents match and how well, and how matches go together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import SPARSE, DocNumbers, Slots, mask, slots
from index.execution.postings import Docs

Scores = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents in ascending order with their scores.

    Attributes:
        docs: int64.
        scores: float32 of a leaf, else float64, one a document, at least 0; `None` when all are 0.
        leaf: what they are the matches of, if they are held by the cache of leaves.
        warnings: what was cut short in finding them, in Swedish.
    """

    docs: DocNumbers
    scores: Scores | None
    leaf: Hashable | None = None
    warnings: tuple[str, ...] = ()

    def take(self, places: NDArray[np.int64]) -> Matches:
        """Return some of the matches, by ascending places."""
        return Matches(self.docs.take(places), None if self.scores is None else self.scores.take(places))


@dataclass(frozen=True, slots=True, eq=False)
class LeafMatches:
    """Matches of a leaf as they are held: twice as many fit, and they are spread out again in microseconds.

    Attributes:
        docs: int32, ascending.
        scores: float32, as Lucene's are; `None` when all are 0.
        warnings: as those of `Matches`.
    """

    docs: Docs
    scores: NDArray[np.float32] | None
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, found: Matches) -> Self:
        """Return what is held of some matches: their scores as exactly as float32 is."""
        scores = None if found.scores is None else found.scores.astype(np.float32)
        return cls(found.docs.astype(np.int32), scores, found.warnings)

    def matches(self, leaf: Hashable) -> Matches:
        """Return the matches of `leaf`."""
        return Matches(self.docs.astype(np.int64), self.scores, leaf, self.warnings)

    @property
    def nbytes(self) -> int:
        """The bytes of the arrays."""
        return self.docs.nbytes + (0 if self.scores is None else self.scores.nbytes)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Matches with a place for every document of the index, to look up many at once.

    Attributes:
        scores: as those of `Matches`, below 0 where a document does not match; or bool, when no match is
            scored.
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
    scores = np.full(size, -1, matches.scores.dtype)
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
    total: Scores | None = None
    for each in scores:
        if each is not None:
            total = each if total is None else np.add(total, each, dtype=np.float64)
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
    scored = any(part.scores is not None for part in parts)
    total = _summed(gathered, [part.scores for part in parts]) if scored else None
    if total is not None and minimum <= 1 and not optional and all(map(_is_positive, parts)):
        places = np.flatnonzero(total > 0)
    else:
        counted = [np.empty(0, np.int64), *gathered.at[: len(parts) - optional]]
        counts = np.bincount(np.concatenate(counted), minlength=gathered.size)
        places = np.flatnonzero(counts >= max(1, minimum))
    return Matches(gathered.numbers(places), None if total is None else total.take(places))


def _summed(gathered: Slots, scores: Sequence[Scores | None]) -> Scores:
    """Return the sum of scores at each place, added in order of the lists."""
    weights = [np.zeros(len(at)) if one is None else one for at, one in zip(gathered.at, scores, strict=True)]
    return np.asarray(np.bincount(np.concatenate(gathered.at), np.concatenate(weights), gathered.size))


def _is_positive(matches: Matches) -> bool:
    """Tell whether every match is known to have a score above 0: a leaf's has, if it has any."""
    return matches.leaf is not None and matches.scores is not None
