"""Where the slices of each term begin and end: as lengths in bytes, for most terms are rare.

Four kinds of slices belong to a term. How long each is stands in one byte; where the four begin, for every
sixteenth term. Lengths that a byte does not hold have a list of their own.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import ArrayFile
from index.segments.spool import Spool

KINDS: Final = 4
_STEP: Final = 16
_CLOSE: Final = 4
"""Up to how many terms are read for each one that is looked for, rather than the stretch of each."""
_LARGE: Final = 255
_TWO_OF_FOUR: Final = np.uint32(0x00FF00FF)
_LARGE_BYTE: Final = bytes([_LARGE])


class Bounds:
    """Reads the bounds of the terms of a form of words."""

    def __init__(self, file: ArrayFile, form: str) -> None:
        self._file = file
        self._lengths, self._starts, self._large, self._large_lengths = _names(form)

    @property
    def size(self) -> int:
        """How many terms there are."""
        return self._file.length(self._lengths) // KINDS

    def of_term(self, number: int) -> tuple[list[int], list[int]]:
        """Return where the four slices of a term begin and where they end."""
        block = number // _STEP
        before = KINDS * (number - block * _STEP)
        first = KINDS * _STEP * block
        lengths = self._file.slice(self._lengths, first, first + before + KINDS).tobytes()
        if _LARGE_BYTE in lengths:
            starts = self.between(number, number + 1)
            return starts[0].tolist(), starts[1].tolist()
        base = self._file.slice(self._starts, KINDS * block, KINDS * (block + 1)).tolist()
        begins = [base[kind] + sum(lengths[kind:before:KINDS]) for kind in range(KINDS)]
        return begins, [begins[kind] + lengths[before + kind] for kind in range(KINDS)]

    def of_terms(self, numbers: NDArray[np.integer[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the slices of terms, by ascending numbers, begin and how long they are.

        Returns:
            int64, shape (terms, 4) each.
        """
        if not len(numbers):
            return np.empty((0, KINDS), np.int64), np.empty((0, KINDS), np.int64)
        low, high = int(numbers[0]), int(numbers[-1])
        if high - low < _CLOSE * len(numbers):
            bounds = self.between(low, high + 1)
            starts = bounds[numbers - low]
            return starts, bounds[numbers - low + 1] - starts
        blocks, places = np.divmod(numbers.astype(np.int64), _STEP)
        firsts = _STEP * blocks
        # The four lengths of a term are one number here. Of a block those up to the term are left.
        found = self._file.ranges(self._lengths, KINDS * firsts, KINDS * (places + 1)).view("<u4")
        block = np.arange(_STEP)
        table = found.take(firsts[:, np.newaxis] + block, mode="clip")
        table *= block <= places[:, np.newaxis]
        lengths = found.take(numbers).view(np.uint8).reshape(-1, KINDS).astype(np.int64)
        ends = _sums(table)
        self._correct(table, firsts, places, lengths, ends)
        starts = self._file.ranges(self._starts, KINDS * blocks, np.full(len(blocks), KINDS))
        ends += starts.take(KINDS * blocks[:, np.newaxis] + np.arange(KINDS)).astype(np.int64)
        return ends - lengths, lengths

    def _correct(
        self,
        table: NDArray[np.uint32],
        firsts: NDArray[np.int64],
        places: NDArray[np.int64],
        lengths: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> None:
        """Add to lengths and their sums what a byte does not hold."""
        rows, cells = np.divmod(np.flatnonzero(table.view(np.uint8).ravel() == _LARGE), KINDS * _STEP)
        if not len(rows):
            return
        known, values = self._large_cells
        more = values.take(known.searchsorted(KINDS * firsts.take(rows) + cells)) - _LARGE
        kinds = cells % KINDS
        np.add.at(ends, (rows, kinds), more)
        own = cells // KINDS == places.take(rows)
        lengths[rows[own], kinds[own]] += more[own]

    def between(self, first: int, last: int) -> NDArray[np.int64]:
        """Return where the slices of the terms from `first` up to `last` begin.

        Returns:
            int64, shape (last - first + 1, 4): the row of a term and the next one are its slices.
        """
        block = first // _STEP
        begin = KINDS * _STEP * block
        lengths = self._file.slice(self._lengths, begin, KINDS * last).astype(np.int64)
        cells, values = self._large_cells
        here = slice(*np.searchsorted(cells, (begin, KINDS * last)).tolist())
        lengths[cells[here] - begin] = values[here]
        starts = np.empty((len(lengths) // KINDS + 1, KINDS), np.int64)
        starts[0] = self._file.slice(self._starts, KINDS * block, KINDS * (block + 1))
        np.cumsum(lengths.reshape(-1, KINDS), axis=0, out=starts[1:])
        starts[1:] += starts[0]
        return starts[first - block * _STEP :]

    def every(self, step: int) -> NDArray[np.int64]:
        """Return where the first slice of every so many terms begins; `step` is a multiple of 16."""
        starts: NDArray[np.int64] = self._file.whole(self._starts)[:: KINDS * step // _STEP].astype(np.int64)
        return starts

    @cached_property
    def _large_cells(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        cells, lengths = self._file.whole(self._large), self._file.whole(self._large_lengths)
        return cells.astype(np.int64), lengths.astype(np.int64)


def _sums(table: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the sums of the lengths in each row of a table, by kinds: two at a time, in 16 bits each."""
    even = (table & _TWO_OF_FOUR).sum(axis=1, dtype=np.uint32)
    odd = (table >> 8 & _TWO_OF_FOUR).sum(axis=1, dtype=np.uint32)
    low = np.uint32(0xFFFF)
    return np.stack((even & low, odd & low, even >> 16, odd >> 16), axis=1).astype(np.int64)


class BoundsWriter:
    """Writes the bounds of the terms of a form of words, a range of terms at a time."""

    def __init__(self, spool: Spool, form: str) -> None:
        self._spool = spool
        self._lengths, self._starts, self._large, self._large_lengths = _names(form)
        self._size = 0
        self._end = np.zeros(KINDS, np.int64)
        spool.append(self._starts, np.zeros(KINDS, np.uint64), narrow=True)
        self.add(np.empty((0, KINDS), np.int64))

    def add(self, lengths: NDArray[np.int64]) -> None:
        """Write the lengths of the slices of terms that go behind all before: shape (terms, 4)."""
        ends = self._end + np.cumsum(lengths, axis=0)
        # The row behind the last term of a stretch is the first of the next.
        sampled = ends[-(self._size + 1) % _STEP :: _STEP]
        large = np.flatnonzero(lengths.ravel() >= _LARGE)
        self._append(self._starts, sampled.ravel())
        self._append(self._large, large + KINDS * self._size)
        self._append(self._large_lengths, lengths.ravel()[large])
        self._spool.append(self._lengths, np.minimum(lengths, _LARGE).astype(np.uint8).ravel())
        self._size += len(lengths)
        self._end = self._end + lengths.sum(axis=0)

    def _append(self, name: str, numbers: NDArray[Any]) -> None:
        self._spool.append(name, numbers.astype(np.uint64), narrow=True)


def _names(form: str) -> tuple[str, str, str, str]:
    return f"{form}.lengths", f"{form}.starts", f"{form}.large", f"{form}.large.lengths"
