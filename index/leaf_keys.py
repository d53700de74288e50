"""What the leaves of a query ask for: the keys of words and of parts, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from index.analysis.special import is_special
from index.analysis.tokens import Token
from index.query import Phrase, Prefix, Word
from index.query_tree import Leaf


class Place(NamedTuple):
    """A word of a run that the query asks for, or a part of one.

    Attributes:
        leaves: the bits of the words and prefixes that it matches.
        whole: those of them that it matches as a whole.
        groups: the bits of the parts that it is one of, if it is near the others.
        exact: the form as written, which a phrase may ask for; empty for a part.
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
        self._stems: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        for number, leaf in enumerate(leaves):
            self._add(leaf, 1 << number)
        self._phrase_words = {word for phrase, _ in self.phrases for word in phrase.words}
        self._beginnings = tuple(prefix for prefix, _ in self._prefixes)
        self._asked = frozenset(self._phrase_words | self._exact.keys())
        self._asked_stems = frozenset(self._stems.keys() | self._groups.keys())
        self._asked_parts = frozenset(self._parts.keys() | self._groups.keys())
        self.specials = frozenset(filter(is_special, (*self._exact, *self._stems)))

    def _add(self, leaf: Leaf, bit: int) -> None:
        self.all_leaves |= bit
        match leaf:
            case Word():
                _add_bit(self._exact, leaf.exact, bit)
                _add_bit(self._stems, leaf.stems, bit)
                _add_bit(self._parts, leaf.parts, bit)
                self._add_groups(leaf.near, bit)
            case Prefix():
                self._prefixes.append((leaf.prefix, bit))
            case Phrase():
                self.phrases.append((leaf, bit))

    def _add_groups(self, groups: Sequence[Iterable[str]], bit: int) -> None:
        wanted = 0
        lowest = 1 << sum(known.bit_count() for known, _ in self.compounds)
        for number, keys in enumerate(groups):
            _add_bit(self._groups, keys, lowest << number)
            wanted |= lowest << number
        if wanted:
            self.compounds.append((wanted, bit))

    def asks_for(self, words: Sequence[Token]) -> bool:
        """Tell whether any of `words` may have `places`; looked at for each run of a text, so it is quick."""
        asked, stems, parts = self._asked, self._asked_stems, self._asked_parts
        for word in words:
            if word[0] in asked or not stems.isdisjoint(word[1]):
                return True
            for part in word[2]:
                if not parts.isdisjoint(part[1]):
                    return True
        return bool(self._prefixes) and any(word.exact.startswith(self._beginnings) for word in words)

    def places(self, word: Token) -> Iterator[Place]:
        """Yield the word, and those of its parts, that a leaf asks for."""
        exact, stems, parts, position, start, end = word
        bits = self._exact.get(exact, 0) | _bits(self._stems, stems)
        for prefix, bit in self._prefixes:
            if exact.startswith(prefix):
                bits |= bit
        groups = _bits(self._groups, stems)
        if bits or groups or exact in self._phrase_words:
            yield Place(bits, bits, groups, exact, position, start, end)
        for part in parts:
            bits, groups = _bits(self._parts, part.keys), _bits(self._groups, part.keys)
            if bits or groups:
                yield Place(bits, 0, groups, "", position, start + part.start, min(start + part.end, end))

    def of_special(self, keys: Iterable[str]) -> int:
        """Return the bits of the leaves that ask for any of these special keys."""
        return _bits(self._exact, keys) | _bits(self._stems, keys)

    def may_stand_together(self, places: Sequence[Place]) -> bool:
        """Tell whether there are all the words of a phrase, or all the parts of a compound."""
        groups = 0
        for place in places:
            groups |= place.groups
        if any(wanted & groups == wanted for wanted, _ in self.compounds):
            return True
        present = {place.exact for place in places} if self.phrases else set()
        return any(present.issuperset(phrase.words) for phrase, _ in self.phrases)


def _add_bit(bits: dict[str, int], keys: Iterable[str], bit: int) -> None:
    for key in keys:
        bits[key] = bits.get(key, 0) | bit


def _bits(of_keys: Mapping[str, int], keys: Iterable[str]) -> int:
    bits = 0
    for key in keys:
        bits |= of_keys.get(key, 0)
    return bits
