"""Splits Swedish compounds: *skolskjutsreglementet* is skol, skjuts and reglementet.

The word list says of a form whether it may begin, continue or end a compound. Of the ways to put a word
together from such parts the cheapest wins: few parts, long ones, and parts that begin or end many words of
the list. A word of the list is split only where it inflects as its last part does: that is why *kristaller*
is not *kris* and *tall*, which has the plural *tallar*. A table adds parts that the list forgot, and forbids
particles and endings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from index.analysis.compounds.cheapest import LONGEST_WORD, OF_TABLE, split_all
from index.analysis.compounds.splitter_arrays import splitter_arrays
from index.analysis.compounds.table import read_compound_table
from index.analysis.lexicon.automaton import code_points
from index.analysis.lexicon.lexicon import Lexicon

RULES: Final = 1
"""To be raised by every change after which a word may be split otherwise."""

_PAIR: Final = 2
_MOST_REMEMBERED: Final = 20_000
_MOST_PARTS_REMEMBERED: Final = 50_000


class CompoundPart(NamedTuple):
    """A part of a compound: where it stands in the word, and its dictionary forms."""

    start: int
    end: int
    lemmas: tuple[str, ...]


Parts = tuple[CompoundPart, ...]


class CompoundSplitter:
    """Splits words by a lexicon. May be used by several threads.

    Words are casefolded and without accents other than those of å, ä and ö. The time it takes grows at most
    with the square of a word's length; words of more than 64 letters are not split.

    Attributes:
        version: another one splits some word otherwise.
        first_parts: those that the table adds, with their dictionary forms.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        table = read_compound_table()
        self.version = f"{RULES}-{table.checksum}"
        self.first_parts = table.first
        self._rules = lexicon.rules
        self._arrays = splitter_arrays(lexicon, table)
        # Who asks for the lemmas of a word next asks for its parts.
        self._split = lru_cache(_MOST_REMEMBERED)(self._split_one)
        self._lemmas: dict[tuple[str, tuple[int, ...]], tuple[str, ...]] = {}

    def split(self, word: str) -> Parts:
        """Return the smallest sensible parts of a word from left to right, none when it is no compound."""
        return self._split(word)

    def split_all(self, words: Sequence[str]) -> list[Parts]:
        """Return the same of each of many words, which takes a fifth of the time."""
        arrays = self._arrays
        codes, ends = code_points(words)
        out = np.empty(len(ends) + len(codes) * (3 + arrays.most_readings), np.int64)
        ways = tuple(np.empty((7, LONGEST_WORD), np.int64))
        size = split_all(arrays.lexicon, arrays.alphabet, codes, ends, ways, arrays.most_readings, out)
        numbers = out[:size].tolist()
        if len(self._lemmas) > _MOST_PARTS_REMEMBERED:
            self._lemmas = {}
        return [*_parts_of(words, numbers, self._lemmas_of)]

    def parts(self, word: str) -> Parts:
        """Return the parts of a word at every level, but not the word itself, by where they begin and end.

        *Skolskjutsreglementet* has skola, skolskjuts, skjuts, skjutsreglemente and reglemente. What consists
        of several of the smallest parts need not be in the lexicon.
        """
        return all_levels(word, self.split(word))

    def joins(self, first: str, second: str) -> bool:
        """Tell whether two neighbours make a compound when they are written together (`skol skjuts`)."""
        return any(part.start == len(first) for part in self.split(first + second)[1:])

    def _split_one(self, word: str) -> Parts:
        return self.split_all([word])[0]

    def _lemmas_of(self, surface: str, rules: tuple[int, ...]) -> tuple[str, ...]:
        """Return the dictionary forms of a part, which compounds share."""
        found = self._lemmas.get((surface, rules))
        if found is None:
            found = self._lemmas[surface, rules] = tuple(self._lemma(surface, rule) for rule in rules)
        return found

    def _lemma(self, surface: str, rule: int) -> str:
        if rule == OF_TABLE:
            return self.first_parts[surface]
        strip, add = self._rules[rule]
        return surface[: len(surface) - strip] + add


def all_levels(word: str, flat: Parts) -> Parts:
    """Return the parts of a word at every level, but not the word itself, by its smallest parts."""
    # Of most compounds, which have two, the smallest are all.
    return (
        tuple(
            _joined(word, part, flat[last])
            for first, part in enumerate(flat)
            for last in range(first, len(flat))
            if last - first < len(flat) - 1
        )
        if len(flat) > _PAIR
        else flat
    )


def lemmas_of(word: str, flat: Parts) -> tuple[str, ...]:
    """Return the dictionary forms of a compound, by those of the last of its smallest parts."""
    return _joined(word, flat[0], flat[-1]).lemmas if flat else ()


def _joined(word: str, first: CompoundPart, last: CompoundPart) -> CompoundPart:
    """Return the parts from `first` to `last` as one: it inflects as its last."""
    if first is last:
        return first
    beginning = word[first.start : last.start]
    return CompoundPart(first.start, last.end, tuple([beginning + lemma for lemma in last.lemmas]))


def _parts_of(
    words: Sequence[str],
    numbers: list[int],
    lemmas_of_part: Callable[[str, tuple[int, ...]], tuple[str, ...]],
) -> Iterator[Parts]:
    """Read what the compiled splitter found of words."""
    at, new = 0, tuple.__new__
    for word in words:
        count, at = numbers[at], at + 1
        parts = []
        for _ in range(count):
            start, end, of_rules = numbers[at], numbers[at + 1], at + 3
            at = of_rules + numbers[at + 2]
            lemmas = lemmas_of_part(word[start:end], tuple(numbers[of_rules:at]))
            # The class's own constructor is written in Python and takes twice the time.
            parts.append(new(CompoundPart, (start, end, lemmas)))
        yield tuple(parts)
