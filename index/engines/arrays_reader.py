"""One generation as arrays: the `IndexReader` of the execution over several segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.analysis.special import is_special
from index.engines.catalog import COLUMNS, Catalog
from index.engines.placed_segments import PlacedSegment
from index.entry import SectionEntry
from index.execution.leaf_cache import LeafCache, capacity
from index.execution.postings import (
    NO_POSTINGS,
    Docs,
    Postings,
    bounds,
    one_after_the_other,
)
from index.execution.reader import Cases, Column, Ranks, Term
from index.execution.word_line import Places, WordLine
from index.fields import ZONES
from index.query import Scope

_Array = TypeVar("_Array", Docs, Places)

_CACHE_BYTES: Final = 32 * 2**20
"""For places, and posting lists that were put together; those of a single whole segment are views."""


class ArraysReader:
    """Reads one generation; threads share it and wait for no lock while they read.

    Args:
        segments: its segments, which are closed with the reader.
        catalog: what they share, likewise.
    """

    def __init__(self, segments: Sequence[PlacedSegment], catalog: Catalog) -> None:
        self.segments = tuple(segments)
        self._catalog = catalog
        self._bases = [placed.base for placed in segments]
        self._is_whole = len(segments) == 1 and segments[0].deleted is None
        self.size: int = catalog.size
        self._cache = LeafCache(capacity(_CACHE_BYTES, self.size))

    def close(self) -> None:
        """Let go of all files; arrays that were handed out stay valid."""
        for placed in self.segments:
            placed.segment.close()
        self._catalog.close()

    @cached_property
    def live(self) -> Docs:
        """The numbers of all documents that are not deleted."""
        return self._catalog.live()

    @cached_property
    def files(self) -> NDArray[np.int32]:
        """The file of minutes that each document is a section of."""
        return self._catalog.files()

    @cached_property
    def dates(self) -> NDArray[np.int32]:
        """The date of each file as yyyymmdd, 0 where it is unknown."""
        return self._catalog.dates()

    @cached_property
    def ranks(self) -> Ranks:
        """The orders that do not depend on the query."""
        return self._catalog.ranks()

    @cached_property
    def cases(self) -> Cases:
        """The cases of each document."""
        return self._catalog.cases()

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return BM25's length norm of `zone` for each document."""
        return self._norms[zone]

    def column(self, name: str) -> Column:
        """Return a property of files."""
        return self._columns[name]

    def postings(self, form: str, key: str) -> Postings:
        """Return where `key` stands among the keys of a form of words, live documents only."""
        if self._is_whole:
            return self._postings(form, key)
        return self._cache.get((form, key), lambda: _Joined(self._postings(form, key))).postings

    def postings_of_any(self, words: Sequence[str]) -> Postings:
        """Return where forms as written, ascending, stand in live documents, one after the other."""
        return one_after_the_other([NO_POSTINGS, *(_of_words(placed, words) for placed in self.segments)])

    def document_frequencies(self, words: Sequence[str], scope: Scope) -> NDArray[np.int64]:
        """Return how many live documents have each form as written, ascending, in the zones of `scope`."""
        total = np.zeros(len(words), np.int64)
        for placed in self.segments:
            numbers = placed.segment.terms("exact").numbers(words)
            known = np.flatnonzero(numbers >= 0)
            lists = placed.segment.posting_lists("exact")
            zone = None if scope is Scope.ALL else scope.value
            total[known] += lists.frequencies(numbers.take(known), zone, placed.deleted)
        return total

    @cached_property
    def line(self) -> WordLine:
        """What places are numbers in."""
        lengths = [[placed.segment.column(f"{zone}_length") for zone in ZONES] for placed in self.segments]
        of_segments = [np.stack(columns, axis=1) for columns in lengths]
        return WordLine.of_lengths(np.concatenate([np.empty((0, len(ZONES)), np.int32), *of_segments]))

    def places(self, terms: Sequence[Term], within: Docs | None = None) -> Places:
        """Return the places of any of `terms` in live documents.

        Args:
            terms: forms and keys.
            within: the documents that matter, if not all do. The places in all are remembered.
        """
        key = ("places", *terms)
        if within is not None and key not in self._cache:
            return self._places(terms, within)
        return self._cache.get(key, lambda: self._places(terms, None))

    def places_by_range(
        self, terms: Sequence[Term], size: int, within: Docs | None = None
    ) -> Iterator[Places]:
        """Yield the same for each `size` documents, in order; none are remembered."""
        lasts = [min(first + size, self.size) for first in range(0, self.size, size)]
        of_segments = [_places_by_range(placed, self.line, terms, lasts, within) for placed in self.segments]
        for found in zip(*of_segments, strict=True):
            yield _joined(found, np.empty(0, self.line.begins.dtype))

    def _places(self, terms: Sequence[Term], within: Docs | None) -> Places:
        found = [_places(placed, self.line, terms, within) for placed in self.segments]
        return _joined(found, np.empty(0, self.line.begins.dtype))

    def keyword(self, field: str, value: str) -> Docs:
        """Return the live documents whose untokenised field has `value`."""
        found = [_live(placed, placed.segment.keyword(field, value)) for placed in self.segments]
        return _joined([docs for docs in found if len(docs)], np.empty(0, np.int32))

    def beginning_with(self, prefix: str) -> list[str]:
        """Return the forms that begin with `prefix` and stand in a live document, in order."""
        found = [_beginning_with(placed, prefix) for placed in self.segments]
        return found[0] if len(found) == 1 else sorted(set().union(*found))

    def entries(self, docs: Iterable[int]) -> list[SectionEntry]:
        """Return the stored sections of `docs`, in that order."""
        return [self._entry(int(doc)) for doc in docs]

    @cached_property
    def _norms(self) -> dict[str, NDArray[np.float64]]:
        return {zone: self._catalog.norms(zone) for zone in ZONES}

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {name: self._catalog.column(name) for name in COLUMNS}

    def _entry(self, doc: int) -> SectionEntry:
        placed = self.segments[bisect_right(self._bases, doc) - 1]
        return placed.segment.entry(doc - placed.base)

    def _postings(self, form: str, key: str) -> Postings:
        found = [
            postings for placed in self.segments if (postings := _postings(placed, form, key)) is not None
        ]
        return one_after_the_other(found) if found else NO_POSTINGS


