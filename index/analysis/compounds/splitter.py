"""Splits Swedish compounds: *skolskjutsreglementet* is skol, skjuts and reglementet.

The word list says of a form whether it may begin, continue or end a compound. Of the ways to put a word
together from such parts the cheapest wins: few parts, long ones, and parts that begin or end many words of
the list. A word of the list is split only where it inflects as its last part does: that is why *kristaller*
is not *kris* and *tall*, which has the plural *tallar*. A table adds parts that the list forgot, and forbids
particles and endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from index.analysis.compounds.costs import Head, PartCosts
from index.analysis.compounds.table import read_compound_table
from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.lexicon import Lexicon, Reading, inflect_alike

RULES: Final = 1
"""To be raised by every change after which a word may be split otherwise."""

_SHORTEST_WORD: Final = 5
_LONGEST_WORD: Final = 64
_MOST_PARTS: Final = 8
_MOST_REMEMBERED: Final = 1_000

_PART: Final = 3.0
"""What any part costs besides, so that few win over many."""
_DEAREST: Final = 9.0
"""What the parts may cost on average; a word whose parts are dearer is no compound."""
_OTHER_DECLENSION: Final = 4.0
_SHORTEST_OF_OTHER_DECLENSION: Final = 5
_SHORTEST_IN_NAME: Final = 4

_BEGINS: Final = Role.FIRST | Role.MIDDLE
_VOWELS: Final = frozenset("aeiouyåäö")


class CompoundPart(NamedTuple):
    """A part of a compound: where it stands in the word, and its dictionary forms."""

    start: int
    end: int
    lemmas: tuple[str, ...]


class _Way(NamedTuple):
    """The cheapest way to a place in a word: its last part, and how many and how dear all of them are."""

    cost: float
    length: int
    part: CompoundPart
    before: int


class _Whole(NamedTuple):
    """What the word to split is known as.

    Attributes:
        readings: of the word; none when it is unknown.
        inside: it is itself a part of a compound, and not the last.
    """

    readings: tuple[Reading, ...]
    inside: bool


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
        self._lexicon = lexicon
        self._never_split = table.whole
        self._costs = PartCosts(lexicon, table)
        # Who asks for the lemmas of a word next asks for its parts.
        self._last_split = lru_cache(_MOST_REMEMBERED)(self._split)

    def split(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the smallest sensible parts of a word from left to right, none when it is no compound."""
        return self._last_split(word)

    def parts(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the parts of a word at every level, but not the word itself, by where they begin and end.

        *Skolskjutsreglementet* has skola, skolskjuts, skjuts, skjutsreglemente and reglemente. What consists
        of several of the smallest parts need not be in the lexicon.
        """
        flat = self.split(word)
        return tuple(
            _joined(word, part, flat[last])
            for first, part in enumerate(flat)
            for last in range(first, len(flat))
            if last - first < len(flat) - 1
        )

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Return the dictionary forms of a word: the lexicon's, or a compound's by those of its last part."""
        known = self._lexicon.lemmas(word)
        if known:
            return known
        flat = self.split(word)
        return _joined(word, flat[0], flat[-1]).lemmas if flat else ()

    def joins(self, first: str, second: str) -> bool:
        """Tell whether two neighbours make a compound when they are written together (`skol skjuts`)."""
        return any(part.start == len(first) for part in self.split(first + second)[1:])

    def _split(self, word: str) -> tuple[CompoundPart, ...]:
        return tuple(self._finest(word, 0, inside=False))

    def _finest(self, word: str, offset: int, *, inside: bool) -> Iterator[CompoundPart]:
        """Yield the smallest parts: one that the cheapest way takes whole may be a compound itself.

        What is looked into is shorter each time, and the first word has at most 64 letters.
        """
        for part in self._cheapest(word, inside=inside):
            inner = word[part.start : part.end]
            finer = [*self._finest(inner, offset + part.start, inside=inside or part.end < len(word))]
            yield from finer or [part._replace(start=offset + part.start, end=offset + part.end)]

    def _cheapest(self, word: str, *, inside: bool) -> list[CompoundPart]:
        """Return the parts of the cheapest way through a word, none when the word is no compound."""
        role = _BEGINS if inside else Role.WORD
        whole = _Whole(tuple(known for known in self._lexicon.readings(word) if known.roles & role), inside)
        if (
            not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD
            or word in self._never_split
            or any(reading.lemma in self._never_split for reading in whole.readings)
        ):
            return []
        ways: dict[int, _Way] = {}
        for start in range(len(word)):
            if start == 0 or start in ways:
                self._go_on(word, start, ways, whole)
        return _walked(ways, len(word))

    def _go_on(self, word: str, start: int, ways: dict[int, _Way], whole: _Whole) -> None:
        """Enter the places that one more part leads to, where that is the cheapest way to them."""
        so_far, length = (ways[start].cost, ways[start].length) if start else (0.0, 0)
        if length == _MOST_PARTS:
            return
        for form in self._costs.candidates(word[start:]):
            end = start + len(form)
            found = self._step(word, start, end, whole)
            if found is None:
                continue
            cost = so_far + found[0] + _PART
            way = _Way(cost, length + 1, CompoundPart(start, end, found[1]), start)
            for place in (end, end - 1) if _may_share_letter(word, start, end) else (end,):
                if place not in ways or cost < ways[place].cost:
                    ways[place] = way

    def _step(self, word: str, start: int, end: int, whole: _Whole) -> tuple[float, tuple[str, ...]] | None:
        """Return a part's cost where it stands, and its lemmas; `None` when it may not stand there."""
        costs = self._costs.of(word[start:end])
        if end < len(word):
            cost = costs.middle if start else costs.first
            return None if cost is None else (cost, costs.lemmas)
        if not start:
            return None
        found = [
            (head.cost + extra, head.reading.lemma)
            for head in costs.heads
            if (extra := _disagreement(word, start, head, whole)) is not None
        ]
        return (min(found)[0], tuple(dict.fromkeys(lemma for _, lemma in sorted(found)))) if found else None


def _disagreement(word: str, start: int, head: Head, whole: _Whole) -> float | None:
    """Return what a last part costs besides by what the word is known as, `None` when it cannot be it."""
    if head.bound and not whole.inside:
        return None
    if not whole.readings:
        return 0.0
    lemma, declension = head.reading.lemma, set(head.reading.declension)
    if all(reading.roles & Role.NAME for reading in whole.readings):
        # Skolinspektionen, but not Strömstad.
        definite = word[start:].removesuffix("s") != lemma.removesuffix("s")
        return 0.0 if definite and len(lemma) >= _SHORTEST_IN_NAME else None
    for reading in whole.readings:
        if reading.lemma == word[:start] + lemma and inflect_alike(set(reading.declension), declension):
            return 0.0
    return _OTHER_DECLENSION if len(lemma) >= _SHORTEST_OF_OTHER_DECLENSION else None


def _may_share_letter(word: str, start: int, end: int) -> bool:
    """Tell whether the next part may begin with a part's last letter: of three alike one is not written."""
    return (
        end - start > 2
        and end < len(word)
        and word[end - 1] == word[end - 2]
        and word[end - 1] not in _VOWELS
    )


def _walked(ways: dict[int, _Way], length: int) -> list[CompoundPart]:
    """Return the parts on the way to the end of a word when they are cheap enough."""
    last = ways.get(length)
    if last is None or last.cost > last.length * (_DEAREST + _PART):
        return []
    parts = [last.part]
    while last.before:
        last = ways[last.before]
        parts.append(last.part)
    return parts[::-1]


def _joined(word: str, first: CompoundPart, last: CompoundPart) -> CompoundPart:
    """Return the parts from `first` to `last` as one: it inflects as its last."""
    beginning = word[first.start : last.start]
    return CompoundPart(first.start, last.end, tuple(beginning + lemma for lemma in last.lemmas))
