"""Whoosh's matchers over posting lists that are arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray
from whoosh.formats import Format
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.scoring import BaseScorer

from index.execution.postings import Docs, Postings
from index.segments.packed_places import DOCUMENT_SHIFT, PackedPlaces


class DocumentMatcher(ListMatcher):  # type: ignore[misc] # Whoosh has no types
    """Goes through the documents of an untokenised term.

    Args:
        docs: the documents.
        postings: the format of the field.
        scorer: what scores them for a searcher.
        term: field and term.
        weights: how often the term is in each; once without.
        values: what each posting says more.
    """

    def __init__(
        self,
        docs: Docs,
        postings: Format,
        *,
        scorer: BaseScorer | None,
        term: tuple[str, bytes],
        weights: list[float] | None = None,
        values: Sequence[bytes] | None = None,
    ) -> None:
        super().__init__(docs.tolist(), weights, values, postings, scorer=scorer, term=term)

    def skip_to(self, id: int) -> None:  # noqa: A002 # Whoosh's name
        """Go to the first document from `id` on, unless it is behind."""
        if not self.is_active():
            raise ReadTooFar
        self._i: int = bisect_left(self._ids, id, lo=self._i)

    def copy(self) -> DocumentMatcher:
        """Return another that goes on from the same document."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other


class PlaceMatcher(DocumentMatcher):
    """Goes through the documents of a form of words; the values are its places in them.

    Args:
        docs: the documents.
        weights: how often the term is in each.
        places: where it is in them.
        postings: the format of the field.
        scorer: what scores them for a searcher.
        term: field and term.
    """

    def __init__(
        self,
        docs: Docs,
        weights: NDArray[np.int64],
        places: PackedPlaces,
        postings: Format,
        *,
        scorer: BaseScorer | None,
        term: tuple[str, bytes],
    ) -> None:
        super().__init__(
            docs,
            postings,
            scorer=scorer,
            term=term,
            weights=weights.astype(np.float64).tolist(),
            values=_Values(docs, places),
        )


class _Values(Sequence[bytes]):
    """The value of each posting: the zones and positions of its places, encoded when asked for."""

    def __init__(self, docs: Docs, places: PackedPlaces) -> None:
        self._docs = docs
        self._places = places

    def __len__(self) -> int:
        return len(self._docs)

    @overload
    def __getitem__(self, index: int) -> bytes: ...

    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...

    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        doc = int(self._docs[index])
        first, last = np.searchsorted(self._places, [doc << DOCUMENT_SHIFT, (doc + 1) << DOCUMENT_SHIFT])
        within = self._places[first:last] - (doc << DOCUMENT_SHIFT)
        return within.astype("<u4").tobytes()

    def __iter__(self) -> Iterator[bytes]:
        return (self[index] for index in range(len(self)))


def occurrences(postings: Postings) -> NDArray[np.int64]:
    """Return how often a term stands in each of its documents, in all zones together."""
    counts = postings.text.astype(np.int64)
    for zone in (postings.title, postings.decision):
        counts[zone.at] += zone.freqs
    return counts
