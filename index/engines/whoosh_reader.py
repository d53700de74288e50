"""One generation of a Whoosh index as arrays: the `IndexReader` of the execution.

Whoosh is asked for terms, postings, columns and stored fields; its searcher is never used. A
term's postings are decoded once into arrays and kept while they fit the cache.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader as WhooshIndexReader

from index.engines.posting_cache import PostingCache
from index.engines.whoosh_schema import LENGTHS, decode_entry, make_schema
from index.entry import SectionEntry
from index.execution import similarity
from index.execution.postings import Docs, Positions, Postings
from index.execution.reader import Column, MultiColumn, Ranks
from index.fields import ZONES

_CACHE_BYTES: Final = 128 * 2**20


class WhooshReader:
    """Reads one generation; safe to share between threads.

    Whoosh's readers seek in shared files, so everything that reads from them holds a lock;
    arrays that are cached are handed out without it.
    """

    def __init__(self, folder: Path) -> None:
        self._index = FileStorage(str(folder)).open_index(schema=make_schema())
        self._reader: WhooshIndexReader = self._index.reader()
        self._lock = threading.Lock()
        self._segments = [(leaf, base) for leaf, base in self._reader.leaf_readers() if leaf.doc_count_all()]
        self._cache = PostingCache(_CACHE_BYTES)
        self.size: int = self._reader.doc_count_all()
        self.live: Docs = np.fromiter(self._reader.all_doc_ids(), np.int32)
        self._is_live = np.zeros(self.size, np.bool_)
        self._is_live[self.live] = True
        self.dates: NDArray[np.int32] = self._numbers("date_column").astype(np.int32)
        self._columns = self._load_columns()
        self._norms = {
            zone: similarity.norms(
                self._numbers(LENGTHS[zone]), self.live, similarity.LENGTH_NORMALISATION[zone]
            )
            for zone in ZONES
        }
        self.ranks = self._load_ranks()
        self.cases = self._load_cases()

    def close(self) -> None:
        """Close Whoosh's files."""
        with self._lock:
            self._reader.close()
            self._index.close()

    def postings(self, field: str, term: str) -> Postings:
        """Return where `term` stands in `field`, live documents only."""
        return self._cache.get(("postings", field, term), lambda: self._decode_postings(field, term))

    def positions(self, field: str, term: str) -> Positions:
        """Return the places of `term` in `field`, live documents only."""
        return self._cache.get(("positions", field, term), lambda: self._decode_positions(field, term))

    def terms(self, field: str, prefix: str) -> list[str]:
        """Return the terms of `field` that begin with `prefix`, in order."""
        with self._lock:
            return [term.decode() for term in self._reader.expand_prefix(field, prefix.encode())]

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return BM25's length norm of `zone` for each document."""
        return self._norms[zone]

    def column(self, name: str) -> Column:
        """Return one of the columns of `index.fields.COLUMNS`."""
        return self._columns[name]

    def entries(self, docs: Iterable[int]) -> list[SectionEntry]:
        """Return the stored sections of `docs`, in that order."""
        with self._lock:
            stored = [self._reader.stored_fields(int(number)) for number in docs]
        return list(map(decode_entry, stored))

    def _matchers(self, field: str, term: str) -> list[tuple[Any, int]]:
        key = (field, term.encode())
        return [(leaf.postings(*key), base) for leaf, base in self._segments if key in leaf]

    def _decode_postings(self, field: str, term: str) -> Postings:
        docs: list[int] = []
        freqs: list[float] = []
        with self._lock:
            for matcher, base in self._matchers(field, term):
                while matcher.is_active():
                    docs.append(base + matcher.id())
                    freqs.append(matcher.weight())
                    matcher.next()
        numbers = np.array(docs, np.int32)
        keep = self._is_live[numbers]
        return Postings(numbers[keep], np.array(freqs, np.int32)[keep])

    def _decode_positions(self, field: str, term: str) -> Positions:
        keys = [np.empty(0, np.int64)]
        with self._lock:
            for matcher, base in self._matchers(field, term):
                while matcher.is_active():
                    number = base + matcher.id()
                    if self._is_live[number]:
                        places = np.frombuffer(matcher.value(), "<u4").astype(np.int64)
                        keys.append((number << 32) | places)
                    matcher.next()
        return Positions(np.concatenate(keys))

    def _values(self, name: str) -> list[Any]:
        """Return a column's value for each document number."""
        values: list[Any] = []
        for leaf, _ in self._segments:
            column = leaf.column_reader(name)
            values.extend(column[number] for number in range(leaf.doc_count_all()))
        return values

    def _numbers(self, name: str) -> NDArray[np.int64]:
        return np.array(self._values(name), np.int64)

    def _load_columns(self) -> dict[str, Column]:
        columns = {
            name: _column([value.decode() for value in self._values(f"{source}_column")])
            for name, source in (
                ("document", "source"),
                ("municipality", "municipality"),
                ("committee", "committee"),
                ("type", "type"),
            )
        }
        years = self.dates // 10_000
        columns["year"] = _column([str(year) if year else "" for year in years])
        return columns

    def _load_ranks(self) -> Ranks:
        ordinals = self._numbers("ordinal_column")
        # The values of a column are sorted, so codes order documents by their source.
        sources = self._columns["document"].codes
        dates = self.dates.astype(np.int64)
        oldest = np.where(dates > 0, dates, np.iinfo(np.int64).max)
        newest = np.lexsort((ordinals, sources, -dates))
        added = np.lexsort((ordinals, sources, -dates, -self._numbers("added_column")))
        return Ranks(
            newest=_inverse(newest),
            oldest=_inverse(np.lexsort((ordinals, sources, oldest))),
            added=_inverse(added),
        )

    def _load_cases(self) -> MultiColumn:
        """Number the cases, one a municipality and dnr, and list those of each document."""
        municipalities = self._columns["municipality"].codes.astype(np.int64)
        with self._lock:
            terms = [term.decode() for term in self._reader.lexicon("case")]
        docs = [np.empty(0, np.int64)]
        cases = [np.empty(0, np.int64)]
        for number, term in enumerate(terms):
            found = self._decode_postings("case", term).docs
            docs.append(found.astype(np.int64))
            cases.append((municipalities[found] + 1) * len(terms) + number)
        all_docs = np.concatenate(docs)
        distinct, codes = np.unique(np.concatenate(cases), return_inverse=True)
        order = np.argsort(all_docs, kind="stable")
        starts = np.zeros(self.size + 1, np.int64)
        np.cumsum(np.bincount(all_docs, minlength=self.size), out=starts[1:])
        return MultiColumn(starts=starts, codes=codes[order].astype(np.int32), distinct=len(distinct))


def _column(values: Sequence[str]) -> Column:
    """Return a column of sorted distinct values; an empty string is unknown."""
    distinct = sorted(set(values) - {""})
    codes = {value: code for code, value in enumerate(distinct)} | {"": -1}
    return Column(np.array([codes[value] for value in values], np.int32), tuple(distinct))


def _inverse(order: NDArray[np.intp]) -> NDArray[np.int32]:
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks
