"""Texts as runs of characters between spaces, each with its number: compiled, as text is all that takes long.

Only what is new becomes a string.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_lists import Indexes, Ints
from index.analysis.hash_table import FACTORS, HashTable
from index.analysis.run_table import RunTable
from index.compiled import INT32, INT64, NONE, UINT32, UINT64, compiled, reads, writes

_SPACE: Final = ord(" ")
_LINE_END: Final = ord("\n")
_WORD: Final = 32
_MOST_CHARACTERS: Final = 50_000_000
"""Of all runs that are remembered: one of them can be a whole text."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The runs of a batch of texts, none of them empty; one entry a run.

    Attributes:
        text: all texts with a space between them.
        letters: uint32, its code points.
        texts: int64, ascending: to which text a run belongs.
        numbers: int64, of the run table.
        traits: int32, bits of `Trait`.
        starts: int64, offset in `text` of its first character.
        ends: int64, offset behind its last.
        positions: int64, counted in its text: of its first word, or of the next one when it has none.
        firsts: int64, shape (texts + 1,): where the runs of each text begin, and the number of all.
    """

    text: str
    letters: NDArray[np.uint32]
    texts: Indexes
    numbers: Indexes
    traits: Ints
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    positions: NDArray[np.int64]
    firsts: Indexes


class RunFinder:
    """Finds the runs of texts, and remembers at most `capacity` of them, and those of one batch more.

    Args:
        table: reads those that are new.
        capacity: how many are remembered.
    """

    def __init__(self, table: RunTable, capacity: int) -> None:
        self._table = table
        self._capacity = capacity
        self._begin()

    def _begin(self) -> None:
        self._table.clear()
        self._known = HashTable()
        self._characters = 0
        self._numbers = np.empty(0, np.int32)

    def forget_when_full(self) -> None:
        """Begin anew when there is too much to remember; the numbers that were given are not valid then."""
        if len(self._known) > self._capacity or self._characters > _MOST_CHARACTERS:
            self._begin()

    def runs(self, texts: Sequence[str]) -> Runs:
        """Return the runs of texts."""
        # Spaces that do not break a line are common in numbers, and normalisation makes plain ones of them.
        text = " ".join(texts).replace("\u00a0", " ")
        begins = np.fromiter(accumulate((len(each) + 1 for each in texts), initial=0), np.int64)
        letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        starts, ends, owners, hashes, checks = np.empty((5, len(letters) // 2 + 1), np.int64)
        firsts = np.empty(len(begins), np.int64)
        count = _split(FACTORS, letters, begins, starts, ends, owners, hashes, checks, firsts)
        starts, ends, owners = starts[:count], ends[:count], owners[:count]
        places, new = self._known.places(hashes[:count], checks[:count])
        if len(new):
            try:
                self._read_new(text, starts[new], ends[new])
            except BaseException:
                # They are known by now, and must not be taken for read.
                self._begin()
                raise
        numbers, positions = np.empty(count, np.int64), np.empty(count, np.int64)
        traits = np.empty(count, np.int32)
        table = self._table
        widths, all_traits = table.widths.values(), table.traits.values()
        _place(places, owners, self._numbers, widths, all_traits, numbers, positions, traits)
        return Runs(text, letters, owners, numbers, traits, starts, ends, positions, firsts)

    def _read_new(self, text: str, starts: Indexes, ends: Indexes) -> None:
        """Read runs that are new."""
        runs = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        numbers = self._table.numbers_of(runs)
        known = len(self._known) - len(runs)
        if len(self._known) > len(self._numbers):
            room = np.empty(len(self._known), np.int32)
            self._numbers = np.concatenate((self._numbers[:known], room))
        self._numbers[known : len(self._known)] = numbers
        self._characters += sum(map(len, runs))


@compiled(
    INT64(
        reads(UINT64),
        reads(UINT32),
        reads(INT64),
        writes(INT64),
        writes(INT64),
        writes(INT64),
        writes(INT64),
        writes(INT64),
        writes(INT64),
    )
)
def _split(
    factors: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    begins: Indexes,
    starts: Indexes,
    ends: Indexes,
    owners: Indexes,
    hashes: Indexes,
    checks: Indexes,
    firsts: Indexes,
) -> int:
    """Find runs, the texts that they are in, and two hashes of each; return how many there are."""
    count = text = place = 0
    size = len(letters)
    firsts[0] = 0
    while place < size:
        letter = letters[place]
        if letter in (_SPACE, _LINE_END):  # A tuple is slower.
            place += 1
            continue
        start = place
        found = check = np.uint64(0)
        while letter not in (_SPACE, _LINE_END):
            found = (found + np.uint64(letter)) * factors[0]
            check = (check ^ found) * factors[1]
            place += 1
            if place == size:
                break
            letter = letters[place]
        while begins[text + 1] <= start:
            text += 1
            firsts[text] = count
        starts[count] = start
        ends[count] = place
        owners[count] = text
        hashes[count] = np.int64(found ^ (found >> np.uint64(_WORD)))
        checks[count] = np.int64(check)
        count += 1
    firsts[text + 1 :] = count
    return count


@compiled(
    NONE(
        reads(INT64),
        reads(INT64),
        reads(INT32),
        reads(INT32),
        reads(INT32),
        writes(INT64),
        writes(INT64),
        writes(INT32),
    )
)
def _place(
    places: Indexes,
    owners: Indexes,
    all_numbers: Ints,
    widths: Ints,
    all_traits: Ints,
    numbers: Indexes,
    positions: Indexes,
    traits: Ints,
) -> None:
    """Take numbers and traits of runs, and count positions from the beginning of each text."""
    position = 0
    for run in range(len(places)):
        if run and owners[run] != owners[run - 1]:
            position = 0
        number = all_numbers[places[run]]
        numbers[run] = number
        traits[run] = all_traits[number]
        positions[run] = position
        position += widths[number]
