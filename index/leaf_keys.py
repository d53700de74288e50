"""What the leaves of a query ask for: the keys of words and of parts, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.beginnings import whole
from index.analysis.special import is_special
from index.analysis.tokens import Token
from index.query import Phrase, Prefix, Word
from index.query_tree import Leaf

_Bits = tuple[int, int]
"""Those of leaves, and those of the parts of compounds that may be near each other."""

_NONE: Final[_Bits] = 0, 0


class Place(NamedTuple):
    """A word of a run that the query asks for, or a part of one.

    Attributes:
        leaves: the bits of the words and prefixes that it matches.
        whole: those of them that it matches as a whole.
        groups: the bits of the parts that it is one of, if it is near the others.
        exact: the form as written if a phrase asks for it, else empty.
        position: counts words from the beginning of the run.
        start: offset in the run.
        end: offset behind it.
    """

    leaves: int
    whole: int
    groups: int
    exact: str
    position: int
    start: int
    end: int


class LeafKeys:
    """The keys that the leaves of one query ask for; each leaf is a bit.

    Attributes:
        all_leaves: the bits of all leaves.
        phrases: the phrases with their bits.
        compounds: the words that may be found in parts: the bits of their groups, and their own.
        specials: the special keys that are asked for.
    """

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.all_leaves = 0
        self.phrases: list[tuple[Phrase, int]] = []
        self.compounds: list[tuple[int, int]] = []
        self._prefixes: list[tuple[str, int]] = []
        self._exact: dict[str, int] = {}
        self._stems: dict[str, _Bits] = {}
        self._parts: dict[str, _Bits] = {}
        for number, leaf in enumerate(leaves):
            self._add(leaf, 1 << number)
        self._phrase_words = {word for phrase, _ in self.phrases for word in phrase.words}
        self._beginnings = tuple(prefix for prefix, _ in self._prefixes)
        self._asked = frozenset(self._phrase_words | self._exact.keys())
        # A set tells in half the time of a dictionary's keys that it has none of some others.
        self._asked_stems = frozenset(self._stems)
        self._asked_parts = frozenset(self._parts)
        self.specials = frozenset(filter(is_special, (*self._exact, *self._stems)))

    def _add(self, leaf: Leaf, bit: int) -> None:
        self.all_leaves |= bit
        match leaf:
            case Word():
                for word in leaf.exact:
                    self._exact[word] = self._exact.get(word, 0) | bit
                _add(self._stems, leaf.stems, bit, 0)
                _add(self._parts, leaf.parts, bit, 0)
                self._add_groups(leaf.near, bit)
            case Prefix():
                self._prefixes.append((leaf.prefix, bit))
            case Phrase():
                self.phrases.append((leaf, bit))

    def _add_groups(self, groups: Sequence[Iterable[str]], bit: int) -> None:
        wanted = 0
        lowest = 1 << sum(known.bit_count() for known, _ in self.compounds)
        for number, keys in enumerate(groups):
            for of_keys in (self._stems, self._parts):
                _add(of_keys, keys, 0, lowest << number)
            wanted |= lowest << number
        if wanted:
            self.compounds.append((wanted, bit))

    def beginnings(self, analyzer: Analyzer) -> set[str]:
        """Return beginnings, folded and without hyphens: a run without any has no word with `places`."""
        found = {whole(word) for word in self._asked if not is_special(word)}
        found.update(whole(prefix) for prefix in self._beginnings)
        for key in self._asked_stems | self._asked_parts:
            if not is_special(key):
                found |= analyzer.beginnings(key)
        return found - {""}

    def places(self, words: Iterable[Token]) -> tuple[Place, ...]:
        """Return those of some words, and of their parts, that a leaf asks for: of most words nothing."""
        asked, asked_stems, asked_parts = self._asked, self._asked_stems, self._asked_parts
        beginnings = self._beginnings
        found: list[Place] = []
        for exact, stems, parts, position, start, end in words:
            begins = exact.startswith(beginnings) if beginnings else False
            if begins or exact in asked or not asked_stems.isdisjoint(stems):
                bits, groups = _bits(self._stems, stems)
                bits |= self._exact.get(exact, 0)
                for prefix, bit in self._prefixes if begins else ():
                    bits |= bit if exact.startswith(prefix) else 0
                in_phrase = exact if exact in self._phrase_words else ""
                found.append(Place(bits, bits, groups, in_phrase, position, start, end))
            for _, keys, begin, finish in parts:
                if not asked_parts.isdisjoint(keys):
                    bits, groups = _bits(self._parts, keys)
                    found.append(
                        Place(bits, 0, groups, "", position, start + begin, min(start + finish, end))
                    )
        return tuple(found)

    def of_special(self, keys: Iterable[str]) -> int:
        """Return the bits of the leaves that ask for any of these special keys."""
        bits, _ = _bits(self._stems, keys)
        for key in keys:
            bits |= self._exact.get(key, 0)
        return bits

    def may_stand_together(self, places: Sequence[Place]) -> bool:
        """Tell whether there are all the words of a phrase, or all the parts of a compound."""
        groups = 0
        for place in places:
            groups |= place.groups
        if any(wanted & groups == wanted for wanted, _ in self.compounds):
            return True
        present = {place.exact for place in places} if self.phrases else set()
        return any(present.issuperset(phrase.words) for phrase, _ in self.phrases)


def _add(of_keys: dict[str, _Bits], keys: Iterable[str], leaves: int, groups: int) -> None:
    for key in keys:
        known = of_keys.get(key, _NONE)
        of_keys[key] = known[0] | leaves, known[1] | groups


def _bits(of_keys: Mapping[str, _Bits], keys: Iterable[str]) -> _Bits:
    leaves = groups = 0
    for key in keys:
        found = of_keys.get(key)
        if found is not None:
            leaves |= found[0]
            groups |= found[1]
    return leaves, groups
