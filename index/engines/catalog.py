"""The catalog: what all segments of a generation share, made anew for each generation.

Orders, lengths relative to the average, and what a facet counts depend on all that is live, so that an index
that grew in many runs answers like one that was made at once. It is all in one file of arrays::

    live                              int32: the documents that are not deleted
    files                             int32: the file of minutes of each document
    newest oldest added               int32: the place of each document in an order
    norms.title norms.text norms.decision
                                      float64: BM25's length norm of each document
    dates                             int32: the date of each file as yyyymmdd, 0 where it is unknown
    municipality committee type year  int32: a code for each file, -1 where it is unknown
    municipality.values …             UTF-8: what the codes stand for, one a line
    cases.first                       int32: the case of each document whose dnr is written first, or -1
    cases.further_docs cases.further_codes
                                      int32: the documents of all other cases, and these
    cases.distinct                    int64: how many cases there are
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.engines.placed_segments import PlacedSegment
from index.execution import similarity
from index.execution.postings import Docs
from index.execution.reader import Cases, Column, Ranks, day
from index.fields import ZONES
from index.manifest import DocumentRecord
from index.segments.array_file import ArrayFile, ArrayFileWriter

FILE: Final = "catalog.arrays"
"""Its name in the folder of a generation."""

COLUMNS: Final = ("municipality", "committee", "type", "year")


class Catalog:
    """The catalog of a published generation. Nothing is read before it is asked for; threads may share it."""

    def __init__(self, file: ArrayFile) -> None:
        """Use `open`."""
        self._file = file
        self.size: int = file.length("files")
        """The number of documents, deleted ones included."""

    @classmethod
    def open(cls, generation: Path) -> Catalog:
        """Open the catalog in the folder of a generation.

        Raises:
            IndexDamaged: it is missing, cut short or changed.
        """
        return cls(ArrayFile.open(generation / FILE))

    def close(self) -> None:
        """Let go of the file; arrays that were handed out stay valid."""
        self._file.close()

    @property
    def live_count(self) -> int:
        """The number of documents that are not deleted."""
        return self._file.length("live")

    def live(self) -> Docs:
        """Return the documents that are not deleted."""
        return self._file.whole("live")

    def files(self) -> NDArray[np.int32]:
        """Return the file of minutes of each document."""
        return self._file.whole("files")

    def dates(self) -> NDArray[np.int32]:
        """Return the date of each file."""
        return self._file.whole("dates")

    def ranks(self) -> Ranks:
        """Return the orders that do not depend on the query."""
        return Ranks(*(self._file.whole(name) for name in ("newest", "oldest", "added")))

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return BM25's length norms of a zone."""
        return self._file.whole(f"norms.{zone}")

    def column(self, name: str) -> Column:
        """Return one of `COLUMNS`."""
        values = self._file.whole(f"{name}.values").tobytes().decode()
        return Column(self._file.whole(name), tuple(values.split("\n")) if values else ())

    def cases(self) -> Cases:
        """Return the cases of each document."""
        whole = self._file.whole
        return Cases(
            first=whole("cases.first"),
            further_docs=whole("cases.further_docs"),
            further_codes=whole("cases.further_codes"),
            distinct=int(whole("cases.distinct")[0]),
        )


def write_catalog(
    segments: Sequence[PlacedSegment], records: Iterable[DocumentRecord], generation: Path
) -> None:
    """Write the catalog of a generation in the making.

    Args:
        segments: all its segments.
        records: one of each document that is live.
        generation: its folder.
    """
    by_id = {record.id: record for record in records}
    live = _joined(placed.live + np.int32(placed.base) for placed in segments)
    files = _joined(placed.segment.column("file") + np.int32(placed.file_base) for placed in segments)
    documents = _documents(segments, files[live], by_id)
    dates = np.array([day(one.date) if one and one.date else 0 for one in documents], np.int32)
    columns = {name: _column([_value(one, name) for one in documents]) for name in COLUMNS}
    with ArrayFileWriter(generation / FILE) as writer:
        writer.add("live", live)
        writer.add("files", files)
        for name, ranks in _ranks(documents, dates, files).items():
            writer.add(name, ranks)
        for zone in ZONES:
            lengths = _joined(placed.segment.column(f"{zone}_length") for placed in segments)
            b = similarity.LENGTH_NORMALISATION[zone]
            writer.add(f"norms.{zone}", similarity.norms(lengths.astype(np.int64), live, b))
        writer.add("dates", dates)
        for name, column in columns.items():
            writer.add(name, column.codes)
            writer.add(f"{name}.values", np.frombuffer("\n".join(column.values).encode(), np.uint8))
        cases = _cases(segments, columns["municipality"].codes[files])
        writer.add("cases.first", cases.first)
        writer.add("cases.further_docs", cases.further_docs)
        writer.add("cases.further_codes", cases.further_codes)
        writer.add("cases.distinct", np.array([cases.distinct], np.int64))


