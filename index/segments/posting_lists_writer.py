"""Writes the posting lists of one form of words into a segment's file."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.bounds import KINDS, BoundsWriter
from index.segments.posting_lists import BEHIND, SPARSE, TEXT, behind_of
from index.segments.posting_table import ZONE_COUNT, PostingTable
from index.segments.spool import Spool


class PostingListsWriter:
    """Writes the posting lists of a form of words, a range of terms at a time.

    Args:
        spool: where the arrays go.
        form: `exact`, `stem` or `parts`.
    """

    def __init__(self, spool: Spool, form: str) -> None:
        self._spool = spool
        self._form = form
        self._bounds = BoundsWriter(spool, form)
        nothing = PostingTable(*(np.empty(0, np.int32),) * 2, np.empty((ZONE_COUNT, 0), np.uint32))
        self.add(nothing, np.empty(0, np.int32), np.empty(0, np.int64))

    def add(self, table: PostingTable, behind: NDArray[Any], counts: NDArray[np.int64]) -> None:
        """Write the postings of terms that go behind all before.

        Args:
            table: its terms are numbers from 0; a key that one form has may be left out.
            behind: the positions of the terms in order of document, zone and position, or the forms that
                have the key; integers that are not negative.
            counts: shape (terms,), how many of `behind` each term has.
        """
        append, form = self._spool.append, self._form
        lengths = np.empty((len(counts), KINDS), np.int64)
        lengths[:, 0] = np.bincount(table.terms, minlength=len(counts))
        lengths[:, BEHIND] = counts
        append(f"{form}.docs", table.docs)
        append(f"{form}.text", table.freqs[TEXT], narrow=True)
        for kind, (name, zone) in enumerate(SPARSE, start=1):
            has_term = table.freqs[zone] > 0
            lengths[:, kind] = np.bincount(table.terms[has_term], minlength=len(counts))
            append(f"{form}.{name}.rows", has_term)
            append(f"{form}.{name}.freqs", table.freqs[zone, has_term], narrow=True)
        if form == "exact":
            append(behind_of(form), behind.astype(np.uint32), narrow=True)
        else:
            append(behind_of(form), behind.astype(np.int32))
        self._bounds.add(lengths)
