"""From the postings of some terms and their positions to places."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import (
    DOCUMENT_SHIFT,
    ZONE_NUMBERS,
    ZONE_SHIFT,
    Docs,
    Places,
    Postings,
)
from index.segments import ragged

_TEXT: Final = ZONE_NUMBERS["text"] << ZONE_SHIFT
# Its places are before those of the text in a document, and those of the decision behind them.
_TITLE_FROM_TEXT: Final = (ZONE_NUMBERS["title"] << ZONE_SHIFT) - _TEXT
_DECISION_FROM_TEXT: Final = (ZONE_NUMBERS["decision"] << ZONE_SHIFT) - _TEXT

_FEW: Final = 16
"""How many times as long a list must be to be searched for some documents instead of gone through."""


def occurrences(found: Postings) -> NDArray[np.int64]:
    """Return how often each row's term stands in its document: in all zones together."""
    totals = found.text.astype(np.int64)
    for zone in (found.title, found.decision):
        at = zone.at.astype(np.int64)
        totals[at] = totals.take(at) + zone.freqs
    return totals


def rows_in(docs: Docs, within: Docs) -> NDArray[np.int64]:
    """Return the indexes of those of `docs` that are in `within`, which ascends."""
    if not len(within):
        return np.empty(0, np.int64)
    # One more document, which is not wanted: those behind the last are taken for it.
    wanted = np.zeros(int(within[-1]) + 2, np.bool_)
    wanted[within.astype(np.int64)] = True
    return np.flatnonzero(wanted.take(docs, mode="clip"))


def placed(found: Postings, totals: NDArray[np.int64], positions: NDArray[np.unsignedinteger[Any]]) -> Places:
    """Return the places of some terms, in the order of their positions.

    Args:
        found: their postings.
        totals: how often each row's term stands in its document.
        positions: shape (sum of totals,), row after row, in order of zones.
    """
    places = np.repeat((found.docs.astype(np.int64) << DOCUMENT_SHIFT) + _TEXT, totals)
    ends = np.cumsum(totals)
    for zone, is_first, step in (
        (found.title, True, _TITLE_FROM_TEXT),
        (found.decision, False, _DECISION_FROM_TEXT),
    ):
        at = zone.at.astype(np.int64)
        begins = ends.take(at) - (totals.take(at) if is_first else zone.freqs)
        places[ragged.indexes(begins, zone.freqs)] += step
    places += positions
    return places
