"""All words of an index in one line: where a word stands is one number, and phrases are sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from index.execution.ascending import lower_bounds
from index.fields import ZONES

Places = NDArray[np.unsignedinteger[Any]]
"""Where words stand in a `WordLine`, ascending, none twice; of the type of its `begins`."""

GAP: Final = 128
"""Numbers between two zones that no word has: more than a window of words is wide."""

_BEHIND: Final = 2
"""What a section is itself stands up to so far behind the last word of its title."""


@dataclass(frozen=True, slots=True, eq=False)
class WordLine:
    """The zones of all documents one behind the other, each word numbered.

    No window of words reaches from one zone into the next. Half as many bytes as a document, a zone and a
    position have halve the time of whatever is done with many places.

    Attributes:
        begins: uint32, or uint64 where that is too small, shape (documents, zones), zones as in
            `index.fields.ZONES`: the number of the word at position 0.
    """

    begins: Places

    @classmethod
    def of_lengths(cls, lengths: NDArray[np.integer[Any]]) -> Self:
        """Return the line of documents whose zones have so many words; shape (documents, zones)."""
        ends = np.cumsum(lengths.ravel() + np.int64(GAP + _BEHIND))
        # The first begins behind a gap too: what stands before a word is never below 0.
        begins = np.concatenate((np.zeros(1, np.int64), ends[:-1]))[: len(ends)] + GAP
        is_small = not len(ends) or ends[-1] + GAP < np.iinfo(np.uint32).max
        numbers: Places = begins.astype(np.uint32 if is_small else np.uint64)
        return cls(numbers.reshape(-1, len(ZONES)))

    def part(self, first: int, last: int) -> Self:
        """Return the line of the documents from `first` up to `last` alone, numbered as in this one."""
        return type(self)(self.begins[first:last])

    def places_between(self, places: Places, first: int, last: int) -> Places:
        """Return those of `places` that are in the documents from `first` up to `last`."""
        begins = self.begins[:, 0]
        low = int(places.searchsorted(begins[first])) if first else 0
        high = int(places.searchsorted(begins[last])) if last < len(begins) else len(places)
        return places[low:high]

    def zones(self, places: Places) -> NDArray[np.int64]:
        """Return the zone of each place: those of all documents are numbered as they stand."""
        return lower_bounds(self.begins.ravel(), places + places.dtype.type(1)) - 1
