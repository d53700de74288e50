"""Groups of sections: those of one file of minutes, or of one case, of which the best stands for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import DocNumbers
from index.execution.ordering import Keys, Order
from index.execution.reader import Cases


def by_case(cases: Cases, docs: DocNumbers) -> NDArray[np.int64]:
    """Return numbers of groups by the case that is written first in each document.

    A document without a case is a group of its own. Not all numbers are used.
    """
    groups = cases.first.take(docs, mode="clip").astype(np.int64)
    alone = np.flatnonzero(groups < 0)
    groups[alone] = cases.distinct + np.arange(len(alone))
    return groups


def representatives(groups: NDArray[np.int64], ordered: Order) -> NDArray[np.int64]:
    """Return the places of the first of each group in order, ascending."""
    if not len(groups):
        return groups
    size = int(groups.max()) + 1
    first = _firsts(groups, ordered.keys, size)
    if ordered.ties is None:
        return first
    ties = ordered.ties.take(ordered.docs.take(first))
    return first.take(_firsts(groups.take(first), ties, size))


def _firsts(groups: NDArray[np.int64], keys: Keys, size: int) -> NDArray[np.int64]:
    """Return the places of the matches that have the smallest key of their group."""
    smallest = np.full(size, keys.max())
    np.minimum.at(smallest, groups, keys)
    return np.flatnonzero(keys == smallest.take(groups))
