"""Makes a segment of sections: taken in batches, sorted in stretches, written as slices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.bulk import BulkAnalyzer, Occurrences
from index.entry import SectionEntry, own_references, searched_title
from index.execution import ragged
from index.fields import ZONES
from index.segments.array_file import ArrayFileWriter
from index.segments.frames import SAMPLES, Compressor, trained
from index.segments.inverting import write_words
from index.segments.occurrence_buffer import STRETCH, OccurrenceBuffer
from index.segments.packed_places import DOCUMENT_SHIFT, ZONE_SHIFT, PackedPlaces
from index.segments.posting_table import ZONE_COUNT, Numbers
from index.segments.section_values import VALUES, values_of
from index.segments.spool import Spool
from index.segments.stored import FileRecord, StoredWriter, encode_file, encode_section, file_record
from index.segments.values import ValueCollector

_BATCH: Final = 256
_ZONES: Final = np.arange(ZONE_COUNT, dtype=np.int64) << ZONE_SHIFT
_BEHIND_TITLE: Final = 2


class SegmentBuilder:
    """Collects sections for one segment. For one thread, to be closed; after an error it is of no more use.

    Args:
        analyzer: makes tokens; it may go on to the builder of the next segment, which saves its memory.
        folder: where temporary files are; they have no name in it.
        dictionary: what stored sections are compressed with: that of another segment of the index. Without
            one it is made from the first sections, when there are enough.
        batch: how many sections are taken together, at least.
        stretch: how many occurrences of words are sorted together, at least.
    """

    def __init__(
        self,
        analyzer: BulkAnalyzer,
        folder: Path,
        *,
        dictionary: bytes = b"",
        batch: int = _BATCH,
        stretch: int = STRETCH,
    ) -> None:
        self._analyzer = analyzer
        self._batch = batch
        self._pending: list[SectionEntry] = []
        self._taken = 0
        self._spool = Spool(folder)
        self._occurrences = OccurrenceBuffer(folder, stretch=stretch)
        self._values = {field: ValueCollector() for field in VALUES}
        self._files: list[FileRecord] = []
        self._encoded: list[bytes] = []
        self._stored = StoredWriter(self._spool, Compressor(dictionary)) if dictionary else None

    @property
    def size(self) -> int:
        """How many sections were added."""
        return self._taken + len(self._pending)

    @property
    def form_count(self) -> int:
        """How many forms of words the analyzer remembers."""
        return len(self._analyzer.forms)

    def add(self, entries: Sequence[SectionEntry]) -> None:
        """Add the sections of one file of minutes, in order."""
        self._pending += entries
        if len(self._pending) >= self._batch:
            self._take()

    def write(self, path: Path) -> None:
        """Write the segment's file; there is none after an error. Nothing can be added afterwards."""
        self._take()
        write_words(self._spool, self._occurrences, self._analyzer.forms)
        self._write_values()
        stored = self._stored or StoredWriter(self._spool, Compressor(b""))
        stored.add_sections(self._encoded)
        stored.add_files(list(map(encode_file, self._files)))
        with ArrayFileWriter(path) as writer:
            self._spool.write(writer)

    def close(self) -> None:
        """Remove the temporary files."""
        self._spool.close()
        self._occurrences.close()

    def _take(self) -> None:
        """Take everything from the sections that wait for it."""
        entries, self._pending = self._pending, []
        if entries or not self._taken:
            self._take_words(entries)
            self._take_properties(entries)
            self._store(entries)
            self._taken += len(entries)

    def _take_words(self, entries: Sequence[SectionEntry]) -> None:
        texts: list[str] = []
        for entry in entries:
            texts += searched_title(entry), entry.text, entry.decision.text if entry.decision else ""
        found = self._analyzer.analyze(texts)
        docs = np.arange(self._taken, self._taken + len(entries), dtype=np.int64) << DOCUMENT_SHIFT
        begins = (docs[:, np.newaxis] + _ZONES).ravel()
        ends, counts, own_forms, own_places = self._own_references(entries, found, begins)
        at = np.repeat(ends, counts)
        places = begins[found.texts] + found.positions
        self._occurrences.add(np.insert(found.forms, at, own_forms), np.insert(places, at, own_places))
        for number, zone in enumerate(ZONES):
            self._spool.append(f"{zone}_length", found.lengths[number::ZONE_COUNT])

    def _own_references(
        self, entries: Sequence[SectionEntry], found: Occurrences, begins: PackedPlaces
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], Numbers, PackedPlaces]:
        """Return what each section is itself, behind the words of its title.

        Returns:
            Before which of the occurrences it stands, how much that is, and forms and places.
        """
        titles = ZONE_COUNT * np.arange(len(entries))
        # Behind the last word of a title stands the first of what comes after.
        ends = np.searchsorted(found.texts, titles, "right")
        is_empty = ends == np.searchsorted(found.texts, titles)
        last = np.where(is_empty, 0, found.positions.take(ends - 1, mode="clip")) if ends.any() else 0
        own = [list(map(self._analyzer.forms.of_key, own_references(entry))) for entry in entries]
        counts = np.fromiter(map(len, own), np.int64, len(own))
        places = np.repeat(begins[titles] + last + _BEHIND_TITLE, counts)
        return ends, counts, np.fromiter(chain.from_iterable(own), np.int32), places

    def _take_properties(self, entries: Sequence[SectionEntry]) -> None:
        """Take columns and untokenised fields."""
        files: list[int] = []
        for record in map(file_record, entries):
            if not self._files or record != self._files[-1]:
                self._files.append(record)
            files.append(len(self._files) - 1)
        for field, values in values_of(entries).items():
            self._values[field].add(self._taken, values)
        added = [int(entry.indexed_at.timestamp()) for entry in entries]
        self._spool.append("ordinal", np.array([entry.ordinal for entry in entries], np.int32))
        self._spool.append("added", np.array(added, np.int64))
        self._spool.append("file", np.array(files, np.int32))

    def _store(self, entries: Sequence[SectionEntry]) -> None:
        """Compress sections, as soon as there is what they are compressed with."""
        self._encoded += map(encode_section, entries)
        if self._stored is None and len(self._encoded) >= SAMPLES:
            self._stored = StoredWriter(self._spool, Compressor(trained(self._encoded[:SAMPLES])))
        if self._stored is not None:
            self._stored.add_sections(self._encoded)
            self._encoded.clear()

    def _write_values(self) -> None:
        numbers = {field: collector.write(self._spool, field) for field, collector in self._values.items()}
        cases = np.bincount(self._values["case"].docs, minlength=self._taken)
        self._spool.append("cases.starts", ragged.starts_of(cases).astype(np.uint64), narrow=True)
        self._spool.append("cases.codes", numbers["case"])
