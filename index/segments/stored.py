"""Sections as they were added: what an answer shows.

What all sections of a file of minutes share is kept once a file. The rest is one compressed frame a section,
so that one of them costs one small read; a dictionary that is made of the first sections of an index and
handed on from segment to segment does for short frames what long ones have in themselves.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.document import Committee, Decision, DecisionKind, DocumentType, Municipality
from index.entry import Outline, SectionEntry, Stretch, stretch_of, text_of
from index.segments.array_file import ArrayFile
from index.segments.frames import Compressor, Decompressor
from index.segments.spool import Spool

_FILES_KEPT: Final = 4096
_MOMENTS_KEPT: Final = 64


class FileRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What all sections of one file of minutes share; fields as in `SectionEntry`."""

    document_id: str
    source: str
    source_url: str | None
    type: DocumentType
    document_title: str
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None


class _Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one section has of its own; fields as in `SectionEntry`.

    Attributes:
        text: as bytes in Latin-1 where it can be, since that is made a string in a tenth of the time; else a
            string.
    """

    id: str
    ordinal: int
    title: str
    number: str | None
    dnr: tuple[str, ...]
    text: Any  # msgspec has no union of bytes and strings.
    outline: Outline
    decision: tuple[DecisionKind | None, Stretch] | None
    page: int | None
    indexed_at: int
    attendance: tuple[str, ...]


_encode: Final = msgspec.msgpack.Encoder().encode
_decode_record: Final = msgspec.msgpack.Decoder(_Record).decode
_decode_file: Final = msgspec.msgpack.Decoder(FileRecord).decode


def file_record(entry: SectionEntry) -> FileRecord:
    """Return what a section shares with the others of its file."""
    return FileRecord(
        entry.document_id,
        entry.source,
        entry.source_url,
        entry.type,
        entry.document_title,
        entry.municipality,
        entry.committee,
        entry.date,
    )


def encode_file(record: FileRecord) -> bytes:
    """Return what is stored of a file."""
    return _encode(record)


def encode_section(entry: SectionEntry) -> bytes:
    """Return what is stored of a section, before it is compressed."""
    decision = entry.decision
    return _encode(
        _Record(
            entry.id,
            entry.ordinal,
            entry.title,
            entry.number,
            entry.dnr,
            _packed(entry.text),
            entry.outline,
            (decision.kind, stretch_of(entry.text, decision.text)) if decision else None,
            entry.page,
            int(entry.indexed_at.timestamp()),
            entry.attendance,
        )
    )


def decode_section(encoded: bytes, file: FileRecord) -> SectionEntry:
    """Return the section that was stored."""
    own = _decode_record(encoded)
    text: str = own.text if isinstance(own.text, str) else str(own.text, "latin-1")
    decision = own.decision
    return SectionEntry(
        own.id,
        file.document_id,
        own.ordinal,
        file.source,
        file.source_url,
        file.type,
        file.document_title,
        own.title,
        own.number,
        file.municipality,
        file.committee,
        file.date,
        own.dnr,
        text,
        own.outline,
        Decision(decision[0], text_of(text, decision[1])) if decision else None,
        own.page,
        _moment(own.indexed_at),
        own.attendance,
    )


def _packed(text: str) -> bytes | str:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text


@lru_cache(_MOMENTS_KEPT)
def _moment(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


class StoredEntries:
    """Reads the stored sections of a segment. Threads may share it."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._records: dict[int, FileRecord] = {}

    @property
    def file_count(self) -> int:
        """How many files of minutes the sections are from."""
        return self._file.length("files.starts") - 1

    @cached_property
    def dictionary(self) -> bytes:
        """What the frames are compressed with; empty when they are without."""
        return self._file.whole("stored.dictionary").tobytes()

    def file_record(self, number: int) -> FileRecord:
        """Return what the sections of one file share."""
        record = self._records.get(number)
        if record is None:
            record = _decode_file(self.encoded_file(number))
            if len(self._records) >= _FILES_KEPT:
                self._records.clear()
            self._records[number] = record
        return record

    def encoded_file(self, number: int) -> bytes:
        """Return what is stored of a file of minutes."""
        start, stop = self._file.slice("files.starts", number, number + 2).tolist()
        return self._file.slice("files.records", start, stop).tobytes()

    def entry(self, doc: int) -> SectionEntry:
        """Return a section."""
        return decode_section(self.encoded_section(doc), self.file_record(self._files.item(doc)))

    def encoded_section(self, doc: int) -> bytes:
        """Return what is stored of a section, no more compressed."""
        start, stop = self._starts.item(doc), self._starts.item(doc + 1)
        return self._decompressor.decompress(self._file.slice("stored.frames", start, stop).data)

    def frames(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Return where the compressed sections from `first` up to `last` begin, from 0, and their bytes."""
        starts = self._file.slice("stored.starts", first, last + 1).astype(np.int64)
        return starts - starts[0], self._file.slice("stored.frames", int(starts[0]), int(starts[-1]))

    @cached_property
    def _starts(self) -> NDArray[np.unsignedinteger[Any]]:
        return self._file.whole("stored.starts")

    def release(self) -> None:
        """Let go of the memory of what was read; it is read again when it is asked for."""
        self._file.release()

    @cached_property
    def _files(self) -> NDArray[np.int32]:
        return self._file.whole("file")

    @cached_property
    def _decompressor(self) -> Decompressor:
        return Decompressor(self.dictionary)


class StoredWriter:
    """Writes the stored sections of a segment.

    Args:
        spool: where the arrays go.
        compressor: what makes frames.
    """

    def __init__(self, spool: Spool, compressor: Compressor) -> None:
        self._spool = spool
        self._compressor = compressor
        self._ends = {"files.starts": 0, "stored.starts": 0}
        spool.append("stored.dictionary", np.frombuffer(compressor.dictionary, np.uint8))
        for starts, content in (("files.starts", "files.records"), ("stored.starts", "stored.frames")):
            spool.append(starts, np.zeros(1, np.uint64), narrow=True)
            spool.append(content, np.empty(0, np.uint8))

    def add_files(self, records: Sequence[bytes]) -> None:
        """Write files of minutes, encoded, behind those before."""
        self._add("files.starts", "files.records", records)

    def add_sections(self, sections: Sequence[bytes]) -> None:
        """Write sections, encoded, behind those before."""
        self._add("stored.starts", "stored.frames", list(map(self._compressor.compress, sections)))

    def copy_frames(self, lengths: NDArray[np.int64], frames: NDArray[np.uint8]) -> None:
        """Write compressed sections that stand one behind the other."""
        ends = self._ends["stored.starts"] + np.cumsum(lengths)
        self._spool.append("stored.starts", ends.astype(np.uint64), narrow=True)
        self._spool.append("stored.frames", frames)
        self._ends["stored.starts"] += len(frames)

    def _add(self, starts: str, content: str, pieces: Sequence[bytes]) -> None:
        ends = self._ends[starts] + np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
        joined = np.frombuffer(b"".join(pieces), np.uint8)
        self._spool.append(starts, ends.astype(np.uint64), narrow=True)
        self._spool.append(content, joined)
        self._ends[starts] += len(joined)
