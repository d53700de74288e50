"""From the occurrences of forms in many sections to posting lists of forms and of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_table import FormTable
from index.execution import ragged
from index.execution.doc_sets import distinct, run_starts
from index.fields import NEAR_FORMS
from index.segments.occurrence_buffer import OccurrenceBuffer, OrderedOccurrences
from index.segments.posting_lists_writer import PostingListsWriter
from index.segments.posting_table import PostingTable, tabulated
from index.segments.spool import Spool
from index.segments.terms import TermsWriter

_AT_ONCE: Final = 1 << 19
"""Occurrences that are counted together: few enough for the processor's cache."""

_MOST_TERMS: Final = 1 << 16
_BITS: Final = 62


def write_words(spool: Spool, occurrences: OccurrenceBuffer, table: FormTable) -> None:
    """Write dictionaries and posting lists of all forms of words.

    Args:
        spool: where the arrays go.
        occurrences: of all sections.
        table: the forms' names and keys.
    """
    used = sorted(occurrences.forms(), key=table.exact.__getitem__)
    numbers = np.zeros(len(table), np.int32)
    numbers[used] = np.arange(len(used), dtype=np.int32)
    exact = occurrences.ordered(numbers)
    TermsWriter(spool, "exact").add([table.exact[number].encode() for number in used])
    _write_exact(spool, exact)
    for form, keys in zip(NEAR_FORMS, (table.stems, table.parts), strict=True):
        _write_keys(spool, form, exact, [keys[number] for number in used])


def _write_exact(spool: Spool, exact: OrderedOccurrences) -> None:
    writer = PostingListsWriter(spool, "exact")
    for first, last in _ranges(exact.totals, exact):
        found = exact.of_forms(np.arange(first, last), np.arange(last - first))
        positions = found & (1 << exact.position_bits) - 1
        writer.add(_tabulated(found, exact), positions, exact.totals[first:last])


def _write_keys(spool: Spool, form: str, exact: OrderedOccurrences, keys: Sequence[tuple[str, ...]]) -> None:
    """Write the keys of one kind: the postings of each, and the forms that have it."""
    names = sorted(set(chain.from_iterable(keys)))
    TermsWriter(spool, form).add([name.encode() for name in names])
    numbered = dict(zip(names, range(len(names)), strict=True)).__getitem__
    starts = ragged.starts_of(np.fromiter(map(len, keys), np.int64, len(keys)))
    numbers = np.fromiter(map(numbered, chain.from_iterable(keys)), np.int64, int(starts[-1]))
    owners, counts = owners_of(numbers, starts, len(names))
    # What only one form has, stands where that form does: only the others have postings of their own.
    several = np.repeat(counts > 1, counts)
    firsts = ragged.starts_of(counts)
    totals = np.diff(ragged.starts_of(exact.totals[owners] * several)[firsts])
    writer = PostingListsWriter(spool, form)
    for first, last in _ranges(totals, exact):
        here = slice(firsts[first], firsts[last])
        wanted = several[here]
        terms = np.repeat(np.arange(last - first), counts[first:last])
        found = exact.of_forms(owners[here][wanted], terms[wanted])
        # Each form's are in order: merging them takes a fifth of the time of sorting.
        found.sort(kind="stable")
        # Two forms that have a key can share a place: a word and an elliptic one.
        found = found.compress(run_starts(found))
        writer.add(_tabulated(found, exact), owners[here], counts[first:last])


def _tabulated(found: NDArray[np.int64], exact: OrderedOccurrences) -> PostingTable:
    return tabulated(found, position_bits=exact.position_bits, cell_bits=exact.cell_bits)


def _ranges(totals: NDArray[np.int64], exact: OrderedOccurrences) -> Iterator[tuple[int, int]]:
    """Yield ranges of terms with these totals that can be counted together."""
    most = min(_MOST_TERMS, 1 << _BITS - exact.cell_bits - exact.position_bits)
    ends = np.cumsum(totals)
    cuts = ends.searchsorted(np.arange(0, ends[-1] if len(ends) else 0, _AT_ONCE))
    yield from pairwise(sorted({*cuts.tolist(), *range(0, len(totals), most), len(totals)}))


def owners_of(
    keys: NDArray[np.int64], starts: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the forms that have each key, from the keys that each form has.

    Args:
        keys: form f has `keys[starts[f]:starts[f + 1]]`.
        starts: shape (forms + 1,).
        size: how many keys there are.

    Returns:
        The forms, ordered by key and then by number, and how many each key has: shape (size,).
    """
    forms = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    pairs = distinct(keys << 32 | forms)
    return pairs & 0xFFFFFFFF, np.bincount(pairs >> 32, minlength=size)
