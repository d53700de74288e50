"""Where a query's words stand in a text: by the same analysis that found them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.characters import Characters, normalize
from index.analysis.special import specials_with
from index.analysis.tokens import Token
from index.fields import NEAR
from index.leaf_keys import LeafKeys, Place
from index.query_tree import Leaf
from index.windows import Event, Span, adjacent, near

_SOFT_HYPHEN: Final = "\u00ad"
_RUN: Final = re.compile(r"\S+")
_MOST_RUNS: Final = 10_000


class Mark(NamedTuple):
    """A stretch of text that matches.

    Attributes:
        leaves: a bit for each leaf of the query that it stands for.
        whole: those of them that are there as a whole, not by a part of a compound.
    """

    start: int
    end: int
    leaves: int
    whole: int


class _Runs(dict[str, tuple[Place, ...]]):
    """What the query asks for in each run of characters that was looked at: mostly nothing."""

    def __init__(self, look: Callable[[str], tuple[Place, ...]]) -> None:
        self._look = look

    def __missing__(self, run: str) -> tuple[Place, ...]:
        places = self[run] = self._look(run)
        return places


class Marker:
    """Finds what the leaves of one query match in texts. May be used by several threads.

    Words and prefixes are found wherever they stand, phrases only where the phrase does, the parts of a
    compound only where all of them are near each other. A compound that is found by a part of it is marked
    there and not as a whole. Whether a run of characters matches is found out once; a text is mostly runs
    that were seen before.
    """

    def __init__(self, leaves: Iterable[Leaf], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._keys = LeafKeys(leaves)
        self.all_leaves = self._keys.all_leaves
        self._widest = max((NEAR, *(phrase.slop for phrase, _ in self._keys.phrases)))
        self._runs = _Runs(self._places)

    def marks(self, text: str) -> list[Mark]:
        """Return what matches in `text`, in order and without overlaps."""
        if not self.all_leaves:
            return []
        if _SOFT_HYPHEN in text:
            return self._marks_of_normalized(text)
        found = self._in_runs(text)
        if self._keys.specials:
            found += self._special(text)
        return _disjoint(found)

    def _marks_of_normalized(self, text: str) -> list[Mark]:
        """Return the marks of a text with words that may go on in the next line."""
        characters = normalize(text)
        found = [
            mark._replace(start=start, end=end)
            for mark in self._in_runs(characters.text)
            for start, end in [_original(characters, mark.start, mark.end)]
        ]
        return _disjoint(found + self._special(text))

    def _in_runs(self, text: str) -> list[Mark]:
        if len(self._runs) > _MOST_RUNS:
            self._runs = _Runs(self._places)
        runs = text.split()
        known = list(map(self._runs.__getitem__, runs))
        elliptic = self._elliptic(text)
        if not any(known) and not elliptic:
            return []
        starts = _starts(text, runs)
        for word in elliptic:
            number = bisect_right(starts, word.start) - 1
            known[number] += self._places_of_elliptic(word, runs[number], starts[number])
        numbers = [number for number, places in enumerate(known) if places]
        found = [
            Mark(starts[number] + start, starts[number] + end, leaves, whole)
            for number in numbers
            for leaves, whole, _, _, _, start, end in known[number]
            if leaves
        ]
        if self._keys.may_stand_together([place for number in numbers for place in known[number]]):
            placed = [
                (place, position, starts[number])
                for number, position in self._positions(runs, numbers)
                for place in known[number]
            ]
            found += self._together(placed)
        return found

    def _places(self, run: str) -> tuple[Place, ...]:
        """Return the words of a run, characters without white space, that the query asks for."""
        words = self._analyzer.words_of_run(run)
        if not self._keys.asks_for(words):
            return ()
        return tuple(place for word in words for place in self._keys.places(word))

    def _elliptic(self, text: str) -> list[Token]:
        """Return the words that the query asks for of which only a part is written: `kultur- och …`."""
        if "-" not in text:
            return []
        # As a whole they are not in the forms as written.
        words = (word._replace(exact="") for word in self._analyzer.elliptic_words(text))
        return [word for word in words if self._keys.asks_for((word,))]

    def _places_of_elliptic(self, word: Token, run: str, offset: int) -> tuple[Place, ...]:
        """Return the places of such a word where a word of the run at `offset` stands in its place."""
        start, end = word.start - offset, word.end - offset
        written = next((one for one in self._analyzer.words_of_run(run) if one.start >= start), None)
        if written is None or (written.start, written.end) != (start, end):
            return ()
        return tuple(self._keys.places(word._replace(position=written.position, start=start, end=end)))

    def _positions(self, runs: Sequence[str], numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the numbers with the position where each run begins.

        Counted from one to the next, and no further than matters: all the words between would have to
        be looked up.
        """
        position = done = 0
        for number in numbers:
            gap = 0
            for run in runs[done:number]:
                gap += self._width(run)
                if gap > self._widest:
                    break
            position, done = position + gap, number
            yield number, position

    def _width(self, run: str) -> int:
        """Return how many positions the words of a run take."""
        words = self._analyzer.words_of_run(run)
        return words[-1].position + 1 if words else 0

    def _together(self, placed: Sequence[tuple[Place, int, int]]) -> list[Mark]:
        """Return the marks of phrases and of compounds in parts.

        Args:
            placed: places with the position and the offset where their runs begin.
        """
        found: list[Mark] = []
        for wanted, bit in self._keys.compounds:
            events = [_event(placing, bits) for placing in placed if (bits := placing[0].groups & wanted)]
            found += [Mark(*span, bit, 0) for span in near(events, wanted, NEAR)]
        for phrase, bit in self._keys.phrases:
            numbers = {word: 1 << number for number, word in enumerate(dict.fromkeys(phrase.words))}
            events = [
                _event(placing, numbers[placing[0].exact])
                for placing in placed
                if placing[0].exact in numbers
            ]
            spans = (
                near(events, (1 << len(numbers)) - 1, phrase.slop)
                if phrase.slop
                else adjacent([_by_position(events, numbers[word]) for word in phrase.words])
            )
            found += [Mark(*span, bit, bit) for span in spans]
        return found

    def _special(self, text: str) -> list[Mark]:
        characters = normalize(text)
        found: list[Mark] = []
        for start, end, keys in specials_with(characters.text, self._keys.specials):
            bits = self._keys.of_special(keys)
            found.append(Mark(*_original(characters, start, end), bits, bits))
        return found


def _event(placing: tuple[Place, int, int], bits: int) -> Event:
    place, position, offset = placing
    return Event(position + place.position, bits, (offset + place.start, offset + place.end))


def _by_position(events: Iterable[Event], bit: int) -> dict[int, Span]:
    return {event.position: event.span for event in events if event.bits == bit}


def _original(characters: Characters, start: int, end: int) -> Span:
    """Return where a stretch of normalised characters stands in the text as it was given."""
    starts, ends = characters.starts, characters.ends
    return (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])


def _starts(text: str, runs: list[str]) -> list[int]:
    """Return where each run of a text begins."""
    lengths = list(accumulate(map(len, runs), initial=0))
    if lengths[-1] + len(runs) - 1 == len(text):
        # One space between each: what is shown in a line is.
        return list(map(add, lengths, range(len(runs))))
    return [run.start() for run in _RUN.finditer(text)]


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """Return the marks in order, those that overlap or touch made one."""
    merged: list[Mark] = []
    for mark in sorted(marks):
        if merged and mark.start <= merged[-1].end:
            start, end, leaves, whole = merged[-1]
            merged[-1] = Mark(start, max(end, mark.end), leaves | mark.leaves, whole | mark.whole)
        else:
            merged.append(mark)
    return merged
