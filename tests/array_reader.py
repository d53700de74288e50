"""An `IndexReader` in memory, made by loops over the tokens of every section. Slow and plain on purpose."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import dnr
from index.execution import similarity
from index.execution.postings import (
    NO_POSTINGS,
    Docs,
    Postings,
    ZoneFrequencies,
    one_after_the_other,
)
from index.execution.reader import Cases, Column, Ranks, Term, day
from index.execution.word_line import Places, WordLine
from index.fields import ZONES
from index.query import Scope
from tests.oracle import Row

LONGEST = 20_000
"""More words than a zone has; what a section is itself stands at 10,000 in the title of a row."""


class ArrayReader:
    """The arrays of `rows`, which come file by file.

    Args:
        rows: the sections, one a document number.
        deleted: numbers of those that are deleted.
        added: when each was indexed.
    """

    def __init__(
        self, rows: Sequence[Row], deleted: Set[int] = frozenset(), added: Sequence[int] = ()
    ) -> None:
        self.rows = rows
        self.size = len(rows)
        self.live: Docs = np.array([doc for doc in range(self.size) if doc not in deleted], np.int32)
        sources = list(dict.fromkeys(row.document.source for row in rows))
        self._files = [next(row for row in rows if row.document.source == source) for source in sources]
        self.files = _ints(sources.index(row.document.source) for row in rows)
        self.dates = _ints(day(row.document.date) if row.document.date else 0 for row in self._files)
        self.ranks = Ranks(
            newest=_ranks([_newest(row) for row in rows]),
            oldest=_ranks([_oldest(row) for row in rows]),
            added=_ranks(
                [(-at, *_newest(row)) for row, at in zip(rows, added or [0] * self.size, strict=True)]
            ),
        )
        self.cases = self._make_cases()

    def column(self, name: str) -> Column:
        found = [row.value(name) for row in self._files]
        values = tuple(sorted({value for value in found if value is not None}))
        return Column(_ints(-1 if value is None else values.index(value) for value in found), values)

    def norms(self, zone: str) -> NDArray[np.float64]:
        lengths = np.array([row.lengths[zone] for row in self.rows], np.int64)
        return similarity.norms(lengths, self.live, similarity.LENGTH_NORMALISATION[zone])

    def postings(self, form: str, key: str) -> Postings:
        found = {doc: self._times(doc, form, key) for doc in self.live.tolist()}
        docs = [doc for doc, times in found.items() if any(times.values())]
        return Postings(
            docs=_ints(docs),
            text=np.array([found[doc]["text"] for doc in docs], np.uint8),
            title=_few([found[doc]["title"] for doc in docs]),
            decision=_few([found[doc]["decision"] for doc in docs]),
        )

    def postings_of_any(self, words: Sequence[str]) -> Postings:
        return one_after_the_other([NO_POSTINGS, *(self.postings("exact", word) for word in words)])

    def document_frequencies(self, words: Sequence[str], scope: Scope) -> NDArray[np.int64]:
        zones = ZONES if scope is Scope.ALL else (scope.value,)
        return np.array(
            [
                sum(
                    any(self._times(doc, "exact", word)[zone] for zone in zones) for doc in self.live.tolist()
                )
                for word in words
            ],
            np.int64,
        )

    @property
    def line(self) -> WordLine:
        return WordLine.of_lengths(np.full((self.size, len(ZONES)), LONGEST))

    def places(self, terms: Sequence[Term], within: Docs | None = None) -> Places:
        begins = self.line.begins
        return np.array(
            sorted(
                int(begins[doc, number]) + position
                for doc in (self.live if within is None else within).tolist()
                for number, zone in enumerate(ZONES)
                for position in {
                    position
                    for form, key in terms
                    for term, position in self._tokens(doc, form)[zone]
                    if term == key
                }
            ),
            begins.dtype,
        )

    def places_by_range(
        self, terms: Sequence[Term], size: int, within: Docs | None = None
    ) -> Iterator[Places]:
        places = self.places(terms, within)
        for first in range(0, self.size, size):
            yield self.line.places_between(places, first, min(first + size, self.size))

    def keyword(self, field: str, value: str) -> Docs:
        return _ints(doc for doc in self.live.tolist() if value in _values(self.rows[doc], field))

    def beginning_with(self, prefix: str) -> list[str]:
        words = {term for row in self.rows for tokens in row.exact.values() for term, _ in tokens}
        return sorted(word for word in words if word.startswith(prefix) and ":" not in word)

    def _tokens(self, doc: int, form: str) -> Any:
        row = self.rows[doc]
        return {"exact": row.exact, "stem": row.stems, "parts": row.parts}[form]

    def _times(self, doc: int, form: str, key: str) -> dict[str, int]:
        tokens = self._tokens(doc, form)
        return {zone: sum(term == key for term, _ in tokens[zone]) for zone in ZONES}

    def _make_cases(self) -> Cases:
        of_rows = [row.cases() for row in self.rows]
        known = sorted({case for cases in of_rows for case in cases}, key=str)
        further = [(doc, case) for doc, cases in enumerate(of_rows) for case in cases[1:]]
        return Cases(
            first=_ints(known.index(cases[0]) if cases else -1 for cases in of_rows),
            further_docs=_ints(doc for doc, _ in further),
            further_codes=_ints(known.index(case) for _, case in further),
            distinct=len(known),
        )


def _values(row: Row, field: str) -> set[str]:
    return {
        "id": {row.section.id},
        "document_id": {row.document.id},
        "dnr": row.dnr_keys(),
        "case": {key for written in row.section.dnr if (key := dnr.key(written))},
        "section": {row.section.number.casefold()} if row.section.number else set(),
    }[field]


def _few(times: Sequence[int]) -> ZoneFrequencies:
    at = [place for place, count in enumerate(times) if count]
    return ZoneFrequencies(_ints(at), np.array([times[place] for place in at], np.uint8))


def _newest(row: Row) -> tuple[Any, ...]:
    date = row.document.date
    return (date is None, -(date or datetime.date.min).toordinal(), row.document.source, row.ordinal)


def _oldest(row: Row) -> tuple[Any, ...]:
    date = row.document.date
    return (date is None, (date or datetime.date.min).toordinal(), row.document.source, row.ordinal)


def _ranks(keys: Sequence[tuple[Any, ...]]) -> NDArray[np.int32]:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.empty(len(keys), np.int32)
    ranks[order] = np.arange(len(keys), dtype=np.int32)
    return ranks


def _ints(values: Iterable[int]) -> NDArray[np.int32]:
    return np.array(list(values), np.int32)
