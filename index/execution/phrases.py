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
    starts = united(words)
    for places in words:
        if not len(places):
            return np.empty(0, np.int64)
        at = np.searchsorted(places, starts)
        reached = at < len(places)
        starts = starts[reached]
        starts = starts[places[at[reached]] - starts <= slop]
    return starts


def near_groups(groups: Sequence[Sequence[Places]], slop: int) -> Places:
    """Return what `near` does for words that may each be any of a group; no places may be empty.

    It is looked from the places of the rarest group, so that the others' far from them are not touched.
    """
    places = united(min(groups, key=lambda group: sum(map(len, group))))
    for group in groups:
        within = np.zeros(len(places), np.bool_)
        for other in group:
            # The first place that is not too far before; behind the last there is none.
            at = np.searchsorted(other, places - slop)
            within |= (at < len(other)) & (np.take(other, at, mode="clip") - places <= slop)
        places = places[within]
    return near([united([_around(other, places, slop) for other in group]) for group in groups], slop)


def united(arrays: Sequence[Places]) -> Places:
    """Return what is in any of some ascending arrays, each value once."""
    if len(arrays) == 1:
        return arrays[0]
    # Timsort merges what is sorted in runs already.
    merged = np.sort(np.concatenate([*arrays, np.empty(0, np.int64)]), kind="stable")
    keep = np.ones(len(merged), np.bool_)
    np.not_equal(merged[1:], merged[:-1], out=keep[1:])
    return merged[keep]


def _around(places: Places, centres: Places, reach: int) -> Places:
    """Return those of `places` that are at most `reach` from one of `centres`."""
    first = np.searchsorted(places, centres - reach)
    # What the centre before has reached already is not counted again.
    last = np.searchsorted(places, centres + reach, side="right")
    first = np.maximum(first, np.concatenate((np.zeros(1, np.intp), last[:-1])))
    counts = np.maximum(last - first, 0)
    offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(places[np.repeat(first, counts) + offsets])


def per_document(places: Places) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the documents of `places` and how many places each has."""
    docs, counts = np.unique(places >> 32, return_counts=True)
    return docs.astype(np.int32), counts.astype(np.int32)
