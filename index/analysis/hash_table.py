"""Places of what was seen before, by two hashes of it: an open-addressing hash table in one array.

What has 96 bits of hashes alike is taken for the same: among a million that happens by chance once in 10^17
times, and to compare what stands behind the hashes takes four times as long as all else here.
"""

from __future__ import annotations

import secrets
from typing import Final

import numpy as np

from index.analysis.form_lists import Indexes
from index.compiled import INT64, NONE, compiled, reads, writes

FACTORS: Final = np.array([secrets.randbits(64) | 1 for _ in range(2)], np.uint64)
"""What hashes are made with; others in each process, so that who writes a text does not know them."""

_WORD: Final = 32
_NUMBER: Final = (1 << _WORD) - 1
_FEWEST_SLOTS: Final = 1 << 14


class HashTable:
    """Gives what it sees places from 0, in the order in which it comes."""

    def __init__(self) -> None:
        self._size = 0
        # Two numbers a slot: a hash, and half of another above the place, which counts from 1 here.
        self._slots = np.zeros(2 * _FEWEST_SLOTS, np.int64)

    def __len__(self) -> int:
        return self._size

    def places(self, hashes: Indexes, checks: Indexes) -> tuple[Indexes, Indexes]:
        """Return places by two hashes, int64, and the indexes of those that were not there before.

        Of what comes twice the first is new. New places are in the order of these indexes.
        """
        self._make_room(self._size + len(hashes))
        places, new = np.empty(len(hashes), np.int64), np.empty(len(hashes), np.int64)
        known = self._size
        self._size = _find(hashes, checks, self._slots, known, places, new)
        return places, new[: self._size - known]

    def _make_room(self, size: int) -> None:
        # Half of the slots stay empty, so that what is looked for is near.
        if 4 * size > len(self._slots):
            slots, self._slots = self._slots, np.zeros(4 << size.bit_length(), np.int64)
            _move(slots, self._slots)


@compiled(INT64(reads(INT64), reads(INT64), writes(INT64), INT64, writes(INT64), writes(INT64)))
def _find(hashes: Indexes, checks: Indexes, slots: Indexes, size: int, places: Indexes, new: Indexes) -> int:
    """Find the places of runs among `size` known ones, behind which the new ones go; return how many then.

    `new` becomes where each new one comes first.
    """
    before = size
    for run in range(len(hashes)):
        found = hashes[run]
        check = checks[run] >> _WORD
        slot = 2 * found & len(slots) - 1
        while True:
            there = slots[slot + 1]
            if there == 0:
                slots[slot] = found
                slots[slot + 1] = (check << _WORD) | (size + 1)
                new[size - before] = run
                places[run] = size
                size += 1
                break
            if slots[slot] == found and there >> _WORD == check:
                places[run] = (there & _NUMBER) - 1
                break
            slot = slot + 2 & len(slots) - 1
    return size


@compiled(NONE(reads(INT64), writes(INT64)))
def _move(slots: Indexes, larger: Indexes) -> None:
    """Move what is known to empty slots."""
    for old in range(0, len(slots), 2):
        if slots[old + 1]:
            slot = 2 * slots[old] & len(larger) - 1
            while larger[slot + 1]:
                slot = slot + 2 & len(larger) - 1
            larger[slot] = slots[old]
            larger[slot + 1] = slots[old + 1]
