"""The order of hits, and the best of them without ordering all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import DocNumbers
from index.execution.matches import Matches
from index.execution.reader import Ranks
from index.request import Sort

Keys = NDArray[np.floating[Any]] | NDArray[np.int32]

_SAMPLED: Final = 16
"""Every how many-th key tells where the best end, before all are looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What hits are ordered by.

    Attributes:
        keys: one a hit, the smallest first: scores below 0, or ranks.
        docs: the documents of the hits.
        ties: int32, one a document of the index: what decides between equal keys; `None` when there are none.
    """

    keys: Keys
    docs: DocNumbers
    ties: NDArray[np.int32] | None

    def take(self, places: NDArray[np.int64]) -> Order:
        """Return the order of some of the hits."""
        return Order(self.keys.take(places), self.docs.take(places), self.ties)


def order(found: Matches, sort: Sort, ranks: Ranks) -> Order:
    """Return the order of matches: equal scores by the meeting's date, the newest first."""
    if sort is Sort.RELEVANCE and found.scores is not None:
        return Order(-found.scores, found.docs, ranks.newest)
    by_rank = {Sort.OLDEST: ranks.oldest, Sort.ADDED: ranks.added}.get(sort, ranks.newest)
    return Order(by_rank.take(found.docs, mode="clip"), found.docs, None)


def page(ordered: Order, offset: int, limit: int) -> NDArray[np.int64]:
    """Return the places of the hits from `offset` on, `limit` at most, in order."""
    if limit <= 0:
        return np.empty(0, np.int64)
    end = offset + limit
    best = _smallest(ordered.keys, end)
    keys = ordered.keys.take(best)
    if ordered.ties is None:
        return best.take(np.argsort(keys)[offset:end])
    if len(best) > end:
        # Thousands may have the last score on the page: only those of them that come first are put in order.
        last = keys.max()
        tied = best.compress(keys == last)
        before = best.compress(keys < last)
        among = _smallest(ordered.ties.take(ordered.docs.take(tied)), end - len(before))
        best = np.concatenate((before, tied.take(among)))
        keys = ordered.keys.take(best)
    ties = ordered.ties.take(ordered.docs.take(best))
    return best.take(np.lexsort((ties, keys))[offset:end])


def _smallest(keys: Keys, count: int) -> NDArray[np.int64]:
    """Return the places of the `count` smallest keys and of all that equal the largest of them."""
    size = len(keys)
    if count >= size:
        return np.arange(size)
    if count * _SAMPLED * 4 > size:
        return np.flatnonzero(keys <= _threshold(keys, count))
    # No fewer than `count` keys are as small as the `count` smallest of a sample.
    candidates = np.flatnonzero(keys <= _threshold(keys[::_SAMPLED], count))
    among = keys.take(candidates)
    return candidates.compress(among <= _threshold(among, count))


def _threshold(keys: Keys, count: int) -> float:
    return float(np.partition(keys, count - 1)[count - 1])
