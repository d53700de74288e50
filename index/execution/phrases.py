"""Words side by side or near each other, on arrays of places (see `index.execution.postings`)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.execution.doc_sets import run_starts
from index.execution.postings import Places


def adjacent(words: Sequence[Places]) -> Places:
    """Return the places where the words stand side by side in this order (of the first word)."""
    # From the rarest on, so that the places of common words are looked up and not gone through.
    offsets = sorted(range(len(words)), key=lambda offset: len(words[offset]))
    starts = words[offsets[0]] - offsets[0]
    for offset in offsets[1:]:
        places = words[offset]
        if not len(places):
            return places
        at = places.searchsorted(starts + offset)
        starts = starts.compress(places.take(at, mode="clip") == starts + offset)
    return starts


def near(words: Sequence[Places], slop: int) -> Places:
    """Return the places where a window of `slop` positions begins that has all the words.

    The words may come in any order; the first and the last are at most `slop` positions apart.
    """
    starts = united(words)
    for places in words:
        if not len(places):
            return np.empty(0, np.int64)
        reached = places.take(places.searchsorted(starts), mode="clip")
        # Behind the last place there is none, and clipping gives one that is before.
        starts = starts.compress((reached >= starts) & (reached - starts <= slop))
    return starts


def near_groups(groups: Sequence[Places], slop: int) -> Places:
    """Return what `near` does.

    It is looked from the places of the rarest, so that the others' far from them are not touched.
    """
    if not all(map(len, groups)):
        return np.empty(0, np.int64)
    places = min(groups, key=len)
    for other in groups:
        if other is not places:
            # The first place that is not too far before; behind the last there is none.
            reached = other.take(other.searchsorted(places - slop), mode="clip")
            places = places.compress((reached >= places - slop) & (reached <= places + slop))
    return near([_around(other, places, slop) for other in groups], slop)


def united(arrays: Sequence[Places]) -> Places:
    """Return what is in any of some ascending arrays, each value once."""
    if len(arrays) == 1:
        return arrays[0]
    # Timsort merges what is sorted in runs already.
    merged = np.sort(np.concatenate([*arrays, np.empty(0, np.int64)]), kind="stable")
    return merged.compress(run_starts(merged))


def _around(places: Places, centres: Places, reach: int) -> Places:
    """Return those of `places` that are at most `reach` from one of `centres`."""
    first = places.searchsorted(centres - reach)
    # What the centre before has reached already is not counted again.
    last = places.searchsorted(centres + reach, side="right")
    first = np.maximum(first, np.concatenate((np.zeros(1, np.intp), last[:-1])))
    counts = np.maximum(last - first, 0)
    offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(places[np.repeat(first, counts) + offsets])
