"""Where forms stand in the sections that become a segment, in four bytes an occurrence until it is written.

Occurrences come by place and are dealt out to their forms in stretches of sections that fit into the
processor's cache. What a form has in all stretches, one after the other, is in order of place.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, NONE, UINT32, compiled, reads, writes
from index.execution import ragged
from index.segments.packed_places import DOCUMENT_SHIFT, ZONE_SHIFT, PackedPlaces
from index.segments.posting_table import CELL_SHIFT, Numbers, by_number

STRETCH: Final = 1 << 19
"""Occurrences that are sorted together."""

_WORD: Final = 32
_POSITION: Final = (1 << ZONE_SHIFT) - 1
_POSITION_BITS: Final = 16
"""Those of a position, unless a section is longer than that: then its stretch has more."""


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """Occurrences in the file, ordered by form and place.

    Attributes:
        first_cell: the first cell (`index.segments.posting_table`) of its first document.
        position_bits: how many bits a position has; above them is the cell, counted from the first.
        forms: int32, ascending, each once.
        counts: int32, how many occurrences each has.
    """

    first_cell: int
    position_bits: int
    forms: Numbers
    counts: Numbers


class OccurrenceBuffer:
    """Collects occurrences of forms. For one thread; to be closed.

    Args:
        folder: where the temporary file is; it has no name in it.
        stretch: how many occurrences are sorted together, at least.
    """

    def __init__(self, folder: Path, *, stretch: int = STRETCH) -> None:
        self._stretch = stretch
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 # `close` closes it.
        self._pending: list[tuple[Numbers, PackedPlaces]] = []
        self._waiting = 0
        self._stretches: list[_Stretch] = []

    def add(self, forms: Numbers, places: PackedPlaces) -> None:
        """Add the occurrences of sections that go behind all before.

        Args:
            forms: shape (occurrences,), numbers.
            places: shape (occurrences,), ascending; no form is twice at one place.
        """
        self._pending.append((forms, places))
        self._waiting += len(forms)
        if self._waiting >= self._stretch:
            self._sort()

    def forms(self) -> list[int]:
        """Return the numbers of all forms that stand anywhere, ascending."""
        self._sort()
        size = max((int(each.forms[-1]) + 1 for each in self._stretches), default=0)
        seen = np.zeros(size, np.bool_)
        for each in self._stretches:
            seen[each.forms] = True
        return np.flatnonzero(seen).tolist()

    def ordered(self, numbers: Numbers) -> OrderedOccurrences:
        """Return what was added, by other numbers.

        Args:
            numbers: shape (forms,), the new number of each form by its old one; from 0 without a gap.
        """
        self._sort()
        self._file.flush()
        # An empty file cannot be mapped.
        words = np.memmap(self._file, "<u4", "r") if self._stretches else np.empty(0, np.uint32)
        return OrderedOccurrences(np.asarray(words), self._stretches, numbers)

    def close(self) -> None:
        """Remove the temporary file."""
        # What could not be written, on a full disk, is tried once more.
        with suppress(OSError):
            self._file.close()

    def _sort(self) -> None:
        pending, self._pending, self._waiting = self._pending, [], 0
        if pending:
            self._write(
                np.concatenate([forms for forms, _ in pending]),
                np.concatenate([places for _, places in pending]),
            )

    def _write(self, forms: Numbers, places: PackedPlaces) -> None:
        if not len(places):
            return
        first, last = int(places[0] >> DOCUMENT_SHIFT), int(places[-1] >> DOCUMENT_SHIFT)
        bits = max(_POSITION_BITS, int((places & _POSITION).max()).bit_length())
        if ((last - first + 1 << CELL_SHIFT) - 1).bit_length() + bits > _WORD:
            # One document always fits: its zones and positions are the lower half of a place.
            early = int(places.searchsorted((first + last) // 2 + 1 << DOCUMENT_SHIFT))
            self._write(forms[:early], places[:early])
            self._write(forms[early:], places[early:])
            return
        counts = np.bincount(forms)
        words = np.empty(len(forms), np.uint32)
        _sort(forms, places, ragged.starts_of(counts), first << CELL_SHIFT, ZONE_SHIFT, bits, words)
        self._file.write(words.astype("<u4", copy=False).data)
        used = np.flatnonzero(counts)
        sizes = counts.take(used).astype(np.int32)
        self._stretches.append(_Stretch(first << CELL_SHIFT, bits, used.astype(np.int32), sizes))


@compiled(NONE(reads(INT32), reads(INT64), writes(INT64), INT64, INT64, INT64, writes(UINT32)))
def _sort(
    forms: Numbers,
    places: PackedPlaces,
    ends: NDArray[np.int64],
    first_cell: int,
    zone_shift: int,
    position_bits: int,
    words: NDArray[np.uint32],
) -> None:
    """Order places by form, as cells above positions; `ends` are at first where those of each form begin."""
    for each in range(len(forms)):
        place = places[each]
        cell = (place >> zone_shift) - first_cell
        form = forms[each]
        words[ends[form]] = (cell << position_bits) | (place & (1 << zone_shift) - 1)
        ends[form] += 1


class OrderedOccurrences:
    """The occurrences of forms, by number.

    Attributes:
        totals: int64, shape (forms,), how many occurrences each has.
        position_bits: how many bits a position has in what `of_forms` returns.
        cell_bits: how many the cell above it has.
    """

    def __init__(self, words: NDArray[np.uint32], stretches: Sequence[_Stretch], numbers: Numbers) -> None:
        """Use `OccurrenceBuffer.ordered`."""
        empty = np.empty(0, np.int32)
        forms = numbers[np.concatenate([empty, *(each.forms for each in stretches)])]
        counts = np.concatenate([empty, *(each.counts for each in stretches)])
        # Slices of the file: ordered by form and then by stretch, which is by document.
        order = by_number(forms)
        stretch = np.repeat(np.arange(len(stretches)), [len(each.forms) for each in stretches])[order]
        bits = np.array([each.position_bits for each in stretches], np.int64)
        first_cells = np.array([each.first_cell for each in stretches], np.int64)
        self._words = words
        self._begins = ragged.starts_of(counts)[order]
        self._counts = counts[order]
        self._slices = ragged.starts_of(np.bincount(forms))
        self.totals = np.diff(ragged.starts_of(self._counts)[self._slices])
        self.position_bits = int(bits.max(initial=0))
        self.cell_bits = int((first_cells + (1 << _WORD - bits)).max(initial=0)).bit_length()
        self._first_cells = (first_cells << self.position_bits)[stretch]
        self._bits = bits[stretch]

    def of_forms(self, forms: NDArray[np.int64], terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where forms stand, one form after the other, each in order.

        Args:
            forms: their numbers.
            terms: shape (forms,), what each is to be counted as: numbers that leave room for a place.

        Returns:
            Positions, above them cells, above these terms: shape (sum of totals,).
        """
        found = np.empty(int(self.totals[forms].sum()), np.int64)
        shift = self.cell_bits + self.position_bits
        slices = self._slices, self._begins, self._counts, self._bits, self._first_cells
        _gather(self._words, *slices, forms, terms << shift, self.position_bits, found)
        return found


@compiled(
    NONE(
        reads(UINT32),
        reads(INT64),
        reads(INT64),
        reads(INT32),
        reads(INT64),
        reads(INT64),
        reads(INT64),
        reads(INT64),
        INT64,
        writes(INT64),
    )
)
def _gather(
    words: NDArray[np.uint32],
    slices: NDArray[np.int64],
    begins: NDArray[np.int64],
    counts: Numbers,
    bits: NDArray[np.int64],
    first_cells: NDArray[np.int64],
    forms: NDArray[np.int64],
    bases: NDArray[np.int64],
    position_bits: int,
    found: NDArray[np.int64],
) -> None:
    """Take the words of forms one after the other, each as a whole cell above a position of so many bits."""
    count = 0
    for each in range(len(forms)):
        for number in range(slices[forms[each]], slices[forms[each] + 1]):
            base = bases[each] + first_cells[number]
            own_bits = bits[number]
            for word in range(begins[number], begins[number] + counts[number]):
                place = np.int64(words[word])
                cell = place >> own_bits
                found[count] = base + (cell << position_bits) + (place & (1 << own_bits) - 1)
                count += 1
