"""Posting lists as arrays, contiguous ones: that is what compiled code takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.fields import ZONES

Docs = NDArray[np.int32]
"""Document numbers, ascending, none twice."""

ZONE_NUMBERS: Final = {zone: number for number, zone in enumerate(ZONES)}


@dataclass(frozen=True, slots=True, eq=False)
class ZoneFrequencies:
    """How often one term stands in a zone that few of its documents have it in.

    Attributes:
        at: int32, ascending: indexes into the `docs` of the term.
        freqs: unsigned, how often it stands in each of them, at least once.
    """

    at: NDArray[np.int32]
    freqs: NDArray[np.unsignedinteger[Any]]

    def between(self, first: int, last: int) -> ZoneFrequencies:
        """Return what the documents at `first` up to `last` of the term have, which are then at 0 and on."""
        low, high = bounds(self.at, first, last)
        return ZoneFrequencies(self.at[low:high] - np.int32(first), self.freqs[low:high])

    def of_rows(self, places: NDArray[np.int32]) -> ZoneFrequencies:
        """Return what some documents of the term have.

        Args:
            places: for each of `docs` its place among those that are left; -1 where it is not.
        """
        at = places.take(self.at)
        left = at >= 0
        return ZoneFrequencies(at.compress(left), self.freqs.compress(left))


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where one term stands, in one form of words, or where some do, one term after the other.

    Attributes:
        docs: live documents only, those that have the term in any zone; ascending for one term.
        text: unsigned, how often it stands in the text of each of `docs`; 0 where only the title has it.
        title: the same for the title.
        decision: the same for the decision, which is also part of the text.
    """

    docs: Docs
    text: NDArray[np.unsignedinteger[Any]]
    title: ZoneFrequencies
    decision: ZoneFrequencies

    def in_zone(self, zone: str) -> ZoneFrequencies:
        """Return how often the term stands in `title` or `decision`."""
        return {"title": self.title, "decision": self.decision}[zone]

    def between(self, first: int, last: int) -> Postings:
        """Return the documents from `first` up to `last`, numbered from 0; of one term."""
        low, high = bounds(self.docs, first, last)
        return Postings(
            self.docs[low:high] - np.int32(first),
            self.text[low:high],
            self.title.between(low, high),
            self.decision.between(low, high),
        )

    def of_rows(self, rows: NDArray[np.int64]) -> Postings:
        """Return some of the documents, by ascending indexes into `docs`."""
        places = np.full(len(self.docs), -1, np.int32)
        places[rows] = np.arange(len(rows), dtype=np.int32)
        return Postings(
            self.docs.take(rows),
            self.text.take(rows),
            self.title.of_rows(places),
            self.decision.of_rows(places),
        )


def one_after_the_other(lists: Sequence[Postings]) -> Postings:
    """Return some postings as those of several terms."""
    if len(lists) == 1:
        return lists[0]
    bases = np.cumsum([0, *(len(postings.docs) for postings in lists[:-1])], dtype=np.int32)
    return Postings(
        docs=np.concatenate([postings.docs for postings in lists]),
        text=np.concatenate([postings.text for postings in lists]),
        title=_joined([postings.title for postings in lists], bases),
        decision=_joined([postings.decision for postings in lists], bases),
    )


def bounds(ascending: NDArray[np.int32], first: int, last: int) -> tuple[int, int]:
    """Return where the numbers from `first` up to `last` begin and end."""
    # Of the same type, else NumPy makes a larger copy of them all.
    low, high = ascending.searchsorted(np.array((first, last), np.int32)).tolist()
    return low, high


def _joined(zones: Sequence[ZoneFrequencies], bases: NDArray[np.int32]) -> ZoneFrequencies:
    lengths = [len(zone.at) for zone in zones]
    return ZoneFrequencies(
        at=np.concatenate([zone.at for zone in zones]) + np.repeat(bases, lengths),
        freqs=np.concatenate([zone.freqs for zone in zones]),
    )


NOWHERE: Final = ZoneFrequencies(np.empty(0, np.int32), np.empty(0, np.uint8))
NO_POSTINGS: Final = Postings(np.empty(0, np.int32), np.empty(0, np.uint8), NOWHERE, NOWHERE)
