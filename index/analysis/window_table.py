"""What is remembered of each distinct window of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from index.analysis.form_lists import Column, FormLists, Indexes
from index.analysis.run_table import Runs
from index.analysis.text_windows import Windows

_MOST_CHARACTERS: Final = 50_000_000
"""Of all windows that are remembered: one of them can be a whole text."""

Reader = Callable[[Runs, Windows], list[list[tuple[int, int]]]]
"""Gives, for each window, the forms of its tokens with their places."""


class WindowTable(dict[tuple[int, str], int]):
    """The numbers of the windows that were seen, by where in a text they begin, behind their context.

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
        self.clear()
        self.found = FormLists()
        self.tokens = Column()
        self._characters = 0

    def forget_when_full(self) -> None:
        """Begin anew when there is too much to remember; the numbers that were given are not valid then."""
        if len(self) > self._capacity or self._characters > _MOST_CHARACTERS:
            self._begin()

    def numbers(self, runs: Runs, windows: Windows) -> Indexes:
        """Return the numbers of windows."""
        begins = runs.starts[windows.firsts] - runs.starts[windows.contexts]
        keys = [*zip(begins.tolist(), windows.texts(runs), strict=True)]
        new = {key: place for place, key in enumerate(keys) if key not in self}
        if new:
            for key, tokens in zip(new, self._read(runs, windows.at([*new.values()])), strict=True):
                # The same day can be twice at one position: 24-24 januari 2023.
                self[key] = self.found.add(dict.fromkeys(tokens))
                self.tokens.append(len(tokens))
                self._characters += len(key[1])
        return np.fromiter(map(self.__getitem__, keys), dtype=np.intp, count=len(keys))
