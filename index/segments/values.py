"""The untokenised fields of a segment: a dictionary of values, and the documents that have each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs
from index.segments.array_file import ArrayFile
from index.segments.posting_table import Numbers, PostingTable, by_number
from index.segments.spool import Spool
from index.segments.terms import TermsWriter


class ValueLists:
    """Reads the documents of each value of an untokenised field."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file = file
        self._starts, self._docs = _names(field)

    def documents(self, number: int) -> Docs:
        """Return the documents that have a value, by the value's number."""
        start, stop = self._file.slice(self._starts, number, number + 2).tolist()
        return self._file.slice(self._docs, start, stop)

    def document_frequencies(
        self, first: int, last: int, deleted: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Return in how many documents the values from `first` up to `last` are, without deleted ones."""
        table = self.table(first, last)
        found = table.terms if deleted is None else table.terms[~deleted[table.docs]]
        return np.bincount(found, minlength=last - first)

    def every(self, step: int) -> NDArray[np.int64]:
        """Return where the documents of every so many values begin, the first at 0."""
        starts: NDArray[np.int64] = self._file.whole(self._starts)[::step].astype(np.int64)
        return starts

    def table(self, first: int, last: int) -> PostingTable:
        """Return the documents of the values from `first` up to `last`, numbered from 0; no frequencies."""
        starts = self._file.slice(self._starts, first, last + 1).astype(np.int64)
        values = np.repeat(np.arange(last - first, dtype=np.int32), np.diff(starts))
        docs = self._file.slice(self._docs, int(starts[0]), int(starts[-1]))
        return PostingTable(values, docs, np.empty((0, len(docs)), np.uint32))


class ValueListsWriter:
    """Writes the documents of the values of an untokenised field, a range of values at a time."""

    def __init__(self, spool: Spool, field: str) -> None:
        self._spool = spool
        self._starts, self._docs = _names(field)
        self._end = 0
        spool.append(self._starts, np.zeros(1, np.uint64), narrow=True)
        spool.append(self._docs, np.empty(0, np.int32))

    def add(self, docs: Docs, counts: NDArray[np.int64]) -> None:
        """Write the documents of values that go behind all before, `counts` of them for each."""
        ends = self._end + np.cumsum(counts, dtype=np.uint64)
        self._spool.append(self._starts, ends.astype(np.uint64), narrow=True)
        self._spool.append(self._docs, docs)
        self._end += len(docs)


class ValueCollector:
    """Collects the values of an untokenised field, some sections at a time."""

    def __init__(self) -> None:
        self._values: list[str] = []
        self._docs = [np.empty(0, np.int32)]

    @property
    def docs(self) -> Docs:
        """The document of each value that was added."""
        return np.concatenate(self._docs)

    def add(self, first: int, values: Sequence[Sequence[str]]) -> None:
        """Add the values, none twice, of each document from `first`, which goes behind all before."""
        counts = np.fromiter(map(len, values), np.int64, len(values))
        self._values += chain.from_iterable(values)
        self._docs.append(np.repeat(np.arange(first, first + len(values), dtype=np.int32), counts))

    def write(self, spool: Spool, field: str) -> Numbers:
        """Write the whole field; return the number in its dictionary of each value that was added."""
        terms = sorted(set(self._values))
        TermsWriter(spool, field).add([term.encode() for term in terms])
        numbered = dict(zip(terms, range(len(terms)), strict=True)).__getitem__
        numbers = np.fromiter(map(numbered, self._values), np.int32, len(self._values))
        counts = np.bincount(numbers, minlength=len(terms))
        ValueListsWriter(spool, field).add(self.docs[by_number(numbers)], counts)
        return numbers


def _names(field: str) -> tuple[str, str]:
    return f"{field}.starts", f"{field}.docs"
