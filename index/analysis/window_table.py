"""What is remembered of each distinct window of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.form_lists import Column, FormLists, Indexes
from index.analysis.hash_table import FACTORS, HashTable
from index.analysis.runs import Runs
from index.analysis.text_windows import Windows
from index.compiled import INT64, NONE, UINT32, UINT64, compiled, reads, writes

_WORD: Final = 32

Reader = Callable[[Runs, Windows], list[list[tuple[int, int]]]]
"""Gives, for each window, the forms of its tokens with their places."""


class WindowTable:
    """The numbers of the windows that were seen, by their text with its context and where in that they begin.

    Args:
        read: reads windows that were not seen before, together.
        capacity: how many are remembered at most, those of one batch more.

    Attributes:
        found: the forms in each window, at places counted from the first word of its context.
        tokens: how many tokens were found in each.
    """

    def __init__(self, read: Reader, capacity: int) -> None:
        self._read = read
        self._capacity = capacity
        self._begin()

    def _begin(self) -> None:
        self._known = HashTable()
        self.found = FormLists()
        self.tokens = Column()

    def forget_when_full(self) -> None:
        """Begin anew when there is too much to remember; the numbers that were given are not valid then."""
        if len(self._known) > self._capacity:
            self._begin()

    def numbers(self, runs: Runs, windows: Windows) -> Indexes:
        """Return the numbers of windows."""
        hashes, checks = np.empty((2, len(windows.firsts)), np.int64)
        _hash(FACTORS, runs.letters, runs.starts, runs.ends, *windows, hashes, checks)
        numbers, new = self._known.places(hashes, checks)
        if len(new):
            try:
                self._read_new(runs, windows.at(new))
            except BaseException:
                # They are known by now, and must not be taken for read.
                self._begin()
                raise
        return numbers

    def _read_new(self, runs: Runs, windows: Windows) -> None:
        for tokens in self._read(runs, windows):
            # The same day can be twice at one position: 24-24 januari 2023.
            self.found.add(dict.fromkeys(tokens))
            self.tokens.append(len(tokens))


@compiled(
    NONE(
        reads(UINT64),
        reads(UINT32),
        reads(INT64),
        reads(INT64),
        reads(INT64),
        reads(INT64),
        reads(INT64),
        writes(INT64),
        writes(INT64),
    )
)
def _hash(
    factors: NDArray[np.uint64],
    letters: NDArray[np.uint32],
    starts: Indexes,
    ends: Indexes,
    contexts: Indexes,
    firsts: Indexes,
    lasts: Indexes,
    hashes: Indexes,
    checks: Indexes,
) -> None:
    """Make two hashes of each window."""
    for window in range(len(contexts)):
        start = starts[contexts[window]]
        found = np.uint64(starts[firsts[window]] - start + 1)
        check = np.uint64(0)
        for place in range(start, ends[lasts[window]]):
            found = (found + np.uint64(letters[place])) * factors[0]
            check = (check ^ found) * factors[1]
        hashes[window] = np.int64(found ^ (found >> np.uint64(_WORD)))
        checks[window] = np.int64(check)
