"""What a form costs as a part of a compound: less when it is long, and when many words have it."""

from __future__ import annotations

from typing import Final, NamedTuple

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
_REMEMBERED: Final = 100_000


class Head(NamedTuple):
    """A form as a last part.

    Attributes:
        cost: of the part.
        reading: as what it is one.
        bound: it is one only inside the first part of a longer word (`skjuts` in *skolskjuts|reglemente*).
    """

    cost: float
    reading: Reading
    bound: bool


class Costs(NamedTuple):
    """What a form costs where it may stand.

    Attributes:
        first: as first part; `None` when it may not be.
        middle: as a part with others on both sides; likewise.
        lemmas: its dictionary forms in those places.
        heads: as last part.
    """

    first: float | None
    middle: float | None
    lemmas: tuple[str, ...]
    heads: tuple[Head, ...]


class PartCosts:
    """Looks up costs, once for each form."""

    def __init__(self, lexicon: Lexicon, table: CompoundTable) -> None:
        self._lexicon = lexicon
        self._table = table
        self._lengths = sorted({len(part) for part in table.first})
        self._found: dict[str, Costs] = {}

    def candidates(self, text: str) -> list[str]:
        """Return the parts that a text may begin with, those of two letters only by the table."""
        found = [
            form
            for form in self._lexicon.prefixes(text)
            if len(form) >= _SHORTEST or form in self._table.last
        ]
        for length in self._lengths:
            form = text[:length]
            if form in self._table.first and form not in found:
                found.append(form)
        return found

    def of(self, form: str) -> Costs:
        """Return the costs of a form."""
        costs = self._found.get(form)
        if costs is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            costs = self._found[form] = self._of(form)
        return costs

    def _of(self, form: str) -> Costs:
        readings = self._lexicon.readings(form)
        heads = (
            ()
            if form in self._table.not_last
            else tuple(filter(None, map(self._head, [form] * len(readings), readings)))
        )
        begins = [reading for reading in readings if reading.roles & (Role.FIRST | Role.MIDDLE)]
        family = self._lexicon.family(form).begins
        if form in self._table.first:
            cost = _WITHOUT_FAMILY - max(family, _FAMILY_OF_TABLE)
            return Costs(cost, cost, (self._table.first[form],), heads)
        lemmas = tuple(dict.fromkeys(reading.lemma for reading in begins))
        if not begins or form in self._table.not_first:
            return Costs(None, None, lemmas, heads)
        roles = 0
        for reading in begins:
            roles |= reading.roles
        cost = _WITHOUT_FAMILY - family + _SHORT.get(len(form), 0.0)
        if all(reading.roles & Role.NAME for reading in readings):
            cost += _NAME
        first = cost if roles & Role.FIRST else cost + _ONLY_MIDDLE
        return Costs(first, cost if roles & Role.MIDDLE else cost + _ONLY_FIRST, lemmas, heads)

    def _head(self, form: str, reading: Reading) -> Head | None:
        table, lemma = self._table, reading.lemma
        if lemma in table.not_last or reading.roles & Role.NAME:
            return None
        ends = bool(reading.roles & Role.LAST) or (lemma in table.last and bool(reading.roles & Role.WORD))
        if not ends and not reading.roles & (Role.FIRST | Role.MIDDLE):
            return None
        family = self._lexicon.family(lemma).ends
        if lemma in table.last:
            return Head(_WITHOUT_FAMILY - max(family, _FAMILY_OF_TABLE), reading, not ends)
        short = _SHORT.get(min(len(form), len(lemma)), 0.0)
        return Head(_WITHOUT_FAMILY - family + short, reading, not ends)
