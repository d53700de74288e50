"""Words side by side or near each other, on arrays of places.

A place is `document << 32 | position`, so that one sorted array holds a term's places in all
documents and no window can reach from one document into the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


def adjacent(words: Sequence[Places]) -> Places:
    """Return the places where the words stand side by side in this order (of the first word)."""
    starts = words[0]
    for offset, places in enumerate(words[1:], start=1):
        starts = starts[np.isin(starts, places - offset, assume_unique=True)]
    return starts


def near(words: Sequence[Places], slop: int) -> Places:
    """Return the places where a window of `slop` positions begins that has all the words.

    The words may come in any order; the first and the last are at most `slop` positions apart.
    """
    starts = np.unique(np.concatenate(words))
    for places in words:
        if not len(places):
            return np.empty(0, np.int64)
        at = np.searchsorted(places, starts)
        reached = at < len(places)
        starts = starts[reached]
        starts = starts[places[at[reached]] - starts <= slop]
    return starts


def per_document(places: Places) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the documents of `places` and how many places each has."""
    docs, counts = np.unique(places >> 32, return_counts=True)
    return docs.astype(np.int32), counts.astype(np.int32)
