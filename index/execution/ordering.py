"""The order of hits, the best of them without ordering all, and the best of each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import BOOL, FLOAT32, FLOAT64, INT32, INT64, NONE, compiled, reads, writes
from index.execution.doc_sets import Places
from index.execution.matches import Matches, Scores
from index.execution.postings import Docs
from index.execution.reader import Ranks
from index.request import Sort

_SAMPLED: Final = 16
"""Every how many-th hit is looked at first: these tell early what the others must come before."""

_ORDERS: Final = [(reads(scores), reads(INT32), reads(INT32)) for scores in (FLOAT32, FLOAT64)]
"""The fields of an `Order`, as compiled code takes them."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """What hits are ordered by.

    Attributes:
        scores: one a hit, the highest first; all the same where they do not matter.
        docs: the documents of the hits.
        ranks: int32, one a document of the index: which of those with equal scores is first; none twice.
    """

    scores: Scores
    docs: Docs
    ranks: NDArray[np.int32]

    def take(self, places: Places) -> Order:
        """Return the order of some of the hits."""
        return Order(self.scores.take(places), self.docs.take(places), self.ranks)


def order(found: Matches, sort: Sort, ranks: Ranks) -> Order:
    """Return the order of matches: equal scores by the meeting's date, the newest first."""
    by_rank = {Sort.OLDEST: ranks.oldest, Sort.ADDED: ranks.added}.get(sort, ranks.newest)
    scores = found.scores if sort is Sort.RELEVANCE else None
    return Order(np.zeros(len(found.docs), np.float32) if scores is None else scores, found.docs, by_rank)


def page(ordered: Order, offset: int, limit: int) -> Places:
    """Return the places of the hits from `offset` on, `limit` at most, in order."""
    end = offset + limit if limit > 0 else 0
    if end >= len(ordered.docs):
        return np.lexsort((ordered.ranks.take(ordered.docs), -ordered.scores))[offset:]
    if 0 < end * _SAMPLED * 4 < len(ordered.docs):
        # No fewer hits are as good as the first of a sample; to compare all with one number costs least.
        enough = np.partition(ordered.scores[::_SAMPLED], -end)[-end]
        candidates = np.flatnonzero(ordered.scores >= enough)
        return candidates.take(_first(ordered.take(candidates), end)[offset:])
    return _first(ordered, end)[offset:]


def _first(ordered: Order, count: int) -> Places:
    """Return the places of the first hits in order, of more."""
    best = np.empty(count, np.int64)
    if count:
        _best(ordered.scores, ordered.docs, ordered.ranks, best)
    return best


def representatives(ordered: Order, groups: NDArray[np.int64]) -> Places:
    """Return the places of the first hits of their groups in order, ascending.

    Args:
        ordered: the hits.
        groups: the number of each hit's group.
    """
    if not len(groups):
        return groups
    firsts = np.full(int(groups.max()) + 1, -1, np.int64)
    _firsts(ordered.scores, ordered.docs, ordered.ranks, groups, firsts)
    return np.sort(firsts.compress(firsts >= 0))


@compiled([BOOL(scores, INT32, scores, INT32) for scores in (FLOAT32, FLOAT64)])
def _is_before(score: float, rank: int, other_score: float, other_rank: int) -> bool:
    """Tell whether a hit comes before another. It takes numbers, as a call with arrays costs 50 ns."""
    return score > other_score or (score == other_score and rank < other_rank)


@compiled([NONE(*of_order, writes(INT64), INT64, INT64) for of_order in _ORDERS])
def _sink(scores: Scores, docs: Docs, ranks: NDArray[np.int32], heap: Places, root: int, size: int) -> None:
    """Let the place at `root` of a heap, the last in order on top, sink to where it belongs."""
    place = heap[root]
    score, rank = scores[place], ranks[docs[place]]
    while 2 * root + 1 < size:
        child = 2 * root + 1
        last = heap[child]
        if child + 1 < size:
            other = heap[child + 1]
            if _is_before(scores[last], ranks[docs[last]], scores[other], ranks[docs[other]]):
                child, last = child + 1, other
        if _is_before(scores[last], ranks[docs[last]], score, rank):
            break
        heap[root] = last
        root = child
    heap[root] = place


@compiled([NONE(*of_order, writes(INT64)) for of_order in _ORDERS])
def _best(scores: Scores, docs: Docs, ranks: NDArray[np.int32], best: Places) -> None:
    """Fill `best`, at most one a hit, with the places of the first hits, in order."""
    held = 0
    worst, worst_rank = scores[0], ranks[docs[0]]
    for step in (_SAMPLED, 1):
        for place in range(0, len(docs), step):
            if step == 1 and place % _SAMPLED == 0:
                continue
            if held < len(best):
                best[held] = place
                held += 1
                if held < len(best):
                    continue
                for root in range(held // 2 - 1, -1, -1):
                    _sink(scores, docs, ranks, best, root, held)
            elif scores[place] > worst or (scores[place] == worst and ranks[docs[place]] < worst_rank):
                best[0] = place
                _sink(scores, docs, ranks, best, 0, held)
            else:
                continue
            worst, worst_rank = scores[best[0]], ranks[docs[best[0]]]
    for last in range(len(best) - 1, 0, -1):
        best[0], best[last] = best[last], best[0]
        _sink(scores, docs, ranks, best, 0, last)


@compiled([NONE(*of_order, reads(INT64), writes(INT64)) for of_order in _ORDERS])
def _firsts(
    scores: Scores, docs: Docs, ranks: NDArray[np.int32], groups: NDArray[np.int64], firsts: Places
) -> None:
    """Put the place of the first hit of each group into `firsts`, -1 before."""
    for place in range(len(groups)):
        held = firsts[groups[place]]
        if held < 0 or _is_before(scores[place], ranks[docs[place]], scores[held], ranks[docs[held]]):
            firsts[groups[place]] = place
