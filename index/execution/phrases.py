"""Words side by side or near each other, on arrays of places (see `index.execution.word_line`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.execution.ascending import lower_bounds
from index.execution.doc_sets import merged
from index.execution.word_line import Places


def adjacent(words: Sequence[Places]) -> Places:
    """Return the places where the words stand side by side in this order (of the first word)."""
    # From the rarest on, so that the places of common words are looked up and not gone through.
    offsets = sorted(range(len(words)), key=lambda offset: len(words[offset]))
    starts = words[offsets[0]] - words[0].dtype.type(offsets[0])
    for offset in offsets[1:]:
        places = words[offset]
        if not len(places):
            return places
        sought = starts + places.dtype.type(offset)
        starts = starts.compress(places.take(lower_bounds(places, sought), mode="clip") == sought)
    return starts


def near(groups: Sequence[Places], slop: int) -> Places:
    """Return the places where a window of `slop` positions begins that has a word of each group.

    They may come in any order; the first and the last are at most `slop` positions apart. It is looked from
    the places of the rarest, so that the others' far from them are not touched.
    """
    rarest = min(range(len(groups)), key=lambda number: len(groups[number]))
    centres, others = groups[rarest], [group for number, group in enumerate(groups) if number != rarest]
    reach = centres.dtype.type(slop)
    firsts: list[NDArray[np.int64]] = []
    for other in others:
        if not len(other):
            return other
        first = lower_bounds(other, centres - reach)
        # Where none is behind, clipping gives one that is before: unsigned, that is far away.
        kept = np.flatnonzero(other.take(first, mode="clip") - (centres - reach) <= 2 * reach)
        centres, firsts = centres.take(kept), [each.take(kept) for each in (*firsts, first)]
    around = [_from(other, first, centres, reach) for other, first in zip(others, firsts, strict=True)]
    starts = merged([centres, *around])
    for places in (centres, *around):
        reached = places.take(lower_bounds(places, starts), mode="clip")
        starts = starts.compress(reached - starts <= reach)
    return starts


def _from(
    places: Places, first: NDArray[np.int64], centres: Places, reach: np.unsignedinteger[Any]
) -> Places:
    """Return those of `places` that are from `first` on and at most `reach` behind one of `centres`."""
    last = lower_bounds(places, centres + (reach + reach.dtype.type(1)))
    # What the centre before has reached already is not counted again.
    first = np.maximum(first, np.concatenate((np.zeros(1, np.int64), last[:-1])))
    return ragged.elements(places, first, np.maximum(last - first, 0))
