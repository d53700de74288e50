"""Where forms stand in the sections that become a segment, in four bytes an occurrence until it is written.

Occurrences are sorted in stretches of sections: each sort is one of whole numbers that fit into the
processor's cache. What a term has in all stretches, one after the other, is in order of place.
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
            places: shape (occurrences,), in any order; no form is twice at one place.
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
        documents = places >> DOCUMENT_SHIFT
        first, last = int(documents.min()), int(documents.max())
        positions = places & _POSITION
        bits = max(_POSITION_BITS, int(positions.max()).bit_length())
        if ((last - first + 1 << CELL_SHIFT) - 1).bit_length() + bits > _WORD:
            # One document always fits: its zones and positions are the lower half of a place.
            is_early = documents <= (first + last) // 2
            self._write(forms[is_early], places[is_early])
            self._write(forms[~is_early], places[~is_early])
            return
        keys = forms.astype(np.int64) << _WORD
        keys |= ((places >> ZONE_SHIFT) - (first << CELL_SHIFT)) << bits
        keys |= positions
        keys.sort()
        self._file.write(keys.astype("<u4").data)
        keys >>= _WORD
        begins = np.flatnonzero(np.diff(keys, prepend=-1))
        counts = np.diff(begins, append=len(keys)).astype(np.int32)
        self._stretches.append(_Stretch(first << CELL_SHIFT, bits, keys[begins].astype(np.int32), counts))


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
        self._bits = bits[stretch] if (bits < self.position_bits).any() else None

    def of_forms(self, forms: NDArray[np.int64], terms: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where forms stand, one form after the other, each in order.

        Args:
            forms: their numbers.
            terms: shape (forms,), what each is to be counted as: numbers that leave room for a place.

        Returns:
            Positions, above them cells, above these terms: shape (sum of totals,).
        """
        firsts = self._slices[forms]
        sizes = self._slices[1:][forms] - firsts
        slices = ragged.indexes(firsts, sizes)
        counts = self._counts[slices]
        found = self._words.take(ragged.indexes(self._begins[slices], counts)).astype(np.int64)
        if self._bits is not None:
            bits = np.repeat(self._bits[slices], counts)
            found = found >> bits << self.position_bits | found & (1 << bits) - 1
        bases = self._first_cells[slices]
        bases += np.repeat(terms << self.cell_bits + self.position_bits, sizes)
        found += np.repeat(bases, counts)
        return found
