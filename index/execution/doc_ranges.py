"""An index in ranges of neighbouring documents, each scored for itself.

What is gathered for the documents of a range stays in the processor's cache, and in a large index it takes no
more memory than in a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Postings
from index.execution.reader import DocReader
from index.execution.word_line import Places, WordLine

RANGE: Final = 2**17
"""Documents of a range: a number for each takes 1 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class DocRange:
    """The documents from `first` up to `last` as an index of their own, numbered from 0."""

    reader: DocReader
    first: int
    last: int
    _whole: Callable[[str, str], Postings]

    @property
    def size(self) -> int:
        """The number of documents."""
        return self.last - self.first

    @property
    def line(self) -> WordLine:
        """What places are numbers in: the same that the whole index has."""
        return self.reader.line.part(self.first, self.last)

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return BM25's length norm of `zone` for each document."""
        return self.reader.norms(zone)[self.first : self.last]

    def postings(self, form: str, key: str) -> Postings:
        """Return where `key` stands among the keys of a form of words."""
        whole = self._whole(form, key)
        return whole if self.size == self.reader.size else whole.between(self.first, self.last)

    def places_of(self, places: Places) -> Places:
        """Return those of `places` that are in these documents."""
        return self.reader.line.places_between(places, self.first, self.last)


def ranges(reader: DocReader, size: int = RANGE) -> Iterator[DocRange]:
    """Yield an index in ranges of `size` documents, in order; one at least."""
    # Each posting list is read once for all of them.
    whole = cache(reader.postings)
    for first in range(0, max(1, reader.size), size):
        yield DocRange(reader, first, min(first + size, reader.size), whole)
