"""The codec: Whoosh reads our segments through it, as one reads any Whoosh index.

::

    ix = whoosh.index.open_dir(generation_folder)
    matcher = ix.reader().postings("stem", "bygglov")

It is a reader's codec. Segments are made whole, from arrays (`index.segments`), never posting by posting, so
it offers Whoosh none of the writers of `whoosh.codec.base`, and `ix.writer()` cannot add to a generation, as
nothing can. Our own searches do not go this way: they read the arrays themselves.

A `.toc` has a pickle of the schema and of one `ArraySegment` for each segment: names and numbers, no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec import base
from whoosh.filedb.filestore import Storage
from whoosh.formats import Format
from whoosh.matching import Matcher
from whoosh.reading import TermInfo
from whoosh.scoring import BaseScorer

from index.engines.deletions import read_deletions
from index.engines.whoosh_matcher import DocumentMatcher, PlaceMatcher, occurrences
from index.engines.whoosh_schema import STORED
from index.entry import SectionEntry
from index.execution.postings import Docs
from index.fields import FORMS, ZONES
from index.segments.packed_places import PackedPlaces, begins_of_zones
from index.segments.section_values import VALUES
from index.segments.segment import COLUMNS, Segment

INDEX_NAME: Final = "MAIN"
"""Whoosh's own name for an index, with which the names of its files begin."""

SEGMENT_EXTENSION: Final = ".arrays"
DELETIONS_EXTENSION: Final = ".deleted"

_FIELDS: Final = tuple(sorted((*FORMS, *VALUES)))


