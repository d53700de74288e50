"""Lists of different lengths, one behind the other in one array."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT64, NONE, UINT8, compiled, reads, writes

_Number = TypeVar("_Number", bound=np.generic)


def starts_of(lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each list begins, and where the last ends: int64, shape (lists + 1,)."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def indexes(starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """Return the indexes of the elements of some lists, one list after the other.

    Args:
        starts: shape (lists,), where each list begins.
        lengths: shape (lists,), how long it is.

    Returns:
        int64, shape (sum of lengths,).
    """
    new_starts = starts_of(lengths)
    found = np.arange(new_starts[-1], dtype=np.int64)
    found += np.repeat(starts - new_starts[:-1], lengths)
    return found


def elements(values: NDArray[_Number], starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[_Number]:
    """Return the elements of some lists, one list after the other, without their indexes in between.

    Args:
        values: the lists as they are.
        starts: shape (lists,), where each list begins.
        lengths: shape (lists,), how long it is.

    Returns:
        of the type of `values`, shape (sum of lengths,).
    """
    width = values.dtype.itemsize
    found = np.empty(int(lengths.sum()), values.dtype)
    _copy(
        np.ascontiguousarray(values).view(np.uint8),
        starts.astype(np.int64) * width,
        lengths.astype(np.int64) * width,
        found.view(np.uint8),
    )
    return found


def pieces(lengths: NDArray[Any], size: int) -> list[slice]:
    """Return the lists in pieces that have `size` elements at most, or are a single list."""
    ends = np.cumsum(lengths)
    found: list[slice] = []
    start = 0
    while start < len(ends):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(ends.searchsorted(before + size, "right")))
        found.append(slice(start, stop))
        start = stop
    return found


@compiled(NONE(reads(UINT8), reads(INT64), reads(INT64), writes(UINT8)))
def _copy(
    values: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], found: NDArray[np.uint8]
) -> None:
    """Copy lists of bytes one after the other into `found`."""
    end = 0
    for number in range(len(starts)):
        start = starts[number]
        for place in range(lengths[number]):
            found[end + place] = values[start + place]
        end += lengths[number]
