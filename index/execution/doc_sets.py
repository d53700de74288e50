"""Sets of document numbers as ascending arrays, and what is cheapest for few and for many.

Many: an array with a place for every document of the index, as a scatter costs a ns a document. Few: one
sort and binary searches, as making such an array would cost more than all the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, UINT32, UINT64, compiled, reads, writes
from index.execution.ascending import lower_bounds
from index.execution.postings import Docs

Places = NDArray[np.int64]
"""Indexes into an array of documents, ascending."""

_Number = TypeVar("_Number", bound=np.integer[Any])

SPARSE: Final = 16
"""Up to a share of 1/SPARSE of the others, it is cheaper to search than to scatter (measured)."""

_FEW_RUNS: Final = 16
"""So many ascending runs are merged, more are sorted (measured; it depends on the processor's vectors)."""

_MERGED: Final = 4
"""Where two lists have fewer than 1 in 4 of the documents, going through both is cheaper (measured)."""


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """A place for each document of some lists, in an array to gather things in.

    Attributes:
        size: how long such an array is.
        at: for each list the places of its documents.
        docs: the documents that the places stand for; `None` when they are the document numbers.
    """

    size: int
    at: tuple[NDArray[np.int32], ...]
    docs: Docs | None

    def numbers(self, places: NDArray[np.int32]) -> Docs:
        """Return the documents of some places."""
        return places if self.docs is None else self.docs.take(places)


def slots(lists: Sequence[Docs], size: int) -> Slots:
    """Return places for the documents of `lists`, in an index of `size` documents.

    It costs least where each list ascends, which none has to; a document can be in one several times.
    """
    if sum(map(len, lists)) * SPARSE >= size:
        return Slots(size, tuple(lists), None)
    docs = merged_in_place(np.concatenate(lists), len(lists))
    return Slots(len(docs), tuple(lower_bounds(docs, each).astype(np.int32) for each in lists), docs)


def distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the values in order, each once (`np.unique` goes through a hash table, 30 times slower)."""
    ordered = np.sort(values)
    return ordered.compress(run_starts(ordered))


def merged(arrays: Sequence[NDArray[_Number]]) -> NDArray[_Number]:
    """Return what is in any of some ascending arrays, in order, each value once; there is at least one."""
    return arrays[0] if len(arrays) == 1 else merged_in_place(np.concatenate(arrays), len(arrays))


def merged_in_place(values: NDArray[_Number], runs: int) -> NDArray[_Number]:
    """Return values in order, each once, in the memory that they had.

    Args:
        values: of 32 or 64 bits, not negative, with memory of its own, which is cut to what is left.
        runs: of about how many ascending runs, one behind the other, they consist: it decides how they are
            ordered, not whether.
    """
    values.sort(kind="stable" if runs <= _FEW_RUNS else None)
    values.resize(_distinct_in_place(values.view(f"u{values.itemsize}")), refcheck=False)
    return values


def run_starts(ordered: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Return for each of some ascending values whether it is another than the one before."""
    starts = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=starts[1:])
    return starts


def in_both(few: Docs, many: Docs, size: int) -> tuple[Places, Places]:
    """Return where the documents that both have stand in the one and in the other, in an index of `size`."""
    if len(few) * SPARSE < len(many):
        at = lower_bounds(many, few)
        found = np.flatnonzero(many.take(at, mode="clip") == few)
        return found, at.take(found)
    at_few, at_many = (np.empty(len(few), np.int64) for _ in range(2))
    if (len(few) + len(many)) * _MERGED < size:
        count = _merge(few, many, at_few, at_many)
    else:
        count = _look_up(few, many, np.full(size, -1, np.int32), at_few, at_many)
    return at_few[:count], at_many[:count]


def union(lists: Sequence[Docs], size: int) -> Docs:
    """Return the documents that are in any of some lists."""
    if len(lists) == 1:
        return lists[0]
    if sum(map(len, lists)) * SPARSE < size:
        return merged([*lists, np.empty(0, np.int32)])
    return np.flatnonzero(_mask(lists, size)).astype(np.int32)


def common(groups: Sequence[Sequence[Docs]], size: int) -> Docs:
    """Return the documents that are in any list of every group; there is at least one group."""
    ordered = sorted(groups, key=lambda group: sum(map(len, group)))
    docs = union(ordered[0], size)
    for group in ordered[1:]:
        docs = docs.compress(_in_any(docs, group, size))
    return docs


def contains(haystack: Docs, needles: Docs) -> NDArray[np.bool_]:
    """Return for each of `needles` whether it is in `haystack`; both ascending."""
    if not len(haystack):
        return np.zeros(len(needles), np.bool_)
    return np.asarray(haystack.take(lower_bounds(haystack, needles), mode="clip") == needles)


@compiled([INT64(writes(number)) for number in (UINT32, UINT64)])
def _distinct_in_place(ordered: NDArray[Any]) -> int:
    count = 0
    for place in range(len(ordered)):
        value = ordered[place]
        is_new = count == 0 or value != ordered[count - 1]
        ordered[count] = value
        count += is_new
    return count


@compiled(INT64(reads(INT32), reads(INT32), writes(INT64), writes(INT64)))
def _merge(one: Docs, other: Docs, at_one: Places, at_other: Places) -> int:
    """Go through both side by side, without a branch on what is found, which no processor could foresee."""
    here = there = found = 0
    while here < len(one) and there < len(other):
        doc, opposite = one[here], other[there]
        at_one[found], at_other[found] = here, there
        found += doc == opposite
        here += doc <= opposite
        there += opposite <= doc
    return found


@compiled(INT64(reads(INT32), reads(INT32), writes(INT32), writes(INT64), writes(INT64)))
def _look_up(few: Docs, many: Docs, of_docs: NDArray[np.int32], at_few: Places, at_many: Places) -> int:
    """Note in `of_docs`, -1 before, where each document of the one stands, and look there for the other's."""
    for place in range(len(many)):
        of_docs[many[place]] = place
    found = 0
    for place in range(len(few)):
        at_few[found], at_many[found] = place, of_docs[few[place]]
        found += at_many[found] >= 0
    return found


def _in_any(docs: Docs, lists: Sequence[Docs], size: int) -> NDArray[np.bool_]:
    if len(docs) * SPARSE >= sum(map(len, lists)):
        return _mask(lists, size).take(docs, mode="clip")
    found = np.zeros(len(docs), np.bool_)
    for each in lists:
        found |= contains(each, docs)
    return found


def _mask(lists: Sequence[Docs], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, np.bool_)
    for docs in lists:
        found[docs.astype(np.int64)] = True  # NumPy indexes with these three times as fast
    return found