def _documents(
    segments: Iterable[PlacedSegment], live_files: NDArray[np.int32], by_id: Mapping[str, DocumentRecord]
) -> list[DocumentRecord | None]:
    """Return the record of each file, `None` where all its sections are deleted."""
    ids = [document_id for placed in segments for document_id in placed.segment.file_ids]
    has_live = np.zeros(len(ids), np.bool_)
    has_live[live_files] = True
    return [by_id[one] if is_live else None for one, is_live in zip(ids, has_live.tolist(), strict=True)]


def _value(record: DocumentRecord | None, column: str) -> str:
    """Return the value that a file has in a column, an empty string where it is unknown."""
    if record is None:
        return ""
    match column:
        case "municipality":
            return record.municipality.slug if record.municipality else ""
        case "committee":
            return record.committee.slug if record.committee else ""
        case "type":
            return record.type.value
        case _:
            return str(record.date.year) if record.date else ""


def _column(values: Sequence[str]) -> Column:
    """Return a column of sorted distinct values; an empty string is unknown."""
    distinct = sorted(set(values) - {""})
    codes = {value: code for code, value in enumerate(distinct)} | {"": -1}
    return Column(np.array([codes[value] for value in values], np.int32), tuple(distinct))


def _ranks(
    documents: Sequence[DocumentRecord | None], dates: NDArray[np.int32], files: NDArray[np.int32]
) -> dict[str, NDArray[np.int32]]:
    """Return the place of each document in each order: files are sorted, their sections stay in order."""
    sources = [record.source if record else "" for record in documents]
    by_source = _inverse(np.array(sorted(range(len(sources)), key=sources.__getitem__), np.int64))
    added = np.array([int(one.indexed_at.timestamp()) if one else 0 for one in documents], np.int64)
    days = dates.astype(np.int64)
    newest_first = -days
    oldest_first = np.where(days > 0, days, np.iinfo(np.int64).max)
    orders = {
        "newest": np.lexsort((by_source, newest_first)),
        "oldest": np.lexsort((by_source, oldest_first)),
        "added": np.lexsort((by_source, newest_first, -added)),
    }
    sizes = np.bincount(files, minlength=len(documents))
    within = np.arange(len(files)) - (np.cumsum(sizes) - sizes)[files]
    ranks = {}
    for name, order in orders.items():
        starts = np.empty(len(order), np.int64)
        starts[order] = np.cumsum(sizes[order]) - sizes[order]
        ranks[name] = (starts[files] + within).astype(np.int32)
    return ranks


def _inverse(order: NDArray[np.int64]) -> NDArray[np.int64]:
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _cases(segments: Sequence[PlacedSegment], municipalities: NDArray[np.int32]) -> Cases:
    """Number the cases, one a municipality and dnr.

    Args:
        segments: the segments, which have the cases of each document in the order that its dnr are written.
        municipalities: int32, the code of each document's.
    """
    numbers: dict[str, int] = {}
    counts: list[NDArray[np.int64]] = []
    codes: list[NDArray[np.int64]] = []
    for placed in segments:
        lists = placed.segment.cases()
        terms = placed.segment.terms("case")
        own = np.array([numbers.setdefault(term, len(numbers)) for term in terms], np.int64)
        starts = lists.starts.astype(np.int64)
        counts.append(starts[1:] - starts[:-1])
        codes.append(own[lists.codes])
    held = np.concatenate([np.empty(0, np.int64), *counts])
    docs = np.repeat(np.arange(len(held), dtype=np.int32), held)
    written = np.concatenate([np.empty(0, np.int64), *codes])
    places = municipalities[docs].astype(np.int64) + 1
    distinct, inverse = np.unique(places * len(numbers) + written, return_inverse=True)
    dense: NDArray[np.int32] = inverse.astype(np.int32)
    is_first = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=is_first[1:])
    first = np.full(len(held), -1, np.int32)
    first[docs[is_first]] = dense[is_first]
    return Cases(first, docs[~is_first], dense[~is_first], distinct=len(distinct))


def _joined(arrays: Iterable[NDArray[np.int32]]) -> NDArray[np.int32]:
    return np.concatenate([np.empty(0, np.int32), *arrays])
