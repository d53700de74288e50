"""What a form costs as a part of a compound: less when it is long, and when many words have it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import marisa_trie

from index.analysis.compounds.table import CompoundTable
from index.analysis.lexicon.affixes import Role
from index.analysis.lexicon.lexicon import Lexicon, Reading

# In doublings of the number of words that a part begins or ends.
_WITHOUT_FAMILY: Final = 8.0
_SHORT: Final = {3: 3.0, 4: 1.0}
_ONLY_MIDDLE: Final = 2.0
_ONLY_FIRST: Final = 1.0
_NAME: Final = 4.0
_FAMILY_OF_TABLE: Final = 5

_SHORTEST: Final = 3
_REMEMBERED: Final = 50_000


class Beginning(NamedTuple):
    """A form as a part with others behind it.

    Attributes:
        first: its cost as the first part.
        middle: its cost as a part with others on both sides.
        lemmas: its dictionary forms there.
    """

    first: float
    middle: float
    lemmas: tuple[str, ...]


class Head(NamedTuple):
    """A form as a last part.

    Attributes:
        cost: of the part.
        lemma: its dictionary form.
        declension: how it inflects.
        bound: it is one only inside the first part of a longer word (`skjuts` in *skolskjuts|reglemente*).
    """

    cost: float
    lemma: str
    declension: frozenset[str]
    bound: bool


class _Beginnings(dict[str, Beginning]):
    """What forms are as parts with others behind them, as far as they were asked for."""

    def __init__(self, read: Callable[[str], Beginning]) -> None:
        self._read = read

    def __missing__(self, form: str) -> Beginning:
        found = self[form] = self._read(form)
        return found


class PartCosts:
    """Looks up costs, once for each form.

    Attributes:
        beginnings: what each first part is.
        heads: gives a form as the last parts that it may be.
    """

    def __init__(self, lexicon: Lexicon, table: CompoundTable) -> None:
        self._lexicon = lexicon
        self._table = table
        self.beginnings = _Beginnings(self._beginning)
        self.heads = lru_cache(_REMEMBERED)(self._heads)

    @cached_property
    def prefixes(self) -> Callable[[str], list[str]]:
        """Gives the parts that a text of letters begins with, the shortest first."""
        table = self._table
        parts = {part for part in self._lexicon.first_parts if len(part) >= _SHORTEST or part in table.last}
        # A small trie of their own: to find those that a text begins with takes a seventh of the time.
        trie = marisa_trie.Trie(parts - table.not_first | table.first.keys())
        found: Callable[[str], list[str]] = trie.prefixes
        return found

    def _beginning(self, form: str) -> Beginning:
        family = self._lexicon.family(form).begins
        if form in self._table.first:
            cost = _WITHOUT_FAMILY - max(family, _FAMILY_OF_TABLE)
            return Beginning(cost, cost, (self._table.first[form],))
        readings = self._lexicon.readings(form)
        begins = [reading for reading in readings if reading.roles & (Role.FIRST | Role.MIDDLE)]
        roles = 0
        for reading in begins:
            roles |= reading.roles
        cost = _WITHOUT_FAMILY - family + _SHORT.get(len(form), 0.0)
        if all(reading.roles & Role.NAME for reading in readings):
            cost += _NAME
        return Beginning(
            cost if roles & Role.FIRST else cost + _ONLY_MIDDLE,
            cost if roles & Role.MIDDLE else cost + _ONLY_FIRST,
            tuple(dict.fromkeys(reading.lemma for reading in begins)),
        )

    def _heads(self, form: str) -> tuple[Head, ...]:
        """Return a form as the last parts that it may be."""
        table = self._table
        if form in table.not_last or (
            len(form) < _SHORTEST and form not in table.last and form not in table.first
        ):
            return ()
        heads = (self._head(form, reading) for reading in self._lexicon.readings(form))
        return tuple(head for head in heads if head is not None)

    def _head(self, form: str, reading: Reading) -> Head | None:
        table, lemma = self._table, reading.lemma
        if lemma in table.not_last or reading.roles & Role.NAME:
            return None
        ends = bool(reading.roles & Role.LAST) or (lemma in table.last and bool(reading.roles & Role.WORD))
        if not ends and not reading.roles & (Role.FIRST | Role.MIDDLE):
            return None
        family = self._lexicon.family(lemma).ends
        if lemma in table.last:
            cost = _WITHOUT_FAMILY - max(family, _FAMILY_OF_TABLE)
        else:
            cost = _WITHOUT_FAMILY - family + _SHORT.get(min(len(form), len(lemma)), 0.0)
        return Head(cost, lemma, frozenset(reading.declension), not ends)
