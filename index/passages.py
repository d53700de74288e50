"""Which passages of a text show best why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from index.marking import Mark

_SENTENCE_END: Final = re.compile(r"[.!?:] (?=[^\W\d_a-zåäö])")
_LONGEST_WORD: Final = 40
"""How far a cut is moved to stand between words; in longer words it stands where it stands."""

_FOR_DISTINCT: Final = 8
_FOR_WHOLE: Final = 4
"""For a word that is there as a whole: more than repeated parts of it can be worth."""
_MOST_REPEATED: Final = 4


_Bits = tuple[int, int]
"""The leaves that a mark stands for, and those of them that are there as a whole."""


class Passage(NamedTuple):
    """A stretch of the text."""

    start: int
    end: int


class _Choice(NamedTuple):
    """A run of marks that fits a passage, and how good it is."""

    worth: int
    start: int
    end: int
    within: Passage


def best_passages(text: str, marks: Sequence[Mark], *, count: int, length: int) -> list[Passage]:
    """Return up to `count` passages of at most `length` characters that hold marks, in order of place.

    Best is what has most of the query's words, then what has them as a whole and not by a part, then more
    marks, then what comes first. A passage begins where a sentence does when it can. Without marks there is
    one passage: the beginning.
    """
    if len(text) <= length:
        return [Passage(0, len(text))]
    passages: list[Passage] = []
    free = [Passage(0, len(text))]
    while free and len(passages) < count:
        choices = [choice for gap in free if (choice := _best_run(marks, gap, length))]
        if not choices:
            break
        best = max(choices, key=_is_better) if len(choices) > 1 else choices[0]
        passage = _around(text, best, length)
        passages.append(passage)
        free.remove(best.within)
        free += (Passage(best.within.start, passage.start), Passage(passage.end, best.within.end))
    return sorted(passages) or [_around_span(text, 0, 0, Passage(0, len(text)), length)]


def _is_better(choice: _Choice) -> tuple[int, int]:
    return choice.worth, -choice.start


def _best_run(marks: Sequence[Mark], gap: Passage, length: int) -> _Choice | None:
    """Return the best run of neighbouring marks in a gap that fits into `length`."""
    begin, finish = gap
    inside = [mark for mark in marks if begin <= mark[0] and mark[1] <= finish]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    most = _worth({mark[2:] for mark in inside}, len(inside))
    if first is last or last[1] - first[0] <= length:
        return _Choice(most, first[0], last[1], gap)
    within: dict[_Bits, int] = {}
    best = -1
    count, after = len(inside), 0
    for place, (start, _, leaves, whole) in enumerate(inside):
        seen = after
        # The first counts even when it is longer than the passage.
        while after < count and (after <= place or inside[after][1] - start <= length):
            bits = inside[after][2:]
            within[bits] = within.get(bits, 0) + 1
            after += 1
        # Else it is a part of the one before, and no better.
        if after > seen:
            worth = _worth(within, after - place)
            if worth > best:
                best, begin, finish = worth, start, inside[after - 1][1]
        if best == most or after == count:
            break
        bits = leaves, whole
        within[bits] -= 1
        if not within[bits]:
            del within[bits]
    return _Choice(best, begin, finish, gap)


def _worth(leaves: Iterable[_Bits], marks: int) -> int:
    """Return what a passage is worth with some marks, of which `leaves` are the different ones."""
    shown = shown_whole = 0
    for bits, whole in leaves:
        shown |= bits
        shown_whole |= whole
    repeated = min(_MOST_REPEATED, marks)
    return _FOR_DISTINCT * shown.bit_count() + _FOR_WHOLE * shown_whole.bit_count() + repeated


def _around(text: str, choice: _Choice, length: int) -> Passage:
    return _around_span(text, choice.start, choice.end, choice.within, length)


def _around_span(text: str, first: int, last: int, within: Passage, length: int) -> Passage:
    """Return a passage of at most `length` around `first` to `last`, cut between words."""
    slack = max(0, length - (last - first))
    earliest = max(within.start, first - slack)
    if earliest == within.start and within.end - within.start <= length:
        return _trimmed(text, within.start, within.end)
    start = _start(text, first, max(within.start, first - slack * 2 // 3), first - slack // 3)
    end = min(within.end, start + length)
    if end == within.end:
        start = min(start, _word_start(text, max(within.start, end - length), first))
    else:
        end = _word_end(text, end, max(last, start + 1))
    return _trimmed(text, start, min(end, start + length))


def _trimmed(text: str, start: int, end: int) -> Passage:
    """Return the passage without the single spaces that may stand at its ends."""
    return Passage(start + text.startswith(" ", start, end), end - text.endswith(" ", start, end))


def _start(text: str, first: int, earliest: int, preferred: int) -> int:
    """Return where the passage begins: with the sentence of the first mark, when that is near enough."""
    if earliest == 0:
        return 0
    sentence = None
    for ending in _SENTENCE_END.finditer(text, earliest, first + 1):
        sentence = ending.end()
    return sentence if sentence is not None and sentence <= first else _word_start(text, preferred, first)


def _word_start(text: str, place: int, limit: int) -> int:
    """Return the first beginning of a word from `place` on, at most `limit`; else `place`."""
    if place <= 0 or text[place - 1] == " ":
        return max(place, 0)
    space = text.find(" ", place, min(limit, place + _LONGEST_WORD))
    return place if space == -1 else space + 1


def _word_end(text: str, place: int, limit: int) -> int:
    """Return the last end of a word up to `place`, at least `limit`; else `place`."""
    if place >= len(text) or text[place] == " ":
        return place
    space = text.rfind(" ", max(limit, place - _LONGEST_WORD), place)
    return place if space == -1 else space
