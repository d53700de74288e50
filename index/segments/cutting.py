"""Where the slices of terms are cut at a document: how much of each belongs to the documents before it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, NONE, UINT8, UINT16, UINT32, compiled, reads, writes
from index.execution.postings import Docs


def rows_before(
    docs: Docs, starts: NDArray[np.int64], lengths: NDArray[np.int64], doc: int
) -> NDArray[np.int64]:
    """Return how many of the documents of each slice are below `doc`.

    Args:
        docs: ascending within a slice.
        starts: shape (slices,), where each begins.
        lengths: shape (slices,), how long it is.
        doc: the document to cut at.
    """
    rows = np.empty(len(starts), np.int64)
    _rows_before(docs, np.ascontiguousarray(starts), np.ascontiguousarray(lengths), doc, rows)
    return rows


def members_of(
    bits: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many rows of each slice are in a set (`index.segments.bit_set`)."""
    counts = np.empty(len(starts), np.int64)
    _members_of(bits, np.ascontiguousarray(starts), np.ascontiguousarray(lengths), counts)
    return counts


def sums_of(
    values: NDArray[np.unsignedinteger[Any]], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the sum of the values of each slice."""
    sums = np.empty(len(starts), np.int64)
    _sums_of(values, np.ascontiguousarray(starts), np.ascontiguousarray(lengths), sums)
    return sums


@compiled(NONE(reads(INT32), reads(INT64), reads(INT64), INT64, writes(INT64)))
def _rows_before(
    docs: Docs,
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    doc: int,
    rows: NDArray[np.int64],
) -> None:
    for number in range(len(starts)):
        low, high = starts[number], starts[number] + lengths[number]
        while low < high:
            middle = (low + high) // 2
            if docs[middle] < doc:
                low = middle + 1
            else:
                high = middle
        rows[number] = low - starts[number]


@compiled(NONE(reads(UINT8), reads(INT64), reads(INT64), writes(INT64)))
def _members_of(
    bits: NDArray[np.uint8],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    for number in range(len(starts)):
        count = 0
        for row in range(starts[number], starts[number] + lengths[number]):
            count += (bits[row >> 3] >> (row & 7)) & 1
        counts[number] = count


@compiled(
    [NONE(reads(values), reads(INT64), reads(INT64), writes(INT64)) for values in (UINT8, UINT16, UINT32)]
)
def _sums_of(
    values: NDArray[np.unsignedinteger[Any]],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    sums: NDArray[np.int64],
) -> None:
    for number in range(len(starts)):
        total = 0
        for place in range(starts[number], starts[number] + lengths[number]):
            total += values[place]
        sums[number] = total
