"""Which documents match and how well, and how matches go together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.execution import sums
from index.execution.doc_sets import Places, in_both, slots
from index.execution.postings import Docs

Scores = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Documents in ascending order with their scores.

    Attributes:
        docs: int32.
        scores: float32 of a leaf, as Lucene's are, so that twice as many are held; else float64. One a
            document, at least 0; `None` when all are 0.
        leaf: what they are the matches of, if they are held by the cache of leaves.
        warnings: what was cut short in finding them, in Swedish.
    """

    docs: Docs
    scores: Scores | None
    leaf: Hashable | None = None
    warnings: tuple[str, ...] = ()

    @property
    def nbytes(self) -> int:
        """The bytes of the arrays."""
        return self.docs.nbytes + (0 if self.scores is None else self.scores.nbytes)

    def take(self, places: Places) -> Matches:
        """Return some of the matches, by ascending places."""
        return Matches(self.docs.take(places), None if self.scores is None else self.scores.take(places))


def look_up(docs: Docs, matches: Matches, size: int) -> tuple[Places, Scores | None]:
    """Return the places of those of `docs` that match, ascending, and their scores, in an index of `size`."""
    places, at = in_both(docs, matches.docs, size)
    return places, None if matches.scores is None else matches.scores.take(at)


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
    totals = np.zeros(gathered.size)
    for at, part in zip(gathered.at, parts, strict=True):
        if part.scores is not None:
            sums.add(at, part.scores, totals)
    if minimum <= 1 and not optional and all(map(_is_positive, parts)):
        places, scores = sums.positive(totals)
    else:
        counts = np.zeros(gathered.size, np.uint16)
        for at in gathered.at[: len(parts) - optional]:
            sums.count(at, counts)
        places, scores = sums.reaching(counts, max(1, minimum), totals)
    is_scored = any(part.scores is not None for part in parts)
    return Matches(gathered.numbers(places), scores if is_scored else None)


def _is_positive(matches: Matches) -> bool:
    """Tell whether every match is known to have a score above 0: a leaf's has, if it has any."""
    return matches.leaf is not None and matches.scores is not None