class ArraySegment(base.Segment):  # type: ignore[misc] # Whoosh has no types
    """What the table of contents says of a segment.

    Args:
        name: what its files begin with, behind the name of the index.
        size: its sections, also those that are deleted.
        deleted: how many of them are.
    """

    def __init__(self, name: str, *, size: int, deleted: int) -> None:
        self.indexname = INDEX_NAME
        self.segid = name
        self.compound = False
        self.size = size
        self.deleted = deleted

    def codec(self) -> ArrayCodec:
        """Return what reads the segment."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """Return the number of sections, deleted ones included."""
        return self.size

    def deleted_count(self) -> int:
        """Return how many sections are deleted; which ones, the reader knows."""
        return self.deleted

    def arrays_in(self, folder: Path) -> Path:
        """Return the file of its arrays."""
        return folder / str(self.make_filename(SEGMENT_EXTENSION))

    def deletions_in(self, folder: Path) -> Path:
        """Return the file of its deletions, which is there only if it has any."""
        return folder / str(self.make_filename(DELETIONS_EXTENSION))


class ArrayCodec(base.Codec):  # type: ignore[misc] # Whoosh has no types
    """Reads the segments of a generation for Whoosh."""

    def terms_reader(self, storage: Storage, segment: ArraySegment) -> ArrayTermsReader:
        """Return the reader of terms and postings."""
        return ArrayTermsReader(Segment.open(segment.arrays_in(Path(storage.folder))))

    def per_document_reader(self, storage: Storage, segment: ArraySegment) -> ArrayDocumentReader:
        """Return the reader of what each section has."""
        folder = Path(storage.folder)
        deleted = read_deletions(segment.deletions_in(folder)) if segment.deleted else None
        return ArrayDocumentReader(Segment.open(segment.arrays_in(folder)), deleted)


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc] # Whoosh has no types
    """The dictionaries and postings of a segment; deletions are Whoosh's to leave out.

    Args:
        segment: is closed with the reader.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    @cached_property
    def _begins(self) -> PackedPlaces:
        return begins_of_zones(self._segment.size)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in _FIELDS and self._number(*term) is not None

    def indexed_field_names(self) -> tuple[str, ...]:
        """Return the names of the fields that have terms."""
        return _FIELDS

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield each field and term, in order."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield each field and term from a term on, in order."""
        for field in _FIELDS:
            if field >= fieldname:
                terms = self._segment.terms(field)
                first = terms.place(prefix) if field == fieldname else 0
                for term in terms.between(first, len(terms)):
                    yield field, term.encode()

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield what `terms` does, and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield what `terms_from` does, and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return in how many sections a term is and how often; deleted ones count until they are merged away.

        Raises:
            KeyError: the field has no such term.
        """
        docs, weights = self._postings(fieldname, text)
        return TermInfo(
            weight=float(weights.sum()),
            df=len(docs),
            # Fields are not scorable, so Whoosh asks for no lengths.
            minlength=0,
            maxweight=float(weights.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> Matcher:
        """Return what goes through the postings of a term.

        Raises:
            KeyError: the field has no such term.
        """
        docs, weights = self._postings(fieldname, text)
        if fieldname not in FORMS:
            return DocumentMatcher(docs, format_, scorer=scorer, term=(fieldname, text))
        places = self._segment.places([(fieldname, text.decode())], self._begins)
        return PlaceMatcher(docs, weights, places, format_, scorer=scorer, term=(fieldname, text))

    def close(self) -> None:
        """Let go of the segment."""
        self._segment.close()

    def _number(self, field: str, term: bytes) -> int | None:
        return self._segment.terms(field).number(term.decode())

    def _postings(self, field: str, term: bytes) -> tuple[Docs, NDArray[np.int64]]:
        number = self._number(field, term)
        if number is None:
            raise KeyError(field, term)
        if field in FORMS:
            postings = self._segment.postings(field, number)
            return postings.docs, occurrences(postings)
        docs = self._segment.keyword_documents(field, number)
        return docs, np.ones(len(docs), np.int64)


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc] # Whoosh has no types
    """The columns, stored sections and deletions of a segment.

    Args:
        segment: is closed with the reader.
        deleted: shape (sections,), which of them are deleted; `None` for none.
    """

    def __init__(self, segment: Segment, deleted: NDArray[np.bool_] | None) -> None:
        self._segment = segment
        self._deleted = np.zeros(segment.size, np.bool_) if deleted is None else deleted

    def close(self) -> None:
        """Let go of the segment."""
        self._segment.close()

    def doc_count_all(self) -> int:
        """Return the number of sections, deleted ones included."""
        return self._segment.size

    def doc_count(self) -> int:
        """Return the number of sections that are not deleted."""
        return self._segment.size - int(np.count_nonzero(self._deleted))

    def has_deletions(self) -> bool:
        """Tell whether any section is deleted."""
        return bool(self._deleted.any())

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a section is deleted."""
        return bool(self._deleted[docnum])

    def deleted_docs(self) -> list[int]:
        """Return the numbers of the deleted sections."""
        return np.flatnonzero(self._deleted).tolist()

    def supports_columns(self) -> bool:
        """Tell that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Tell whether a field is a column."""
        return fieldname.removesuffix("_column") in COLUMNS

    def column_reader(self, fieldname: str, column: columns.Column) -> ArrayColumnReader:  # noqa: ARG002 # Whoosh's
        """Return a column of numbers."""
        return ArrayColumnReader(self._segment.column(fieldname.removesuffix("_column")))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:  # noqa: ARG002 # Whoosh's
        """Return the tokens of a section in all zones; a keyword has no length."""
        return int(self._lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        """Return the tokens of all sections."""
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the tokens of the shortest section."""
        return int(self._lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the tokens of the longest section."""
        return int(self._lengths(fieldname).max())

    def stored_fields(self, docnum: int) -> dict[str, SectionEntry]:
        """Return the stored section."""
        return {STORED: self._segment.entry(docnum)}

    def _lengths(self, field: str) -> NDArray[np.int64]:
        if field not in FORMS:
            return np.zeros(self._segment.size, np.int64)
        total = np.zeros(self._segment.size, np.int64)
        for zone in ZONES:
            total += self._segment.column(f"{zone}_length")
        return total


class ArrayColumnReader(columns.ColumnReader):  # type: ignore[misc] # Whoosh has no types
    """A column of a segment as Whoosh reads it."""

    def __init__(self, values: NDArray[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._values.tolist())
