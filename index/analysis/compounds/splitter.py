"""Splits Swedish compounds: *skolskjutsreglementet* is skol, skjuts and reglementet.

The word list says of a form whether it may begin, continue or end a compound. Of the ways to put a word
together from such parts the cheapest wins: few parts, long ones, and parts that begin or end many words of
the list. A word of the list is split only where it inflects as its last part does: that is why *kristaller*
is not *kris* and *tall*, which has the plural *tallar*. A table adds parts that the list forgot, and forbids
particles and endings.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
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
_PAIR: Final = 2
_MOST_REMEMBERED: Final = 20_000

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
    """The cheapest way to a place in a word: how dear and how many its parts are, and the last of them."""

    cost: float
    length: int
    start: int
    end: int
    lemmas: tuple[str, ...]


_BEGINNING: Final = _Way(0.0, 0, 0, 0, ())
_cost = attrgetter("cost")


class _Whole(NamedTuple):
    """What the word to split is known as.

    Attributes:
        readings: of the word; none when it is unknown.
        is_name: it is a name and nothing else.
        inside: it is itself a part of a compound, and not the last.
    """

    readings: list[Reading]
    is_name: bool
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
        # Compounds share their parts, and who asks for the lemmas of a word next asks for its parts.
        self._finest = lru_cache(_MOST_REMEMBERED)(self._split)

    def split(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the smallest sensible parts of a word from left to right, none when it is no compound."""
        return self._finest(word, Role.WORD)

    def parts(self, word: str) -> tuple[CompoundPart, ...]:
        """Return the parts of a word at every level, but not the word itself, by where they begin and end.

        *Skolskjutsreglementet* has skola, skolskjuts, skjuts, skjutsreglemente and reglemente. What consists
        of several of the smallest parts need not be in the lexicon.
        """
        flat = self.split(word)
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

    def _split(self, word: str, role: int) -> tuple[CompoundPart, ...]:
        """Return the smallest parts: one that the cheapest way takes whole may be a compound itself.

        What is looked into is shorter each time, and the first word has at most 64 letters.

        Args:
            word: a word, or a part of one.
            role: what it is: `Role.WORD` also of a last part, `_BEGINS` of one that others follow.
        """
        found: list[CompoundPart] = []
        for part in self._cheapest(word, role):
            start, end, _ = part
            finer = self._finest(word[start:end], role if end == len(word) else _BEGINS)
            found += [CompoundPart(start + begin, start + stop, lemmas) for begin, stop, lemmas in finer] or [
                part
            ]
        return tuple(found)

    def _cheapest(self, word: str, role: int) -> list[CompoundPart]:
        """Return the parts of the cheapest way through a word, none when the word is no compound."""
        if (
            not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD
            or word in self._never_split
            or not word.isalpha()
        ):
            return []
        ways = self._ways(word)
        ends = [
            (start, heads)
            for start in sorted(ways)
            if ways[start].length < _MOST_PARTS and (heads := self._costs.heads(word[start:]))
        ]
        # Most words that are no compounds have none: the rest is not looked at.
        whole = self._whole(word, role) if ends else None
        if whole is None:
            return []
        lasts = [
            last
            for start, heads in ends
            if (last := _ended(word, start, ways[start], heads, whole)) is not None
        ]
        return _walked(ways, min(lasts, key=_cost)) if lasts else []

    def _whole(self, word: str, role: int) -> _Whole | None:
        """Return what a word is known as, `None` when it is never split."""
        readings = [reading for reading in self._lexicon.readings(word) if reading.roles & role]
        is_name = bool(readings)
        for lemma, roles, _ in readings:
            if lemma in self._never_split:
                return None
            is_name = is_name and bool(roles & Role.NAME)
        return _Whole(readings, is_name, role == _BEGINS)

    def _ways(self, word: str) -> dict[int, _Way]:
        """Return the cheapest way to each place in a word where its next part may begin."""
        ways: dict[int, _Way] = {}
        # The class's own constructor is written in Python and takes twice the time.
        new, most, size = tuple.__new__, _MOST_PARTS, len(word)
        prefixes, parts = self._costs.prefixes, self._costs.beginnings
        for start in range(size):
            so_far = ways.get(start) if start else _BEGINNING
            if so_far is None or so_far.length == most:
                continue
            before, length = so_far.cost + _PART, so_far.length + 1
            for form in prefixes(word[start:]):
                end = start + len(form)
                if end == size:
                    break
                part = parts[form]
                cost = before + (part.middle if start else part.first)
                known = ways.get(end)
                if known is None or cost < known.cost:
                    ways[end] = new(_Way, (cost, length, start, end, part.lemmas))
                if word[end - 1] == word[end - 2] and _may_share_letter(word, start, end):
                    known = ways.get(end - 1)
                    if known is None or cost < known.cost:
                        ways[end - 1] = new(_Way, (cost, length, start, end, part.lemmas))
        return ways


def _ended(word: str, start: int, way: _Way, heads: tuple[Head, ...], whole: _Whole) -> _Way | None:
    """Return a way with the last part behind it, `None` where none of `heads` may be it."""
    found = []
    for head in heads:
        extra = _disagreement(word, start, head, whole)
        if extra is not None:
            found.append((head.cost + extra, head.lemma))
    if not found:
        return None
    found.sort()
    lemmas = tuple(dict.fromkeys([lemma for _, lemma in found]))
    return _Way(way.cost + found[0][0] + _PART, way.length + 1, start, len(word), lemmas)


def _disagreement(word: str, start: int, head: Head, whole: _Whole) -> float | None:
    """Return what a last part costs besides by what the word is known as, `None` when it cannot be it."""
    if head.bound and not whole.inside:
        return None
    if not whole.readings:
        return 0.0
    lemma = head.lemma
    if whole.is_name:
        # Skolinspektionen, but not Strömstad.
        definite = word[start:].removesuffix("s") != lemma.removesuffix("s")
        return 0.0 if definite and len(lemma) >= _SHORTEST_IN_NAME else None
    compound = word[:start] + lemma
    for reading in whole.readings:
        if reading.lemma == compound and inflect_alike(set(reading.declension), head.declension):
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


def _walked(ways: dict[int, _Way], last: _Way) -> list[CompoundPart]:
    """Return the parts on the way to the end of a word when they are cheap enough."""
    if last.cost > last.length * (_DEAREST + _PART):
        return []
    parts = [CompoundPart(last.start, last.end, last.lemmas)]
    while last.start:
        last = ways[last.start]
        parts.append(CompoundPart(last.start, last.end, last.lemmas))
    return parts[::-1]


def _joined(word: str, first: CompoundPart, last: CompoundPart) -> CompoundPart:
    """Return the parts from `first` to `last` as one: it inflects as its last."""
    if first is last:
        return first
    beginning = word[first.start : last.start]
    return CompoundPart(first.start, last.end, tuple(beginning + lemma for lemma in last.lemmas))
