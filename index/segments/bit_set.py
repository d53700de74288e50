"""Sets of rows as bits, one a row, eight to a byte, the first of them in its lowest place."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, NONE, UINT8, compiled, reads, writes

BYTE_SHIFT: Final = 3
"""A row's number without so many bits is that of its byte."""
_IN_BYTE: Final = 1 << BYTE_SHIFT


def packed(rows: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return the bits of rows, those behind the last one 0.

    Args:
        rows: shape (rows,), which of them are in the set.

    Returns:
        shape (rows / 8, rounded up,).
    """
    return np.packbits(rows, bitorder="little")


def bytes_of(
    starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the bytes of some slices of rows begin, and how many they are; both of shape (slices,)."""
    firsts = starts >> BYTE_SHIFT
    return firsts, ((starts + lengths + _IN_BYTE - 1) >> BYTE_SHIFT) - firsts


def members(
    bits: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], size: int
) -> NDArray[np.int32]:
    """Return which rows of some slices are in the set, numbered as the slices come one after the other.

    Args:
        bits: of all rows.
        starts: shape (slices,), the first row of each.
        lengths: shape (slices,), how many rows it has.
        size: how many of them are in the set.

    Returns:
        ascending, shape (size,).
    """
    found = np.empty(size + _IN_BYTE, np.int32)
    _members(bits, np.ascontiguousarray(starts), np.ascontiguousarray(lengths), size, found)
    return found[:size]


@compiled(NONE(reads(UINT8), reads(INT64), reads(INT64), INT64, writes(INT32)))
def _members(
    bits: NDArray[np.uint8],
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    size: int,
    found: NDArray[np.int32],
) -> None:
    """Fill `found` with the rows in the set; behind the last of them there is room for those of a byte."""
    count = before = 0
    for number in range(len(starts)):
        start, end = starts[number], starts[number] + lengths[number]
        for at in range(start >> BYTE_SHIFT, (end + _IN_BYTE - 1) >> BYTE_SHIFT):
            first = at << BYTE_SHIFT
            byte = int(bits[at])
            if first < start:
                byte &= 0xFF << (start - first)
            if first + _IN_BYTE > end:
                byte &= 0xFF >> (first + _IN_BYTE - end)
            if byte:
                row = before + first - start
                # Each is written and only some are kept, since a branch for it could not be foreseen.
                for place in range(_IN_BYTE):
                    found[count] = row + place
                    count += (byte >> place) & 1
                count = min(count, size)
        before += lengths[number]
