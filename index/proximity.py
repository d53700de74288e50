"""The words of phrases and the parts of compounds, where they stand together in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from index.analysis.analyzer import Analyzer
from index.fields import NEAR
from index.leaf_keys import LeafKeys, Place
from index.marks import Mark
from index.query import Phrase
from index.windows import Event, Span, adjacent, near

_RUN: Final = re.compile(r"\S+")
_WORD: Final = r"[(”\"]?[A-Za-zÅÄÖåäö]++[).,;:?!”\"]*+"
_ONE_WORD: Final = re.compile(_WORD)
"""One word for sure, whichever it is."""

Joining = tuple[int, int, int, int, tuple[Place, ...]]
"""A run of characters without white space: from where its marks are counted, where it begins and ends, how
many positions it takes, and what in it may be marked beside others."""


class Proximity:
    """Finds what the phrases and compounds of one query match. May be used by several threads.

    Args:
        keys: those of the query.
        analyzer: tells how many positions the words take that stand between.
    """

    def __init__(self, keys: LeafKeys, analyzer: Analyzer) -> None:
        self._keys = keys
        self._words_of_run = analyzer.words_of_run
        self._widest = max((phrase.slop for phrase, _ in keys.phrases), default=0)
        if keys.compounds:
            self._widest = max(self._widest, NEAR)
        self._too_far = _many_words(self._widest + 1)

    def marks(self, text: str, runs: Sequence[Joining]) -> list[Mark]:
        """Return what matches; `runs` are those of the text, in order, that have places to join."""
        if not self._keys.may_stand_together([place for run in runs for place in run[4]]):
            return []
        # By what a place is for: the bits of parts of compounds, the words of phrases.
        parts: list[Event] = []
        words: defaultdict[str, dict[int, Span]] = defaultdict(dict)
        for (offset, _, _, _, places), before in zip(runs, self._positions(text, runs), strict=True):
            for _, _, groups, exact, position, begin, end in places:
                span = offset + begin, offset + end
                if groups:
                    parts.append((before + position, groups, span))
                if exact:
                    words[exact][before + position] = span
        found: list[Mark] = []
        for wanted, bit in self._keys.compounds:
            events = [(position, bits & wanted, span) for position, bits, span in parts if bits & wanted]
            found += [Mark(start, end, bit, 0) for start, end in near(events, wanted, NEAR)]
        for phrase, bit in self._keys.phrases:
            spans = _near(phrase, words) if phrase.slop else adjacent([words[word] for word in phrase.words])
            found += [Mark(start, end, bit, bit) for start, end in spans]
        return found

    def _positions(self, text: str, runs: Sequence[Joining]) -> Iterator[int]:
        """Yield the position where each run begins.

        Counted from one to the next, and no further than matters: all the words between would have to
        be looked up.
        """
        position = behind = 0
        for number, (_, start, end, width, _) in enumerate(runs):
            # Most that stand together have one space between them.
            if number and start - behind > 1:
                position += self._width_between(text, behind, start)
            yield position
            position += width
            behind = end

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
        words = self._words_of_run(run)
        return words[-1].position + 1 if words else 0


def _near(phrase: Phrase, places: Mapping[str, Mapping[int, Span]]) -> Iterator[Span]:
    """Yield the spans of the words of a phrase wherever all of them are near each other."""
    distinct = dict.fromkeys(phrase.words)
    events = sorted(
        (position, 1 << number, span)
        for number, word in enumerate(distinct)
        for position, span in places[word].items()
    )
    return near(events, (1 << len(distinct)) - 1, phrase.slop)


@cache
def _many_words(count: int) -> re.Pattern[str]:
    """Return what matches where at least `count` words follow."""
    one = rf"{_WORD}(?=\s)"
    return re.compile(rf"(?:\s++{one}|(?:\s++(?!{one})\S++)++\s++{one}){{{count}}}")
