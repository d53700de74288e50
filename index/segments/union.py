"""The dictionaries of several segments as one, a range of terms at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.segments.posting_table import Numbers, PostingTable, by_number
from index.segments.terms import Terms

_STEP: Final = 64


class Lists(Protocol):
    """The documents of each term of a field in one segment."""

    def every(self, step: int) -> NDArray[np.int64]:
        """Return where the documents of every so many terms begin, the first at 0."""

    def table(self, first: int, last: int) -> PostingTable:
        """Return the postings of the terms from `first` up to `last`, numbered from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of one of the segments.

    Attributes:
        terms: its dictionary.
        lists: its posting lists.
        docs: int32, the new number of each document of the segment, -1 for those that are left out.
        release: lets go of the memory of what was read of the segment.
    """

    terms: Terms
    lists: Lists
    docs: Numbers
    release: Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one segment has in a range of terms.

    Attributes:
        first: the number of the range's first term in the segment.
        last: the number behind that of its last.
        table: its postings of these terms, as it numbers them.
        kept: which rows of the table are left; `None` when all are.
        numbers: int32, shape (last - first,): the place of each term in the united range, -1 for those that
            have no document left.
    """

    first: int
    last: int
    table: PostingTable
    kept: NDArray[np.bool_] | None
    numbers: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """A range of terms, united.

    Attributes:
        terms: in UTF-8, ascending; those that have a document left.
        table: their postings; terms numbered from 0, new numbers of documents.
        runs: int64, shape (3, runs): the rows that a term has in one part stand side by side. In the order of
            `table` the term of each such run, where it begins in what is left of all parts, and its end.
        parts: what each segment has.
    """

    terms: list[bytes]
    table: PostingTable
    runs: NDArray[np.int64]
    parts: list[Part]


def united(fields: Sequence[Field], *, most: int) -> Iterator[Range]:
    """Yield the ranges of a field that several segments have, in order.

    Args:
        fields: the field in each segment; documents of a later one have greater new numbers.
        most: postings in a range; it may have twice as many, and more if one term has.
    """
    firsts = [0] * len(fields)
    for lasts in _bounds(fields, most):
        yield _range(fields, firsts, lasts)
        firsts = lasts


def _bounds(fields: Sequence[Field], most: int) -> Iterator[list[int]]:
    """Yield for each range the number behind that of its last term, in every segment."""
    share = max(1, most // len(fields))
    # Each stands for `share` postings, also where several segments have the same.
    cuts = sorted(cut for field in fields for cut in _cuts(field, share))
    for cut in dict.fromkeys(cuts[len(fields) - 1 :: len(fields)]):
        yield [field.terms.place(cut) for field in fields]
    yield [len(field.terms) for field in fields]


def _cuts(field: Field, share: int) -> list[bytes]:
    """Return terms of a segment between which there are about `share` postings."""
    starts = field.lists.every(_STEP)
    places = np.unique(np.searchsorted(starts, np.arange(share, starts[-1], share))) * _STEP
    return [field.terms.encoded(place, place + 1)[0] for place in places.tolist()]


def _range(fields: Sequence[Field], firsts: Sequence[int], lasts: Sequence[int]) -> Range:
    found = [_left(*each) for each in zip(fields, firsts, lasts, strict=True)]
    terms = sorted(set[bytes]().union(*(left.names for left in found)))
    numbered = dict(zip(terms, range(len(terms)), strict=True)).__getitem__
    parts, numbers, begins, rows = [], [], [], 0
    for left, first, last in zip(found, firsts, lasts, strict=True):
        numbers.append(np.fromiter(map(numbered, left.names), np.int32, len(left.names)))
        begins.append(left.begins + rows)
        rows += len(left.table.terms)
        of_terms = np.full(last - first, -1, np.int32)
        of_terms[left.table.terms[left.begins]] = numbers[-1]
        parts.append(Part(first, last, left.own, left.kept, of_terms))
    starts = np.concatenate(begins)
    runs = np.stack((np.concatenate(numbers), starts, np.append(starts, rows)[1:]))
    # Segments stay in order: by term, and then as they are.
    runs = runs.take(by_number(runs[0]), axis=1)
    lengths = runs[2] - runs[1]
    chosen = ragged.indexes(runs[1], lengths)
    table = PostingTable(
        np.repeat(runs[0].astype(np.int32), lengths),
        np.concatenate([left.table.docs for left in found]).take(chosen),
        np.concatenate([left.table.freqs for left in found], axis=1).take(chosen, axis=1),
    )
    return Range(terms, table, runs, parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Left:
    """What is left of a range of terms in one segment.

    Attributes:
        own: its postings there, as it numbers them.
        kept: which rows of them are left; `None` when all are.
        table: those with new numbers of documents.
        begins: where the rows of each term begin: they stand side by side.
        names: these terms.
    """

    own: PostingTable
    kept: NDArray[np.bool_] | None
    table: PostingTable
    begins: NDArray[np.int64]
    names: list[bytes]


def _left(field: Field, first: int, last: int) -> _Left:
    own = field.lists.table(first, last)
    table = PostingTable(own.terms, field.docs.take(own.docs), own.freqs)
    kept = table.docs >= 0
    if not kept.all():
        table = table.rows(kept)
    begins = np.flatnonzero(np.diff(table.terms, prepend=-1))
    terms = field.terms.encoded(first, last)
    names = [terms[number] for number in table.terms[begins].tolist()]
    # Together the segments may be larger than the memory.
    field.release()
    return _Left(own, None if kept.all() else kept, table, begins, names)
