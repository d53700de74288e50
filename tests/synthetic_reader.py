"""An `IndexReader` of given arrays, for collections that are too large to be made of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import merged
from index.execution.frequencies import docs_in
from index.execution.postings import Docs, Postings, ZoneFrequencies, one_after_the_other
from index.execution.reader import Cases, Column, Ranks, Term
from index.execution.word_line import Places, WordLine
from index.fields import ZONES
from index.query import Scope

Terms = Mapping[tuple[str, str], Postings]

NONE = ZoneFrequencies(np.empty(0, np.int32), np.empty(0, np.uint8))
EMPTY = Postings(np.empty(0, np.int32), np.empty(0, np.uint8), NONE, NONE)


def in_text(docs: Sequence[int], freqs: Sequence[int] | None = None) -> Postings:
    """Return where a term stands that no title has."""
    times = np.ones(len(docs), np.uint8) if freqs is None else np.array(freqs, np.uint8)
    return Postings(np.array(docs, np.int32), times, NONE, NONE)


def line_of(size: int) -> WordLine:
    """Return the line of sections with 3,000 words in each zone."""
    return WordLine.of_lengths(np.full((size, len(ZONES)), 3_000))


@dataclass(frozen=True, eq=False)
class SyntheticReader:
    """Sections of random lengths, dates, bodies and cases; `per_file` of them in each file of minutes."""

    size: int
    terms: Terms
    places_of: Mapping[tuple[str, str], Places] = field(default_factory=dict)
    per_file: int = 10
    seed: int = 1

    def __post_init__(self) -> None:
        made = np.random.default_rng(self.seed)
        files = -(-self.size // self.per_file)
        columns = {
            "municipality": _column(made, files, 290),
            "committee": _column(made, files, 200),
            "type": _column(made, files, 4),
            "year": _column(made, files, 12),
        }
        first = made.integers(-1, max(1, self.size // 2), self.size).astype(np.int32)
        further = np.flatnonzero(made.random(self.size) < 0.05).astype(np.int32)
        codes = made.integers(0, max(1, self.size // 2), len(further)).astype(np.int32)
        newest = made.permutation(self.size).astype(np.int32)
        parts = {
            "live": np.arange(self.size, dtype=np.int32),
            "files": np.arange(self.size, dtype=np.int32) // self.per_file,
            "dates": made.integers(2010, 2022, files).astype(np.int32) * 10_000 + 601,
            "cases": Cases(first, further, codes, max(1, self.size // 2)),
            "ranks": Ranks(newest, (self.size - 1 - newest).astype(np.int32), newest),
            "_columns": columns,
            "_norms": {zone: 0.5 + made.random(self.size) for zone in ZONES},
        }
        for name, value in parts.items():
            object.__setattr__(self, name, value)

    live: Docs = field(init=False)
    files: NDArray[np.int32] = field(init=False)
    dates: NDArray[np.int32] = field(init=False)
    cases: Cases = field(init=False)
    ranks: Ranks = field(init=False)
    _columns: Mapping[str, Column] = field(init=False)
    _norms: Mapping[str, NDArray[np.float64]] = field(init=False)

    def column(self, name: str) -> Column:
        return self._columns[name]

    def norms(self, zone: str) -> NDArray[np.float64]:
        return self._norms[zone]

    def postings(self, form: str, key: str) -> Postings:
        return self.terms.get((form, key), EMPTY)

    def postings_of_any(self, words: Sequence[str]) -> Postings:
        return one_after_the_other([EMPTY, *(self.postings("exact", word) for word in words)])

    def document_frequencies(self, words: Sequence[str], scope: Scope) -> NDArray[np.int64]:
        return np.array([len(docs_in(self.postings("exact", word), scope)) for word in words], np.int64)

    @property
    def line(self) -> WordLine:
        return line_of(self.size)

    def places(self, terms: Sequence[Term], within: Docs | None = None) -> Places:  # noqa: ARG002 # a hint
        return merged([self.places_of[term] for term in terms if term in self.places_of])

    def places_by_range(
        self, terms: Sequence[Term], size: int, within: Docs | None = None
    ) -> Iterator[Places]:
        places = self.places(terms, within)
        for first in range(0, self.size, size):
            yield self.line.places_between(places, first, min(first + size, self.size))

    def keyword(self, field: str, value: str) -> Docs:
        return self.postings(field, value).docs

    def beginning_with(self, prefix: str) -> list[str]:
        return sorted(key for form, key in self.terms if form == "exact" and key.startswith(prefix))


def _column(made: np.random.Generator, files: int, distinct: int) -> Column:
    values = tuple(f"{number:04}" for number in range(distinct))
    return Column(made.integers(-1, distinct, files).astype(np.int32), values)
