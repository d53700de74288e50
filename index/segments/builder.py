"""Makes a segment of sections: analysed in batches, sorted once, written as slices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.bulk import BulkAnalyzer, Occurrences
from index.entry import SectionEntry, own_references, searched_title
from index.execution.postings import DOCUMENT_SHIFT, ZONE_SHIFT, Places
from index.fields import ZONES
from index.segments.array_file import ArrayFileWriter
from index.segments.frames import SAMPLES, Compressor, trained
from index.segments.inverting import write_words
from index.segments.posting_table import ZONE_COUNT, Numbers
from index.segments.section_values import VALUES, values_of
from index.segments.spool import Spool
from index.segments.stored import FileRecord, StoredWriter, encode_file, encode_section, file_record
from index.segments.values import write_values

_BATCH: Final = 32
_ZONES: Final = np.arange(ZONE_COUNT, dtype=np.int64) << ZONE_SHIFT
_BEHIND_TITLE: Final = 2


class SegmentBuilder:
    """Collects sections for one segment. For one thread; after an error it is of no more use.

    Args:
        analyzer: makes tokens; it may go on to the builder of the next segment, which saves its memory.
        dictionary: what stored sections are compressed with: that of another segment of the index. Without
            one it is made from the first sections, when there are enough.
    """

    def __init__(self, analyzer: BulkAnalyzer, *, dictionary: bytes = b"") -> None:
        self._analyzer = analyzer
        self._pending: list[SectionEntry] = []
        self._size = 0
        self._forms: list[Numbers] = []
        self._places: list[Places] = []
        self._lengths: list[Numbers] = []
        self._columns: dict[str, list[int]] = {"ordinal": [], "added": [], "file": []}
        self._files: list[FileRecord] = []
        self._values: tuple[dict[str, list[int]], ...] = tuple({} for _ in VALUES)
        self._cases: list[tuple[str, ...]] = []
        self._compressor = Compressor(dictionary) if dictionary else None
        self._encoded: list[bytes] = []
        self._frames: list[bytes] = []

    @property
    def size(self) -> int:
        """How many sections were added."""
        return self._size

    def add(self, entries: Sequence[SectionEntry]) -> None:
        """Add the sections of one file of minutes, in order."""
        for entry in entries:
            self._add_properties(entry, self._size)
            self._size += 1
        self._pending += entries
        if len(self._pending) >= _BATCH:
            self._analyse()

    def write(self, path: Path) -> None:
        """Write the segment's file; there is none after an error. Nothing can be added afterwards."""
        self._analyse()
        with ArrayFileWriter(path) as writer, Spool(path.parent) as spool:
            for name, column in self._finished_columns().items():
                spool.append(name, column)
            self._write_words(spool)
            self._write_values(spool)
            self._write_stored(spool)
            spool.write(writer)

    def _add_properties(self, entry: SectionEntry, doc: int) -> None:
        """Take from a section everything but its words."""
        record = file_record(entry)
        if not self._files or record != self._files[-1]:
            self._files.append(record)
        self._columns["ordinal"].append(entry.ordinal)
        self._columns["added"].append(int(entry.indexed_at.timestamp()))
        self._columns["file"].append(len(self._files) - 1)
        fields, cases = values_of(entry)
        for documents, values in zip(self._values, fields, strict=True):
            for value in values:
                documents.setdefault(value, []).append(doc)
        self._cases.append(cases)
        self._encoded.append(encode_section(entry))
        if self._compressor is None and len(self._encoded) >= SAMPLES:
            self._compressor = Compressor(trained(self._encoded))
        if self._compressor is not None:
            self._compress(self._compressor)

    def _compress(self, compressor: Compressor) -> None:
        self._frames += map(compressor.compress, self._encoded)
        self._encoded.clear()

    def _analyse(self) -> None:
        """Take the words of the sections that wait for it."""
        pending, self._pending = self._pending, []
        if not pending:
            return
        texts: list[str] = []
        for entry in pending:
            texts += searched_title(entry), entry.text, entry.decision.text if entry.decision else ""
        found = self._analyzer.analyze(texts)
        first = sum(map(len, self._lengths)) // ZONE_COUNT
        docs = np.arange(first, first + len(pending), dtype=np.int64) << DOCUMENT_SHIFT
        begins = (docs[:, np.newaxis] + _ZONES).ravel()
        forms, places = self._with_own_references(pending, found, begins)
        self._forms.append(forms)
        self._places.append(places)
        self._lengths.append(found.lengths)

    def _with_own_references(
        self, entries: Sequence[SectionEntry], found: Occurrences, begins: Places
    ) -> tuple[Numbers, Places]:
        """Return forms and ascending places; behind the words of its title, what each section is itself."""
        places = begins[found.texts] + found.positions
        # Behind the last word of a title stands the first of what comes after.
        titles = ZONE_COUNT * np.arange(len(entries))
        ends = np.searchsorted(found.texts, titles, "right")
        last = np.where(
            ends > np.searchsorted(found.texts, titles), found.positions[ends - 1] if len(places) else 0, 0
        )
        own = [list(map(self._analyzer.forms.of_special, own_references(entry))) for entry in entries]
        counts = [len(forms) for forms in own]
        at = np.repeat(ends, counts)
        own_places = np.repeat(begins[titles] + last + _BEHIND_TITLE, counts)
        own_forms = np.array([form for forms in own for form in forms], np.int32)
        return np.insert(found.forms, at, own_forms), np.insert(places, at, own_places)

    def _finished_columns(self) -> dict[str, NDArray[np.signedinteger]]:
        lengths = _joined(self._lengths, np.int32).reshape(-1, ZONE_COUNT)
        return {
            **{f"{zone}_length": lengths[:, number] for number, zone in enumerate(ZONES)},
            "ordinal": np.array(self._columns["ordinal"], np.int32),
            "added": np.array(self._columns["added"], np.int64),
            "file": np.array(self._columns["file"], np.int32),
        }

    def _write_words(self, spool: Spool) -> None:
        forms, places = _joined(self._forms, np.int32), _joined(self._places, np.int64)
        # Only one copy of them is in memory while they are sorted.
        self._forms.clear()
        self._places.clear()
        write_words(spool, forms, places, self._analyzer.forms)

    def _write_values(self, spool: Spool) -> None:
        for field, documents in zip(VALUES, self._values, strict=True):
            write_values(spool, field, documents)
        numbers = {case: number for number, case in enumerate(sorted(self._values[VALUES.index("case")]))}
        codes = [numbers[case] for cases in self._cases for case in cases]
        ends = np.cumsum([0, *map(len, self._cases)])
        spool.append("cases.starts", ends.astype(np.uint64), narrow=True)
        spool.append("cases.codes", np.array(codes, np.int32))

    def _write_stored(self, spool: Spool) -> None:
        compressor = self._compressor or Compressor(b"")
        self._compress(compressor)
        stored = StoredWriter(spool, compressor.dictionary)
        stored.add_files(list(map(encode_file, self._files)))
        stored.add_frames(self._frames)


def _joined(pieces: Sequence[NDArray[np.signedinteger]], dtype: type) -> NDArray[np.signedinteger]:
    return np.concatenate([np.empty(0, dtype), *pieces])
