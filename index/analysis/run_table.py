"""Texts as runs of characters between spaces, and what is remembered of each distinct run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import Analyzer
from index.analysis.form_lists import Column, FormLists, Indexes, Ints
from index.analysis.form_table import FormTable
from index.analysis.run_traits import Trait, is_near, traits

# Most runs are a word with a capital letter or with marks around it, of which nothing else depends than how
# long they are; but `w.` may be in an address, and short letters in brackets are a party.
_WORD: Final = re.compile(
    r"(?P<open>[(\"”]?)(?P<letters>[A-Za-zÅÄÖÉåäöé]{2,64})(?:[,;:!?)\"”]|(?<![wW])\.){0,3}"
)
_LONGER_THAN_PARTIES: Final = 5

_MOST_CHARACTERS: Final = 50_000_000
"""Of all runs that are remembered: one of them can be a whole text."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The runs of a batch of texts, none of them empty; one entry a run.

    Attributes:
        text: all texts with a space between them.
        texts: intp, ascending: to which text a run belongs.
        numbers: intp, of the run table.
        traits: int32, bits of `Trait`.
        starts: int64, offset in `text` of its first character.
        ends: int64, offset behind its last.
        positions: int64, counted in its text: of its first word, or of the next one when it has none.
        firsts: intp, shape (texts + 1,): where the runs of each text begin, and the number of all.
    """

    text: str
    texts: Indexes
    numbers: Indexes
    traits: Ints
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    positions: NDArray[np.int64]
    firsts: Indexes


class RunTable(dict[str, int]):
    """The numbers of the runs that were seen, of at most `capacity`, and those of one batch more.

    Attributes:
        words: the forms of the words of each run, at places counted from its first.
    """

    def __init__(self, analyzer: Analyzer, forms: FormTable, capacity: int) -> None:
        self._analyzer = analyzer
        self._form_table = forms
        self._capacity = capacity
        self._begin()

    def _begin(self) -> None:
        self.clear()
        self.words = FormLists()
        self._widths = Column()
        self._lengths = Column()
        self._traits = Column()
        self._characters = 0

    def forget_when_full(self) -> None:
        """Begin anew when there is too much to remember; the numbers that were given are not valid then."""
        if len(self) > self._capacity or self._characters > _MOST_CHARACTERS:
            self._begin()

    def __missing__(self, run: str) -> int:
        word = _WORD.fullmatch(run)
        if word is None:
            return self._read(run)
        letters = word["letters"]
        plain = letters.casefold()
        if plain == run:
            forms = ((self._form_table.of_word(run, self._analyzer.keys_of_word), 0),)
            return self._add(run, self.words.add(forms), 1, traits(run))
        number = self[plain]
        bits = self._traits.at(number)
        if word["open"] and (bits != Trait.WORD or len(letters) < _LONGER_THAN_PARTIES):
            return self._read(run)
        if is_near(letters):
            bits |= Trait.NEAR
        return self._add(run, self.words.add_again(number), 1, bits)

    def _read(self, run: str) -> int:
        """Add a run of any kind."""
        found = self._analyzer.read_run(run)
        forms = ((self._form_table.of_token(token), token.position) for token in found)
        return self._add(run, self.words.add(forms), found[-1].position + 1 if found else 0, traits(run))

    def _add(self, run: str, number: int, width: int, bits: int) -> int:
        self._widths.append(width)
        self._lengths.append(len(run))
        self._traits.append(bits)
        self._characters += len(run)
        self[run] = number
        return number

    def runs(self, texts: Sequence[str]) -> Runs:
        """Return the runs of texts."""
        # Spaces that do not break a line are common in numbers, and normalisation makes plain ones of them.
        text = " ".join(texts).replace("\u00a0", " ")
        written = text.replace("\n", " ").split(" ")
        numbers = np.fromiter(map(self.__getitem__, written), dtype=np.intp, count=len(written))
        lengths = self._lengths.take(numbers)
        ends = np.cumsum(lengths + 1, dtype=np.int64) - 1
        if not lengths.all():
            # Between two spaces, or a space and the end of a line.
            filled = lengths != 0
            numbers, lengths, ends = (column.compress(filled) for column in (numbers, lengths, ends))
        starts = ends - lengths
        firsts = np.searchsorted(starts, [*accumulate((len(text) + 1 for text in texts), initial=0)])
        widths = self._widths.take(numbers)
        last_positions = np.cumsum(widths, dtype=np.int64)
        before = np.concatenate(([0], last_positions))[firsts[:-1]]
        counts = np.diff(firsts)
        return Runs(
            text=text,
            texts=np.repeat(np.arange(len(texts)), counts),
            numbers=numbers,
            traits=self._traits.take(numbers),
            starts=starts,
            ends=ends,
            positions=last_positions - widths - np.repeat(before, counts),
            firsts=firsts,
        )
