"""Where a query's words stand in a text: by the same analysis that found them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from index.analysis.analyzer import words_of_run
from index.analysis.characters import normalize
from index.analysis.special import is_special, specials_with
from index.analysis.tokens import Token
from index.query import Phrase, Prefix, Word
from index.query_tree import Leaf

_SOFT_HYPHEN: Final = "\u00ad"
_RUN: Final = re.compile(r"\S+")
_MOST_RUNS: Final = 10_000

_Span = tuple[int, int]


class Mark(NamedTuple):
    """A stretch of text that matches; `leaves` has a bit for each leaf of the query it stands for."""

    start: int
    end: int
    leaves: int


class _Place(NamedTuple):
    """A word of a run that the query asks for.

    Attributes:
        leaves: the bits of the words and prefixes that it matches.
        exact: the form as written, which a phrase may ask for.
        position: counts words from the beginning of the run.
        start: offset in the run.
        end: offset behind it.
    """

    leaves: int
    exact: str
    position: int
    start: int
    end: int


class _Runs(dict[str, tuple[_Place, ...]]):
    """What the query asks for in each run of characters that was looked at: mostly nothing."""

    def __init__(self, look: Callable[[str], tuple[_Place, ...]]) -> None:
        self._look = look

    def __missing__(self, run: str) -> tuple[_Place, ...]:
        places = self[run] = self._look(run)
        return places


class Marker:
    """Finds what the leaves of one query match in texts. May be used by several threads.

    Words and prefixes are found wherever they stand, phrases only where the phrase does. Whether a run of
    characters matches is found out once; a text is mostly runs that were seen before.
    """

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._prefixes: list[tuple[str, int]] = []
        self._phrases: list[tuple[Phrase, int]] = []
        self.all_leaves = 0
        for place, leaf in enumerate(leaves):
            self._add(leaf, 1 << place)
        self._phrase_words = {word for phrase, _ in self._phrases for word in phrase.words}
        self._sought = self._phrase_words | self._exact.keys()
        self._specials = frozenset(filter(is_special, (*self._exact, *self._stems)))
        self._runs = _Runs(self._places)

    def _add(self, leaf: Leaf, bit: int) -> None:
        self.all_leaves |= bit
        match leaf:
            case Word():
                for key in leaf.exact:
                    self._exact[key] = self._exact.get(key, 0) | bit
                for key in leaf.stems:
                    self._stems[key] = self._stems.get(key, 0) | bit
            case Prefix():
                self._prefixes.append((leaf.prefix, bit))
            case Phrase():
                self._phrases.append((leaf, bit))

    def marks(self, text: str) -> list[Mark]:
        """Return what matches in `text`, in order and without overlaps."""
        if not self.all_leaves:
            return []
        if _SOFT_HYPHEN in text:
            return self._marks_of_normalized(text)
        found = self._in_runs(text)
        if self._specials:
            found += self._special(text)
        return _disjoint(found)

    def _marks_of_normalized(self, text: str) -> list[Mark]:
        """Return the marks of a text with words that may go on in the next line."""
        characters = normalize(text)
        starts, ends = characters.starts or [], characters.ends or []
        found = self._in_runs(characters.text)
        moved = [Mark(starts[mark.start], ends[mark.end - 1], mark.leaves) for mark in found]
        return _disjoint(moved + self._special(text))

    def _in_runs(self, text: str) -> list[Mark]:
        if len(self._runs) > _MOST_RUNS:
            self._runs = _Runs(self._places)
        runs = text.split()
        known = list(map(self._runs.__getitem__, runs))
        if not any(known):
            return []
        starts = _starts(text, runs)
        numbers = [number for number, places in enumerate(known) if places]
        found = [
            Mark(starts[number] + start, starts[number] + end, leaves)
            for number in numbers
            for leaves, _, _, start, end in known[number]
            if leaves
        ]
        present = {place.exact for number in numbers for place in known[number]}
        if any(present.issuperset(phrase.words) for phrase, _ in self._phrases):
            found += self._in_phrases(runs, starts, known)
        return found

    def _places(self, run: str) -> tuple[_Place, ...]:
        """Return the words of a run, characters without white space, that the query asks for."""
        words = words_of_run(run)
        exact, stems = self._sought, self._stems.keys()
        if not self._prefixes and all(word[0] not in exact and stems.isdisjoint(word[1]) for word in words):
            return ()
        places = [_Place(self._bits(word), word.exact, word.position, word.start, word.end) for word in words]
        return tuple(place for place in places if place.leaves or place.exact in self._phrase_words)

    def _bits(self, word: Token) -> int:
        bits = self._exact.get(word.exact, 0)
        for stem in word.stems:
            bits |= self._stems.get(stem, 0)
        for prefix, bit in self._prefixes:
            if word.exact.startswith(prefix):
                bits |= bit
        return bits

    def _in_phrases(
        self, runs: list[str], starts: Sequence[int], known: Sequence[tuple[_Place, ...]]
    ) -> list[Mark]:
        spans: dict[str, dict[int, _Span]] = {word: {} for word in self._phrase_words}
        widths = map(_width, runs)
        for number, (first, places) in enumerate(zip(accumulate(widths, initial=0), known, strict=False)):
            for _, exact, position, start, end in places:
                if exact in spans:
                    spans[exact][first + position] = (starts[number] + start, starts[number] + end)
        found: list[Mark] = []
        for phrase, bit in self._phrases:
            words = [spans[word] for word in phrase.words]
            found += _near(words, phrase.slop, bit) if phrase.slop else _adjacent(words, bit)
        return found

    def _special(self, text: str) -> list[Mark]:
        characters = normalize(text)
        starts, ends = characters.starts, characters.ends
        found: list[Mark] = []
        for start, end, keys in specials_with(characters.text, self._specials):
            bits = 0
            for key in keys:
                bits |= self._exact.get(key, 0) | self._stems.get(key, 0)
            whole = (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])
            found.append(Mark(*whole, bits))
        return found


def _width(run: str) -> int:
    """Return how many positions the words of a run take."""
    words = words_of_run(run)
    return words[-1].position + 1 if words else 0


def _starts(text: str, runs: list[str]) -> list[int]:
    """Return where each run of a text begins."""
    ends = list(accumulate(map(len, runs)))
    if ends[-1] + len(runs) - 1 == len(text):
        # One space between each: what is shown in a line is.
        return [end + number - len(run) for number, (end, run) in enumerate(zip(ends, runs, strict=True))]
    return [run.start() for run in _RUN.finditer(text)]


def _adjacent(words: Sequence[dict[int, _Span]], bit: int) -> list[Mark]:
    """Return one mark for each place where the words stand side by side in order."""
    return [
        Mark(first[0], words[-1][position + len(words) - 1][1], bit)
        for position, first in words[0].items()
        if all(position + offset in places for offset, places in enumerate(words))
    ]


def _near(words: Sequence[dict[int, _Span]], slop: int, bit: int) -> list[Mark]:
    """Return marks for the words wherever all of them stand at most `slop` positions apart."""
    distinct = list({id(places): places for places in words}.values())
    events = sorted((position, number) for number, places in enumerate(distinct) for position in places)
    counts = [0] * len(distinct)
    first = marked = 0
    found: list[Mark] = []
    for last, (position, number) in enumerate(events):
        counts[number] += 1
        while position - events[first][0] > slop:
            counts[events[first][1]] -= 1
            first += 1
        if all(counts):
            for place, word in events[max(first, marked) : last + 1]:
                found.append(Mark(*distinct[word][place], bit))
            marked = last + 1
    return found


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """Return the marks in order, those that overlap made one."""
    merged: list[Mark] = []
    for mark in sorted(marks):
        if merged and mark.start < merged[-1].end:
            start, end, leaves = merged[-1]
            merged[-1] = Mark(start, max(end, mark.end), leaves | mark.leaves)
        else:
            merged.append(mark)
    return merged
