"""From the postings of some terms and their positions to places."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.execution.postings import ZONE_NUMBERS, Docs, Postings
from index.fields import ZONES

_TITLE: Final = ZONE_NUMBERS["title"]
_TEXT: Final = ZONE_NUMBERS["text"]
_DECISION: Final = ZONE_NUMBERS["decision"]

_Number = TypeVar("_Number", bound=np.integer[Any])


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


def placed(
    found: Postings,
    totals: NDArray[np.int64],
    positions: NDArray[np.unsignedinteger[Any]],
    begins: NDArray[_Number],
) -> NDArray[_Number]:
    """Return the places of some terms, in the order of their positions.

    Args:
        found: their postings.
        totals: how often each row's term stands in its document.
        positions: shape (sum of totals,), row after row, in order of zones.
        begins: shape (documents, zones), the place of position 0 in each zone of a document.
    """
    texts = found.docs * np.int64(len(ZONES)) + _TEXT
    places = begins.ravel().take(texts, mode="clip").repeat(totals)
    ends = np.cumsum(totals)
    for zone, number in ((found.title, _TITLE), (found.decision, _DECISION)):
        at = zone.at.astype(np.int64)
        if not len(at):
            continue
        # Those in the title stand before those in the text, those in the decision behind them.
        firsts = ends.take(at) - (totals.take(at) if number == _TITLE else zone.freqs)
        rows = begins.take(found.docs.take(at), axis=0)
        # Unsigned numbers come round again.
        places[ragged.indexes(firsts, zone.freqs)] += (rows[:, number] - rows[:, _TEXT]).repeat(zone.freqs)
    places += positions
    return places
