"""Sets of document numbers as ascending arrays, and what is cheapest for few and for many.

Many: an array with a place for every document of the index, as a scatter costs a few ns a document. Few: one
sort and binary searches, as making such an array would cost more than all the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs

DocNumbers = NDArray[np.int64]
"""Document numbers, ascending, none twice; int64, as that is what NumPy indexes with without a copy."""

_Number = TypeVar("_Number", bound=np.integer[Any])

SPARSE: Final = 16
"""Up to a share of 1/SPARSE of the others, it is cheaper to search than to scatter (measured)."""


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """A place for each document of some lists, in an array to gather things in.

    Attributes:
        size: how long such an array is.
        at: for each list the places of its documents.
        docs: the documents that the places stand for; `None` when they are the document numbers.
    """

    size: int
    at: tuple[NDArray[np.int64], ...]
    docs: DocNumbers | None

    def numbers(self, places: NDArray[np.int64]) -> DocNumbers:
        """Return the documents of some places."""
        return places if self.docs is None else self.docs.take(places)


def slots(lists: Sequence[DocNumbers], size: int) -> Slots:
    """Return places for the documents of `lists`, in an index of `size` documents."""
    if sum(map(len, lists)) * SPARSE >= size:
        return Slots(size, tuple(lists), None)
    docs = distinct(np.concatenate(lists))
    return Slots(len(docs), tuple(docs.searchsorted(each) for each in lists), docs)


def distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the values in order, each once (`np.unique` goes through a hash table, 30 times slower)."""
    ordered = np.sort(values)
    return ordered.compress(run_starts(ordered))


def run_starts(ordered: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Return for each of some ascending values whether it is another than the one before."""
    starts = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
    return starts


def union(lists: Sequence[Docs], size: int) -> DocNumbers:
    """Return the documents that are in any of some lists."""
    if len(lists) == 1:
        return lists[0].astype(np.int64)
    if sum(map(len, lists)) * SPARSE < size:
        return distinct(np.concatenate([*lists, np.empty(0, np.int64)]))
    return np.flatnonzero(_mask(lists, size))


def common(groups: Sequence[Sequence[Docs]], size: int) -> DocNumbers:
    """Return the documents that are in any list of every group; there is at least one group."""
    ordered = sorted(groups, key=lambda group: sum(map(len, group)))
    docs = union(ordered[0], size)
    for group in ordered[1:]:
        docs = docs.compress(_in_any(docs, group, size))
    return docs


def contains(haystack: NDArray[np.integer[Any]], needles: DocNumbers) -> NDArray[np.bool_]:
    """Return for each of `needles` whether it is in `haystack`; both ascending."""
    if not len(haystack):
        return np.zeros(len(needles), np.bool_)
    # Needles of another type would make NumPy convert the whole haystack.
    at = haystack.searchsorted(needles.astype(haystack.dtype, copy=False))
    return np.asarray(haystack.take(at, mode="clip") == needles)


def mask(docs: DocNumbers, size: int) -> NDArray[np.bool_]:
    """Return for each document of an index of `size` whether it is in `docs`."""
    return _mask([docs], size)


def _in_any(docs: DocNumbers, lists: Sequence[Docs], size: int) -> NDArray[np.bool_]:
    if len(docs) * SPARSE >= sum(map(len, lists)):
        return _mask(lists, size).take(docs, mode="clip")
    found = np.zeros(len(docs), np.bool_)
    for each in lists:
        found |= contains(each, docs)
    return found


def _mask(lists: Sequence[NDArray[np.integer[Any]]], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, np.bool_)
    for docs in lists:
        found[docs.astype(np.int64, copy=False)] = True
    return found
