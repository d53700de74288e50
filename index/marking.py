"""Where a query's words stand in a text: by the same analysis that found them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.characters import Characters, normalize
from index.analysis.special import specials_with
from index.analysis.tokens import Token
from index.fields import NEAR
from index.leaf_keys import LeafKeys, Place
from index.query_tree import Leaf
from index.run_finder import RunFinder, is_plain, run_around, sketched
from index.windows import Event, Span, adjacent, near

_SOFT_HYPHEN: Final = "\u00ad"
_RUN: Final = re.compile(r"\S+")
_WORD: Final = r"[(”\"]?[A-Za-zÅÄÖåäö]++[).,;:?!”\"]*+"
_ONE_WORD: Final = re.compile(_WORD)
"""One word for sure, whichever it is."""

_UNSEEN: Final = r"[^\w\x00-\x7f]"
# Each begins with its hyphen: `re` then skips from one to the next.
_ELLIPSES: Final = {
    hyphen: re.compile(
        rf"{hyphen}(?:(?<=(?:[^\W\d_]|{_UNSEEN}).)(?=[\s,/&]|{_UNSEEN})"
        rf"|(?<=(?:[\s,/&]|{_UNSEEN}).)(?=[^\W\d_]|{_UNSEEN}))"
    )
    for hyphen in "-\u2010\u2011"
}
"""A hyphen at the end of a word or before one, where a part of it may be left out."""

_MOST_RUNS: Final = 10_000

_start = itemgetter(0)


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


class _Run(NamedTuple):
    """What the query asks for in a run of characters without white space.

    Attributes:
        places: all of it.
        marks: what is marked whatever else is in the text, disjoint.
        joining: what may be marked beside others.
    """

    places: tuple[Place, ...]
    marks: Sequence[Mark]
    joining: tuple[Place, ...]


class _Runs(dict[str, _Run | None]):
    """The runs that were looked at: most have nothing that the query asks for."""

    def __init__(self, look: Callable[[str], tuple[Place, ...]]) -> None:
        self._look = look

    def __missing__(self, written: str) -> _Run | None:
        places = self._look(written)
        run = _run(places) if places else None
        if len(self) >= _MOST_RUNS:
            self.clear()
        self[written] = run
        return run


_Found = tuple[int, int, _Run]
"""From where to where a run goes that has something which is sought, and what."""


class Marker:
    """Finds what the leaves of one query match in texts. May be used by several threads.

    Words and prefixes are found wherever they stand, phrases only where the phrase does, the parts of a
    compound only where all of them are near each other. A compound that is found by a part of it is marked
    there and not as a whole. Only runs of characters that may have a sought word are looked at, each once.
    """

    def __init__(self, leaves: Iterable[Leaf], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._keys = LeafKeys(leaves)
        self.all_leaves = self._keys.all_leaves
        self._widest = max((NEAR, *(phrase.slop for phrase, _ in self._keys.phrases)))
        self._too_far = _many_words(self._widest + 1)
        self._runs = _Runs(self._places)
        self._finder = RunFinder(self._keys.beginnings(analyzer))
        self._may_have = lru_cache(_MOST_RUNS)(self._finder.may_have)

    def marks(self, text: str, sketch: bytes | None = None) -> list[Mark]:
        """Return what matches in `text`, in order and without overlaps.

        Args:
            text: where it is looked for.
            sketch: `sketched(text)`, by those who have it.
        """
        if not self.all_leaves:
            return []
        if _SOFT_HYPHEN in text:
            return self._marks_of_normalized(text)
        found = self._found(text, sketched(text) if sketch is None else sketch)
        # No run touches the next.
        marks = [_moved(mark, start) for start, _, run in found for mark in run.marks]
        more = self._together(text, found)
        if self._keys.specials:
            more += self._special(text)
        return _disjoint(marks + more) if more else marks

    def _marks_of_normalized(self, text: str) -> list[Mark]:
        """Return the marks of a text with words that may go on in the next line."""
        characters = normalize(text)
        found = self._found(characters.text, sketched(characters.text))
        marks = [_moved(mark, start) for start, _, run in found for mark in _marks_of(run.places)]
        moved = [
            mark._replace(start=start, end=end)
            for mark in marks + self._together(characters.text, found)
            for start, end in [_original(characters, mark.start, mark.end)]
        ]
        return _disjoint(moved + self._special(text))

    def _found(self, text: str, sketch: bytes) -> list[_Found]:
        """Return the runs that have something which is sought, in order."""
        runs = self._runs
        found = [
            (start, end, run)
            for start, end in self._finder.find(sketch)
            if (run := runs[text[start:end]]) is not None
        ]
        elliptic = self._elliptic(text, sketch)
        return self._with_elliptic(found, elliptic, text, sketch) if elliptic else found

    def _places(self, run: str) -> tuple[Place, ...]:
        """Return the words of a run, characters without white space, that the query asks for."""
        words = self._analyzer.words_of_run(run)
        if not self._keys.asks_for(words):
            return ()
        return tuple(place for word in words for place in self._keys.places(word))

    def _elliptic(self, text: str, sketch: bytes) -> list[Token]:
        """Return the words that the query asks for of which only a part is written: `kultur- och …`."""
        if not any(hyphen in text and ellipsis.search(text) for hyphen, ellipsis in _ELLIPSES.items()):
            return []
        # As a whole they are not in the forms as written.
        found = self._analyzer.elliptic_words(text, may_be=self._may_have, is_plain=is_plain(sketch))
        words = [word._replace(exact="") for word in found]
        return [word for word in words if self._keys.asks_for((word,))]

    def _with_elliptic(
        self, found: Sequence[_Found], words: Iterable[Token], text: str, sketch: bytes
    ) -> list[_Found]:
        """Return the runs with what elliptic words have in them besides."""
        by_start = {one[0]: one for one in found}
        for word in words:
            start, end = run_around(sketch, word.start)
            places = self._places_of_elliptic(word, text[start:end], start)
            if places:
                known = by_start[start][2].places if start in by_start else ()
                by_start[start] = start, end, _run(known + places)
        return sorted(by_start.values(), key=_start)

    def _places_of_elliptic(self, word: Token, run: str, offset: int) -> tuple[Place, ...]:
        """Return the places of such a word where a word of the run at `offset` stands in its place."""
        start, end = word.start - offset, word.end - offset
        written = next((one for one in self._analyzer.words_of_run(run) if one.start >= start), None)
        if written is None or (written.start, written.end) != (start, end):
            return ()
        return tuple(self._keys.places(word._replace(position=written.position, start=start, end=end)))

    def _positions(self, text: str, found: Iterable[_Found]) -> Iterator[int]:
        """Yield the position where each run begins.

        Counted from one to the next, and no further than matters: all the words between would have to
        be looked up.
        """
        position = width = 0
        before = None
        for start, end, _ in found:
            if before is not None:
                position += width + self._width_between(text, before, start)
            yield position
            before, width = end, self._width(text[start:end])

    def _width_between(self, text: str, start: int, end: int) -> int:
        """Return how many positions stand between two places, or more than matters."""
        if self._too_far.match(text, start, end):
            return self._widest + 1
        width = 0
        for run in _RUN.finditer(text, start, end):
            width += self._width(run[0])
            if width > self._widest:
                break
        return width

    def _width(self, run: str) -> int:
        """Return how many positions the words of a run take."""
        if _ONE_WORD.fullmatch(run):
            return 1
        words = self._analyzer.words_of_run(run)
        return words[-1].position + 1 if words else 0

    def _together(self, text: str, found: Sequence[_Found]) -> list[Mark]:
        """Return the marks of phrases and of compounds in parts."""
        joining = [one for one in found if one[2][2]]
        if not joining or not self._keys.may_stand_together(
            [place for one in joining for place in one[2].joining]
        ):
            return []
        return self._joined(
            [
                (place, position, start)
                for (start, _, run), position in zip(joining, self._positions(text, joining), strict=True)
                for place in run.joining
            ]
        )

    def _joined(self, placed: Sequence[tuple[Place, int, int]]) -> list[Mark]:
        """Return the same.

        Args:
            placed: places with the position and the offset where their runs begin.
        """
        found: list[Mark] = []
        for wanted, bit in self._keys.compounds:
            events = [_event(placing, bits) for placing in placed if (bits := placing[0][2] & wanted)]
            found += [Mark(start, end, bit, 0) for start, end in near(events, wanted, NEAR)]
        for phrase, bit in self._keys.phrases:
            numbers = {word: 1 << number for number, word in enumerate(dict.fromkeys(phrase.words))}
            events = [_event(placing, bits) for placing in placed if (bits := numbers.get(placing[0][3], 0))]
            spans = (
                near(events, (1 << len(numbers)) - 1, phrase.slop)
                if phrase.slop
                else adjacent([_by_position(events, numbers[word]) for word in phrase.words])
            )
            found += [Mark(start, end, bit, bit) for start, end in spans]
        return found

    def _special(self, text: str) -> list[Mark]:
        characters = normalize(text)
        found: list[Mark] = []
        for start, end, keys in specials_with(characters.text, self._keys.specials):
            bits = self._keys.of_special(keys)
            found.append(Mark(*_original(characters, start, end), bits, bits))
        return found


@cache
def _many_words(count: int) -> re.Pattern[str]:
    """Return what matches where at least `count` words follow."""
    one = rf"{_WORD}(?=\s)"
    return re.compile(rf"(?:(?:\s++(?!{one})\S++)*+\s++{one}){{{count}}}")


def _run(places: tuple[Place, ...]) -> _Run:
    joining = tuple([place for place in places if place[2] or place[3]])
    return _Run(places, _disjoint(_marks_of(places)), joining)


def _marks_of(places: Iterable[Place]) -> list[Mark]:
    return [Mark(start, end, leaves, whole) for leaves, whole, _, _, _, start, end in places if leaves]


def _moved(mark: Mark, offset: int) -> Mark:
    start, end, leaves, whole = mark
    # The class's own constructor is written in Python and takes twice the time.
    return tuple.__new__(Mark, (offset + start, offset + end, leaves, whole))


def _event(placing: tuple[Place, int, int], bits: int) -> Event:
    (_, _, _, _, position, start, end), before, offset = placing
    return Event(before + position, bits, (offset + start, offset + end))


def _by_position(events: Iterable[Event], bit: int) -> dict[int, Span]:
    return {event.position: event.span for event in events if event.bits == bit}


def _original(characters: Characters, start: int, end: int) -> Span:
    """Return where a stretch of normalised characters stands in the text as it was given."""
    starts, ends = characters.starts, characters.ends
    return (start, end) if starts is None or ends is None else (starts[start], ends[end - 1])


def _disjoint(marks: list[Mark]) -> list[Mark]:
    """Return the marks in order, those that overlap or touch made one."""
    if len(marks) < 2:
        return marks
    merged: list[Mark] = []
    before, until, bits, bits_whole = min(marks)
    for start, end, leaves, whole in sorted(marks):
        if start > until:
            merged.append(Mark(before, until, bits, bits_whole))
            before, until, bits, bits_whole = start, end, leaves, whole
        else:
            until = max(until, end)
            bits |= leaves
            bits_whole |= whole
    merged.append(Mark(before, until, bits, bits_whole))
    return merged