@dataclass(frozen=True, slots=True, eq=False)
class _Joined:
    """Posting lists that were put together, as the cache holds them."""

    postings: Postings

    @property
    def nbytes(self) -> int:
        """The bytes of their arrays."""
        found = self.postings
        zones = (array for zone in (found.title, found.decision) for array in (zone.at, zone.freqs))
        return sum(array.nbytes for array in (found.docs, found.text, *zones))


def _postings(placed: PlacedSegment, form: str, key: str) -> Postings | None:
    """Return the postings of a key in live documents of one segment, numbered as in the generation."""
    number = placed.segment.terms(form).number(key)
    if number is None:
        return None
    return _of_live(placed, placed.segment.postings(form, number))


def _of_words(placed: PlacedSegment, words: Sequence[str]) -> Postings:
    """Return the postings of forms in live documents of one segment, numbered as in the generation."""
    numbers = placed.segment.terms("exact").numbers(words)
    lists = placed.segment.posting_lists("exact")
    return _of_live(placed, lists.postings_of_any(numbers.compress(numbers >= 0)))


def _of_live(placed: PlacedSegment, local: Postings) -> Postings:
    """Return those of a segment's postings that are of live documents, numbered as in the generation."""
    if placed.deleted is not None:
        local = _without(local, placed.deleted)
    if not placed.base:
        return local
    return Postings(local.docs + np.int32(placed.base), local.text, local.title, local.decision)


def _without(postings: Postings, deleted: NDArray[np.bool_]) -> Postings:
    """Return the postings without those of deleted documents."""
    gone = np.take(deleted, postings.docs)
    if not gone.any():
        return postings
    return postings.of_rows(np.flatnonzero(~gone))


def _places(placed: PlacedSegment, line: WordLine, terms: Sequence[Term], within: Docs | None) -> Places:
    """Return the places of any of `terms` in live documents of a segment, in the line of the generation."""
    [found] = _places_by_range(placed, line, terms, [placed.base + placed.segment.size], within)
    return found


def _places_by_range(
    placed: PlacedSegment,
    line: WordLine,
    terms: Sequence[Term],
    lasts: Iterable[int],
    within: Docs | None,
) -> Iterator[Places]:
    """Yield the same for the documents before each of `lasts`, from the one before it on."""
    first, size = placed.base, placed.segment.size
    part = line.part(first, first + size)
    local = None
    if within is not None:
        local = within[slice(*bounds(within, first, first + size))]
        local = local - np.int32(first) if first else local
    ends = (min(max(0, last - first), size) for last in lasts)
    for places in placed.segment.places_by_range(terms, part.begins, ends, local):
        if placed.deleted is None:
            yield places
        else:
            yield places.compress(~placed.deleted.take(part.zones(places) // len(ZONES)))


def _live(placed: PlacedSegment, docs: Docs) -> Docs:
    """Return those of a segment's documents that are not deleted, numbered as in the generation."""
    live = docs if placed.deleted is None else docs[~placed.deleted[docs]]
    return live + np.int32(placed.base) if placed.base else live


def _beginning_with(placed: PlacedSegment, prefix: str) -> list[str]:
    terms = placed.segment.terms("exact")
    numbers = terms.starting_with(prefix)
    words = list(terms.between(numbers.start, numbers.stop))
    if placed.deleted is not None and words:
        counts = placed.segment.document_frequencies(
            "exact", placed.deleted, first=numbers.start, last=numbers.stop
        )
        words = [word for word, count in zip(words, counts.tolist(), strict=True) if count]
    return [word for word in words if not is_special(word)]


def _joined(arrays: Sequence[_Array], nothing: _Array) -> _Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate([nothing, *arrays])
