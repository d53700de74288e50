"""What is remembered of each distinct window of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from index.analysis.form_lists import Column, FormLists, Indexes
from index.analysis.run_table import Runs
from index.analysis.text_windows import Windows
from index.analysis.tokens import Token

_MOST_CHARACTERS: Final = 50_000_000
"""Of all windows that are remembered: one of them can be a whole text."""


class WindowTable(dict[tuple[int, str], int]):
    """The numbers of the windows that were seen, by where in a text they begin, behind their context.

    Args:
        read: gives the tokens that are looked for in a text, with their positions in it.
        number_of: gives the number of a token's form.
        capacity: how many are remembered at most, those of one batch more.

    Attributes:
        found: the forms in each window, at places counted from the first word of its context.
        tokens: how many tokens were found in each.
    """

    def __init__(
        self, read: Callable[[str], list[Token]], number_of: Callable[[Token], int], capacity: int
    ) -> None:
        self._read = read
        self._number_of = number_of
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

    def __missing__(self, window: tuple[int, str]) -> int:
        begin, text = window
        tokens = [token for token in self._read(text) if token.start >= begin]
        # The same day can be twice at one position: 24-24 januari 2023.
        number = self.found.add(dict.fromkeys((self._number_of(token), token.position) for token in tokens))
        self.tokens.append(len(tokens))
        self._characters += len(text)
        self[window] = number
        return number

    def numbers(self, runs: Runs, windows: Windows) -> Indexes:
        """Return the numbers of windows."""
        text = runs.text
        starts = runs.starts[windows.contexts]
        begins = (runs.starts[windows.firsts] - starts).tolist()
        ends = runs.ends[windows.lasts].tolist()
        keys = (
            (begin, text[start:end]) for begin, start, end in zip(begins, starts.tolist(), ends, strict=True)
        )
        return np.fromiter(map(self.__getitem__, keys), dtype=np.intp, count=len(ends))
