"""The dictionaries of several segments as one, a range of terms at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

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
    """

    terms: Terms
    lists: Lists
    docs: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What one segment has in a range of terms.

    Attributes:
        first: the number of the range's first term in the segment.
        last: the number behind that of its last.
        kept: which rows of its table are left; `None` when all are.
        numbers: int32, shape (last - first,): the place of each term in the united range, -1 for those that
            have no document left.
    """

    first: int
    last: int
    kept: NDArray[np.bool_] | None
    numbers: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """A range of terms, united.

    Attributes:
        terms: in UTF-8, ascending; those that have a document left.
        table: their postings; terms numbered from 0, new numbers of documents.
        order: int64, where each row of `table` is among the rows of all parts that are left, in order.
        parts: what each segment has.
    """

    terms: list[bytes]
    table: PostingTable
    order: NDArray[np.int64]
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
    cuts = sorted({cut for field in fields for cut in _cuts(field, share)})
    for cut in cuts[len(fields) - 1 :: len(fields)]:
        yield [field.terms.place(cut) for field in fields]
    yield [len(field.terms) for field in fields]


def _cuts(field: Field, share: int) -> list[bytes]:
    """Return terms of a segment between which there are about `share` postings."""
    starts = field.lists.every(_STEP)
    places = np.unique(np.searchsorted(starts, np.arange(share, starts[-1], share))) * _STEP
    return [field.terms.encoded(place, place + 1)[0] for place in places.tolist()]


def _range(fields: Sequence[Field], firsts: Sequence[int], lasts: Sequence[int]) -> Range:
    tables, masks, present, names = [], [], [], []
    for field, first, last in zip(fields, firsts, lasts, strict=True):
        table = field.lists.table(first, last)
        table = PostingTable(table.terms, field.docs[table.docs], table.freqs)
        kept = table.docs >= 0
        masks.append(None if kept.all() else kept)
        tables.append(table if masks[-1] is None else table.rows(kept))
        present.append(np.flatnonzero(np.bincount(tables[-1].terms, minlength=last - first)))
        terms = field.terms.encoded(first, last)
        names.append([terms[number] for number in present[-1].tolist()])
    terms = sorted(set[bytes]().union(*names))
    numbered = dict(zip(terms, range(len(terms)), strict=True)).__getitem__
    parts = []
    for first, last, mask, here, own in zip(firsts, lasts, masks, present, names, strict=True):
        numbers = np.full(last - first, -1, np.int32)
        numbers[here] = np.fromiter(map(numbered, own), np.int32, len(own))
        parts.append(Part(first, last, mask, numbers))
    joined = PostingTable(
        np.concatenate([part.numbers[table.terms] for part, table in zip(parts, tables, strict=True)]),
        np.concatenate([table.docs for table in tables]),
        np.concatenate([table.freqs for table in tables]),
    )
    order = by_number(joined.terms)
    return Range(terms, joined.rows(order), order, parts)
