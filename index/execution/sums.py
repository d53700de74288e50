"""Sums at places of an array that has one for every document: what scores and counts are gathered in."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import FLOAT32, FLOAT64, INT32, INT64, NONE, UINT16, compiled, reads, writes

_POSITIVE: Final = 5e-324
"""The smallest number above 0."""


def positive(sums: NDArray[np.float64]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the places where sums are above 0, ascending, and these sums."""
    return reaching(sums, _POSITIVE, sums)


def reaching(
    values: NDArray[np.float64] | NDArray[np.uint16], minimum: float, sums: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the places whose value is at least `minimum`, ascending, and their sums."""
    places, totals = np.empty(len(values), np.int32), np.empty(len(values))
    found = _reaching(values, minimum, sums, places, totals)
    return places[:found].copy(), totals[:found].copy()


@compiled([NONE(reads(INT32), reads(values), writes(FLOAT64)) for values in (FLOAT32, FLOAT64)])
def add(places: NDArray[np.int32], values: NDArray[np.floating[Any]], sums: NDArray[np.float64]) -> None:
    """Add values to the sums at some places, in this order."""
    for number in range(len(places)):
        sums[places[number]] += values[number]


@compiled(NONE(reads(INT32), writes(UINT16)))
def count(places: NDArray[np.int32], counts: NDArray[np.uint16]) -> None:
    """Add one to the counts at some places."""
    for place in places:
        counts[place] += 1


@compiled(NONE(reads(INT32), reads(FLOAT64), writes(FLOAT64)))
def raise_to(places: NDArray[np.int32], values: NDArray[np.float64], sums: NDArray[np.float64]) -> None:
    """Make the sums at some places at least as high as the values."""
    for number in range(len(places)):
        sums[places[number]] = max(sums[places[number]], values[number])


@compiled(
    [
        INT64(reads(values), values, reads(FLOAT64), writes(INT32), writes(FLOAT64))
        for values in (UINT16, FLOAT64)
    ]
)
def _reaching(
    values: NDArray[Any],
    minimum: float,
    sums: NDArray[np.float64],
    places: NDArray[np.int32],
    totals: NDArray[np.float64],
) -> int:
    found = 0
    for place in range(len(values)):
        places[found], totals[found] = place, sums[place]
        found += values[place] >= minimum
    return found
