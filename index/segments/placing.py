"""From the postings of some terms and their positions to places."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.compiled import BOOL, INT32, INT64, UINT32, UINT64, compiled, reads, writes
from index.execution.postings import Docs, Postings

_Number = TypeVar("_Number", bound=np.integer[Any])
_Counts = NDArray[np.uint32]


def placed(
    found: Postings,
    positions: NDArray[np.unsignedinteger[Any]],
    begins: NDArray[_Number],
    within: Docs | None = None,
) -> NDArray[_Number]:
    """Return the places of some terms, in the order of their positions.

    Args:
        found: their postings.
        positions: row after row, in order of zones.
        begins: of 32 or 64 bits, shape (documents, zones), where position 0 of each zone of a document is.
        within: the documents to look in, ascending; all if not given.
    """
    wanted = np.ones(len(begins), np.bool_)
    if within is not None:
        wanted[:] = False
        wanted[within.astype(np.int64)] = True
    places = np.empty(len(positions), begins.dtype)
    unsigned = f"u{begins.itemsize}"
    count = _place(
        wanted,
        found.docs,
        _as_compiled(found.text),
        found.title.at,
        _as_compiled(found.title.freqs),
        found.decision.at,
        _as_compiled(found.decision.freqs),
        _as_compiled(positions),
        np.ascontiguousarray(begins).ravel().view(unsigned),
        places.view(unsigned),
    )
    return places[:count]


def _as_compiled(counts: NDArray[np.unsignedinteger[Any]]) -> _Counts:
    return counts.astype(np.uint32, copy=False)


@compiled(
    [
        INT64(
            reads(BOOL),
            reads(INT32),
            reads(UINT32),
            reads(INT32),
            reads(UINT32),
            reads(INT32),
            reads(UINT32),
            reads(UINT32),
            reads(place),
            writes(place),
        )
        for place in (UINT32, UINT64)
    ]
)
def _place(
    wanted: NDArray[np.bool_],
    docs: Docs,
    text: _Counts,
    title_at: NDArray[np.int32],
    title: _Counts,
    decision_at: NDArray[np.int32],
    decision: _Counts,
    positions: _Counts,
    begins: NDArray[Any],
    places: NDArray[Any],
) -> int:
    """Put the places of the wanted documents into `places`; return how many there are.

    Zones are in the order of `index.fields.ZONES`.
    """
    count = behind = next_title = next_decision = 0
    counts = np.zeros(3, np.int64)
    for row in range(len(docs)):
        counts[0] = counts[2] = 0
        counts[1] = text[row]
        if next_title < len(title_at) and title_at[next_title] == row:
            counts[0] = title[next_title]
            next_title += 1
        if next_decision < len(decision_at) and decision_at[next_decision] == row:
            counts[2] = decision[next_decision]
            next_decision += 1
        if not wanted[docs[row]]:
            behind += counts[0] + counts[1] + counts[2]
            continue
        for zone in range(3):
            begin = begins[3 * docs[row] + zone]
            for _ in range(counts[zone]):
                places[count] = begin + positions[behind]
                count += 1
                behind += 1
    return count
