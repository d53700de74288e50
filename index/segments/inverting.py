"""From the occurrences of forms in many sections to posting lists of forms and of their keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_table import FormTable
from index.execution.postings import ZONE_SHIFT, Places
from index.fields import NEAR_FORMS
from index.segments import ragged
from index.segments.posting_lists import PostingListsWriter
from index.segments.posting_table import Numbers, by_term, distinct, expanded, tabulated
from index.segments.spool import Spool
from index.segments.terms import TermsWriter

_POSITION: Final = (1 << ZONE_SHIFT) - 1


def write_words(spool: Spool, forms: Numbers, places: Places, table: FormTable) -> None:
    """Write dictionaries and posting lists of all forms of words.

    Args:
        spool: where the arrays go.
        forms: shape (occurrences,), numbers in `table`.
        places: shape (occurrences,), ascending; no form is twice at one place.
        table: the forms' names and keys.
    """
    seen = np.zeros(len(table), np.bool_)
    seen[forms] = True
    used = sorted(np.flatnonzero(seen).tolist(), key=table.exact.__getitem__)
    ranks = np.zeros(len(table), np.int32)
    ranks[used] = np.arange(len(used), dtype=np.int32)
    exact = ranks[forms]
    TermsWriter(spool, "exact").add([table.exact[number].encode() for number in used])
    _write_exact(spool, exact, places, len(used))
    for form, keys in zip(NEAR_FORMS, (table.stems, table.parts), strict=True):
        _write_keys(spool, form, exact, places, [keys[number] for number in used])


def _write_exact(spool: Spool, exact: Numbers, places: Places, size: int) -> None:
    terms, ordered = by_term(exact, places)
    counts = np.bincount(terms, minlength=size)
    PostingListsWriter(spool, "exact").add(tabulated(terms, ordered), ordered & _POSITION, counts)


def _write_keys(
    spool: Spool, form: str, exact: Numbers, places: Places, keys: Sequence[tuple[str, ...]]
) -> None:
    """Write the keys of one kind: the postings of each, and the forms that have it."""
    names = sorted(set(chain.from_iterable(keys)))
    TermsWriter(spool, form).add([name.encode() for name in names])
    numbered = dict(zip(names, range(len(names)), strict=True)).__getitem__
    starts = ragged.starts_of(np.fromiter(map(len, keys), np.int64, len(keys)))
    numbers = np.fromiter(map(numbered, chain.from_iterable(keys)), np.int32, int(starts[-1]))
    owners, counts = owners_of(numbers, starts, len(names))
    # What only one form has, stands where that form does: only the others have postings of their own.
    several = (counts > 1)[numbers]
    starts = ragged.starts_of(several)[starts]
    table = tabulated(*by_term(*expanded(exact, places, starts=starts, keys=numbers[several])))
    PostingListsWriter(spool, form).add(table, owners, counts)


def owners_of(
    keys: Numbers, starts: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the forms that have each key, from the keys that each form has.

    Args:
        keys: form f has `keys[starts[f]:starts[f + 1]]`.
        starts: shape (forms + 1,).
        size: how many keys there are.

    Returns:
        The forms, ordered by key and then by number, and how many each key has: shape (size,).
    """
    forms = np.repeat(np.arange(len(starts) - 1, dtype=np.int64), np.diff(starts))
    pairs = distinct(keys.astype(np.int64) << 32 | forms)
    return pairs & 0xFFFFFFFF, np.bincount(pairs >> 32, minlength=size)
