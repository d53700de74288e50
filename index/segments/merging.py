"""Makes one segment of several: dictionaries are united, documents renumbered, deleted ones left out.

What is in memory at a time is a range of the dictionaries with its postings, and a few numbers a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.execution.doc_sets import distinct
from index.fields import NEAR_FORMS
from index.segments.array_file import ArrayFileWriter
from index.segments.posting_lists_writer import PostingListsWriter
from index.segments.posting_table import Numbers
from index.segments.section_values import VALUES
from index.segments.segment import COLUMNS, Segment
from index.segments.spool import Spool
from index.segments.stored_merging import merge_stored
from index.segments.terms import TermsWriter
from index.segments.union import Field, Range, united
from index.segments.values import ValueListsWriter

_POSTINGS: Final = 1 << 20
"""How many postings are in memory at a time, roughly."""


def merge(
    segments: Sequence[tuple[Segment, NDArray[np.bool_] | None]],
    path: Path,
    *,
    postings: int = _POSTINGS,
    anew: bool = False,
) -> None:
    """Write a segment with the live sections of others, in order: the one that building it at once gives.

    Args:
        segments: at least one, each with its deleted documents as a mask, or `None` when there are none.
        path: where the new file will be; there is none after an error.
        postings: how many of them are in memory at a time, roughly.
        anew: take over nothing that could have bytes of what is deleted, as a dictionary of compression.
    """
    with ArrayFileWriter(path) as writer, Spool(path.parent) as spool:
        merging = _Merging(segments, spool, postings)
        merging.columns()
        exact = merging.exact()
        for form in NEAR_FORMS:
            merging.keys(form, exact)
        numbers = {field: merging.values(field) for field in VALUES}
        merging.cases(numbers["case"])
        merging.stored(anew=anew)
        spool.write(writer)


class _Merging:
    """One merge: what it reads and where it writes."""

    def __init__(
        self, segments: Sequence[tuple[Segment, NDArray[np.bool_] | None]], spool: Spool, postings: int
    ) -> None:
        self._spool = spool
        self._postings = postings
        self._segments = [segment for segment, _ in segments]
        self._live: list[NDArray[np.int64]] = []
        self._docs: list[Numbers] = []
        first = 0
        for segment, deleted in segments:
            live = np.arange(segment.size) if deleted is None else np.flatnonzero(~deleted)
            docs = np.full(segment.size, -1, np.int32)
            docs[live] = np.arange(first, first + len(live), dtype=np.int32)
            first += len(live)
            self._live.append(live)
            self._docs.append(docs)

    def columns(self) -> None:
        """Write the columns."""
        for name in COLUMNS:
            files = 0
            for segment, live in zip(self._segments, self._live, strict=True):
                column = segment.column(name)[live]
                if name == "file":
                    used, column = np.unique(column, return_inverse=True)
                    column = (column + files).astype(np.int32)
                    files += len(used)
                self._spool.append(name, column)

    def exact(self) -> list[Numbers]:
        """Write the exact forms; return the new number of each in every segment, -1 for what is left out."""
        terms, lists = TermsWriter(self._spool, "exact"), PostingListsWriter(self._spool, "exact")
        numbers = self._no_numbers("exact")
        for united_range in self._ranges("exact"):
            _note(numbers, united_range, len(terms))
            terms.add(united_range.terms)
            lists.add(united_range.table, *self._positions(united_range))
        return numbers

    def keys(self, form: str, exact: Sequence[Numbers]) -> None:
        """Write the keys of `form`.

        Args:
            form: `stem` or `parts`.
            exact: the new numbers of the exact forms of every segment.
        """
        terms, lists = TermsWriter(self._spool, form), PostingListsWriter(self._spool, form)
        for united_range in self._ranges(form):
            terms.add(united_range.terms)
            pairs = [np.empty(0, np.int64)]
            for segment, part, new in zip(self._segments, united_range.parts, exact, strict=True):
                keys, forms = segment.posting_lists(form).forms_between(part.first, part.last)
                found = part.numbers[keys].astype(np.int64) << 32 | new[forms].astype(np.int64)
                # A negative number on either side makes a negative pair.
                pairs.append(found[found >= 0])
            together = distinct(np.concatenate(pairs))
            counts = np.bincount(together >> 32, minlength=len(united_range.terms))
            several = (counts > 1)[united_range.table.terms]
            lists.add(united_range.table.rows(several), together & 0xFFFFFFFF, counts)

    def values(self, field: str) -> list[Numbers]:
        """Write an untokenised field; return the new number of each value in every segment."""
        terms, lists = TermsWriter(self._spool, field), ValueListsWriter(self._spool, field)
        numbers = self._no_numbers(field)
        for united_range in self._ranges(field):
            _note(numbers, united_range, len(terms))
            terms.add(united_range.terms)
            counts = np.bincount(united_range.table.terms, minlength=len(united_range.terms))
            lists.add(united_range.table.docs, counts)
        return numbers

    def cases(self, numbers: Sequence[Numbers]) -> None:
        """Write the cases of each section; `numbers` are the new numbers of the cases of every segment."""
        self._spool.append("cases.starts", np.zeros(1, np.uint64), narrow=True)
        end = 0
        for segment, live, new in zip(self._segments, self._live, numbers, strict=True):
            cases = segment.cases()
            starts = cases.starts.astype(np.int64)
            lengths = np.diff(starts)[live]
            ends = end + np.cumsum(lengths)
            self._spool.append("cases.starts", ends.astype(np.uint64), narrow=True)
            self._spool.append("cases.codes", new[ragged.elements(cases.codes, starts[live], lengths)])
            end += int(lengths.sum())

    def stored(self, *, anew: bool) -> None:
        """Write the sections as they were added; `anew` as `merge` has it."""
        sources = [
            (segment.stored, live, np.unique(segment.column("file")[live]))
            for segment, live in zip(self._segments, self._live, strict=True)
        ]
        merge_stored(self._spool, sources, anew=anew)

    def _ranges(self, field: str) -> Iterator[Range]:
        fields = [
            Field(
                segment.terms(field),
                segment.value_lists(field) if field in VALUES else segment.posting_lists(field),
                docs,
                segment.release,
            )
            for segment, docs in zip(self._segments, self._docs, strict=True)
        ]
        for united_range in united(fields, most=self._postings):
            yield united_range
            # Positions and forms were read since.
            for segment in self._segments:
                segment.release()

    def _no_numbers(self, field: str) -> list[Numbers]:
        return [np.full(len(segment.terms(field)), -1, np.int32) for segment in self._segments]

    def _positions(self, united_range: Range) -> tuple[NDArray[Any], NDArray[np.int64]]:
        """Return the positions of a range of exact forms in the order of its table, and how many each has."""
        found = []
        lengths = []
        for segment, part in zip(self._segments, united_range.parts, strict=True):
            positions = segment.posting_lists("exact").positions(part.first, part.last)
            totals = part.table.totals()
            if part.kept is not None:
                positions = positions[np.repeat(part.kept, totals)]
                totals = totals[part.kept]
            found.append(positions)
            lengths.append(totals)
        terms, begins, ends = united_range.runs
        starts = ragged.starts_of(np.concatenate(lengths))
        counts = starts[ends] - starts[begins]
        of_terms = np.bincount(terms, counts, len(united_range.terms)).astype(np.int64)
        return ragged.elements(np.concatenate(found), starts[begins], counts), of_terms


def _note(numbers: Sequence[Numbers], united_range: Range, before: int) -> None:
    """Put down the new numbers of the terms of a range; `before` terms are written already."""
    for new, part in zip(numbers, united_range.parts, strict=True):
        new[part.first : part.last] = np.where(part.numbers < 0, -1, part.numbers + before)
