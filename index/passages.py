"""Which passages of a text show best why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.marks import Mark

_SENTENCE_END: Final = re.compile(r"[.!?:] (?=[^\W\d_a-zåäö])")
_LONGEST_WORD: Final = 40
"""How far a cut is moved to stand between words; in longer words it stands where it stands."""

_FOR_DISTINCT: Final = 8
_FOR_WHOLE: Final = 4
"""For a word that is there as a whole: more than repeated parts of it can be worth."""
_MOST_REPEATED: Final = 4


_Bits = tuple[int, int]
"""The leaves that a mark stands for, and those of them that are there as a whole."""


Passage = tuple[int, int]
"""A stretch of the text: from the first character to behind the last."""

_Run = tuple[int, int, int]
"""Neighbouring marks that fit a passage: how good they are, from where to where they go.

The start is negative, so that of two that are as good the greatest comes first.
"""


def best_passages(text: str, marks: Sequence[Mark], *, count: int, length: int) -> list[Passage]:
    """Return up to `count` passages of at most `length` characters that hold marks, in order of place.

    Best is what has most of the query's words, then what has them as a whole and not by a part, then more
    marks, then what comes first. A passage begins where a sentence does when it can. Without marks there is
    one passage: the beginning.
    """
    everything = 0, len(text)
    if len(text) <= length:
        return [everything]
    if not marks:
        return [_around(text, 0, 0, everything, length)]
    passages: list[Passage] = []
    choices = [(_best_run(marks, length), everything)]
    while choices:
        best = max(choices)
        (_, start, end), gap = best
        passage = _around(text, -start, end, gap, length)
        passages.append(passage)
        if len(passages) == count:
            break
        choices.remove(best)
        for begin, finish in ((gap[0], passage[0]), (passage[1], gap[1])):
            inside = [mark for mark in marks if begin <= mark[0] and mark[1] <= finish]
            if inside:
                choices.append((_best_run(inside, length), (begin, finish)))
    return sorted(passages)


def _best_run(marks: Sequence[Mark], length: int) -> _Run:
    """Return the best run of neighbouring marks that fits into `length`."""
    count = len(marks)
    shown = shown_whole = 0
    for _, _, leaves, whole in marks:
        shown |= leaves
        shown_whole |= whole
    most = _worth(shown, shown_whole, count)
    if count == 1 or marks[-1][1] - marks[0][0] <= length:
        return most, -marks[0][0], marks[-1][1]
    # Where each kind of mark was seen last: those from `place` on are in the run.
    seen: dict[_Bits, int] = {}
    best = begin = finish = after = 0
    for place, mark in enumerate(marks):
        start, before = mark[0], after
        # The first counts even when it is longer than the passage.
        while after < count and (after <= place or marks[after][1] - start <= length):
            seen[marks[after][2:]] = after
            after += 1
        # Else it is a part of the one before, and no better.
        if after > before:
            shown = shown_whole = 0
            for (leaves, whole), at in seen.items():
                if at >= place:
                    shown |= leaves
                    shown_whole |= whole
            worth = _worth(shown, shown_whole, after - place)
            if worth > best:
                best, begin, finish = worth, start, marks[after - 1][1]
        if best == most or after == count:
            break
    return best, -begin, finish


def _worth(leaves: int, whole: int, marks: int) -> int:
    """Return what a passage is worth with some marks, by the leaves that they stand for."""
    repeated = min(_MOST_REPEATED, marks)
    return _FOR_DISTINCT * leaves.bit_count() + _FOR_WHOLE * whole.bit_count() + repeated


def _around(text: str, first: int, last: int, within: Passage, length: int) -> Passage:
    """Return a passage of at most `length` around `first` to `last`, cut between words."""
    begin, finish = within
    slack = max(0, length - (last - first))
    if first - slack <= begin and finish - begin <= length:
        return _trimmed(text, begin, finish)
    start = _start(text, first, max(begin, first - slack * 2 // 3), max(begin, first - slack // 3))
    end = min(finish, start + length)
    if end == finish:
        start = min(start, _word_start(text, max(begin, end - length), first))
    else:
        end = _word_end(text, end, max(last, start + 1))
    return _trimmed(text, start, min(end, start + length))


def _trimmed(text: str, start: int, end: int) -> Passage:
    """Return the passage without the single spaces that may stand at its ends."""
    return start + text.startswith(" ", start, end), end - text.endswith(" ", start, end)


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
