"""What the forms of a lexicon can be, as numbers: an entry of the lexicon is a list of readings and a family.

Many forms share an entry, since a reading tells how to make the dictionary form of a form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from index.analysis.lexicon.affixes import WordListBroken
from index.analysis.lexicon.automaton import MOST_NUMBERS, Alphabet, Longs, automaton

_MOST: Final = 255


class Reading(NamedTuple):
    """What a form can be.

    Attributes:
        lemma: its dictionary form.
        roles: bits of `Role`: where it may stand.
        declension: the inflections of its word, one letter each.
    """

    lemma: str
    roles: int
    declension: str


class Family(NamedTuple):
    """How many words of the list a part begins and ends, in doublings: 0 none, 1 one, 2 two or three."""

    begins: int
    ends: int


class Arrays(NamedTuple):
    """A lexicon's arrays, all int64.

    Attributes:
        edges: the automaton of the forms; the number of a form is that of its entry.
        entries: of each entry where its readings begin, and its family; the first is of unknown forms, and
            behind the last stands where the readings end.
        readings: of each the number of its lemma's rule, its roles and the number of its declension.
    """

    edges: Longs
    entries: Longs
    readings: Longs


NO_FAMILY: Final = Family(0, 0)


def packed_entry(first: int, family: Family) -> int:
    """Return an entry as it is in the array."""
    return first | family.begins << 32 | family.ends << 40


def unpacked_entry(entry: int) -> tuple[int, Family]:
    """Return the place of the first reading, and the family."""
    return entry & 0xFFFFFFFF, Family(entry >> 32 & 0xFF, entry >> 40)


def packed_reading(rule: int, roles: int, declension: int) -> int:
    """Return a reading as it is in the array."""
    return rule << 32 | roles << 16 | declension


def unpacked_reading(reading: int) -> tuple[int, int, int]:
    """Return rule, roles and declension."""
    return reading >> 32, reading >> 16 & 0xFFFF, reading & 0xFFFF


def family(begun: int, ended: int) -> Family:
    """Return the family of a part by how many words it begins and ends."""
    return Family(min(begun.bit_length(), _MOST), min(ended.bit_length(), _MOST))


class FormReadings:
    """The readings of forms while a lexicon is compiled: a million forms have some thousand lists of them.

    Attributes:
        lists: the number of each form's list.
    """

    def __init__(self) -> None:
        self.lists: dict[str, int] = {}
        # A list is another one, 0 for none, with a reading behind it.
        self._longer: dict[tuple[int, int], int] = {}

    def add(self, form: str, reading: int) -> None:
        """Add a reading of a form."""
        self.lists[form] = self._longer.setdefault((self.lists.get(form, 0), reading), len(self._longer) + 1)

    def arrays(self, families: Mapping[str, Family], alphabet: Alphabet) -> Arrays:
        """Return the lexicon's arrays, by the families of forms and an alphabet of all their letters."""
        numbers: dict[tuple[tuple[int, ...], Family], int] = {}
        lists = self._ordered_lists()
        forms = sorted(self.lists)
        of_forms = [
            numbers.setdefault((lists[self.lists[form]], families.get(form, NO_FAMILY)), len(numbers) + 1)
            for form in forms
        ]
        if len(numbers) > MOST_NUMBERS:
            raise WordListBroken("the list has more kinds of words than a language can have")
        entries, readings = [packed_entry(0, NO_FAMILY)], list[int]()
        for found, of_entry in numbers:
            entries.append(packed_entry(len(readings), of_entry))
            readings += found
        entries.append(packed_entry(len(readings), NO_FAMILY))
        return Arrays(automaton(forms, of_forms, alphabet), *map(_longs, (entries, readings)))

    def _ordered_lists(self) -> list[tuple[int, ...]]:
        """Return the lists by number: the readings of a lemma that has more of them come first."""
        found: list[tuple[int, ...]] = [()]
        for before, reading in self._longer:
            found.append((*found[before], reading))
        return [*map(_ordered, found)]


def _ordered(readings: tuple[int, ...]) -> tuple[int, ...]:
    distinct = set(readings)
    lemmas = Counter(unpacked_reading(reading)[0] for reading in distinct)
    return tuple(sorted(distinct, key=lambda reading: (-lemmas[unpacked_reading(reading)[0]], reading)))


def _longs(values: list[int]) -> Longs:
    return np.array(values, np.int64)
