"""The choice of passages as compiled loops, over marks and over the few places where a text may be cut.

Places are counted in the line that a text is shown in: one space for each stretch of white space, none at its
ends. The line itself is not made.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.compiled import BOOL, INT32, INT64, NONE, UINT16, UINT32, compiled, reads, writes

Points = NDArray[np.uint32]
Traits = NDArray[np.uint16]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_LINES: Final = reads(UINT32), reads(UINT16), reads(INT32)
"""The arguments `text`, `traits` and `dropped`, as compiled code takes them: see `choose`."""
# As `index.text_scan` has them, which compiled code cannot look at.
_SPACE: Final = ord(" ")
_LETTER: Final = 127

_SENTENCE_ENDS: Final = tuple(map(ord, ".!?:"))
_LONGEST_WORD: Final = 40
"""How far a cut is moved to stand between words; in longer words it stands where it stands."""

_FOR_DISTINCT: Final = 8
_FOR_WHOLE: Final = 4
"""For a word that is there as a whole: more than repeated parts of it can be worth."""
_MOST_REPEATED: Final = 4

_SPAN: Final = 2
"""Of a mark, what is before its bits: where it begins and ends."""
PASSAGE: Final = 4
"""Of a passage: where it begins and ends in the line, then in the text."""
_CHOICE: Final = 7
"""Of a choice: its worth, where its marks begin and end, its gap, from and up to which mark that goes."""
_WORTH: Final = 0
_START: Final = 1
_END: Final = 2
_GAP_START: Final = 3
_GAP_END: Final = 4
_FROM_MARK: Final = 5
_TO_MARK: Final = 6


@compiled(INT64(reads(INT32), INT64))
def _in_text(dropped: Ints, place: int) -> int:
    """Return where in the text the character at `place` of the line is."""
    low, high = 0, len(dropped)
    while low < high:
        middle = (low + high) // 2
        if dropped[middle] - middle <= place:
            low = middle + 1
        else:
            high = middle
    return place + low


@compiled(INT64(*_LINES, INT64, INT64))
def _word_start(text: Points, traits: Traits, dropped: Ints, place: int, limit: int) -> int:
    """Return the first beginning of a word from `place` on, at most `limit`; else `place`."""
    if place <= 0 or traits[text[_in_text(dropped, place - 1)]] & _LETTER == _SPACE:
        return max(place, 0)
    at = _in_text(dropped, place)
    for further in range(min(limit - place, _LONGEST_WORD)):
        if traits[text[at + further]] & _LETTER == _SPACE:
            return place + further + 1
    return place


@compiled(INT64(*_LINES, INT64, INT64))
def _word_end(text: Points, traits: Traits, dropped: Ints, place: int, limit: int) -> int:
    """Return the last end of a word up to `place`, at least `limit`; else `place`."""
    at = _in_text(dropped, place)
    if traits[text[at]] & _LETTER == _SPACE:
        return place
    for back in range(1, min(place - limit, _LONGEST_WORD) + 1):
        if traits[text[at - back]] & _LETTER == _SPACE:
            return place - back
    return place


@compiled(INT64(*_LINES, INT64, INT64, INT64))
def _sentence_start(
    text: Points, traits: Traits, dropped: Ints, first: int, earliest: int, can_begin: int
) -> int:
    """Return the last beginning of a sentence up to `first`, the end before it from `earliest` on; or -1."""
    at = _in_text(dropped, first)
    for place in range(first, earliest + 1, -1):
        before = at - 1
        if traits[text[before]] & _LETTER == _SPACE:
            while traits[text[before - 1]] & _LETTER == _SPACE:
                before -= 1
            if traits[text[at]] & can_begin and text[before - 1] in _SENTENCE_ENDS:
                return place
        at = before
    return -1


@compiled(NONE(*_LINES, reads(INT64), INT64, INT64, INT64, writes(INT64)))
def _put_around(
    text: Points,
    traits: Traits,
    dropped: Ints,
    choice: Longs,
    opening: int,
    length: int,
    can_begin: int,
    passage: Longs,
) -> None:
    """Put a passage around the marks of a choice, inside of its gap, to `passage`, cut between words.

    The line of the text begins at `opening`; `length` and `can_begin` are those of `choose`.
    """
    first, last, begin, finish = choice[_START], choice[_END], choice[_GAP_START], choice[_GAP_END]
    slack = max(0, length - (last - first))
    start, end = begin, finish
    if first - slack > begin or finish - begin > length:
        # A sentence may begin as far before the marks as two thirds of the slack, a mere word a third.
        earliest = max(begin, first - slack * 2 // 3)
        start = opening
        if earliest != opening:
            start = _sentence_start(text, traits, dropped, first, earliest, can_begin)
        if start < 0:
            start = _word_start(text, traits, dropped, max(begin, first - slack // 3), first)
        end = min(finish, start + length)
        if end == finish:
            start = min(start, _word_start(text, traits, dropped, max(begin, end - length), first))
        else:
            end = _word_end(text, traits, dropped, end, max(last, start + 1))
        end = min(end, start + length)
    # Without the single spaces that may stand at its ends.
    opens = start < end and traits[text[_in_text(dropped, start)]] & _LETTER == _SPACE
    closes = start < end and traits[text[_in_text(dropped, end - 1)]] & _LETTER == _SPACE
    passage[0], passage[1] = start + opens, end - closes
    passage[2] = passage[3] = _in_text(dropped, passage[0])
    if passage[1] > passage[0]:
        passage[3] = _in_text(dropped, passage[1] - 1) + 1


@compiled(INT64(reads(INT64), INT64, INT64, INT64))
def _worth(marks: Longs, width: int, first: int, last: int) -> int:
    """Return what a passage is worth with the marks from `first` up to `last`, of `width` numbers each."""
    worth = min(_MOST_REPEATED, last - first)
    of_whole = (_SPAN + width) // 2
    for column in range(_SPAN, width):
        bits = 0
        for at in range(first * width + column, last * width, width):
            bits |= marks[at]
        while bits:
            bits &= bits - 1
            worth += _FOR_DISTINCT if column < of_whole else _FOR_WHOLE
    return worth


@compiled(NONE(reads(INT64), INT64, INT64, writes(INT64)))
def _choose_run(marks: Longs, width: int, length: int, choice: Longs) -> None:
    """Give a choice the best run of the marks of its gap that fits into `length`, and its worth."""
    first, last = choice[_FROM_MARK], choice[_TO_MARK]
    most = _worth(marks, width, first, last)
    choice[_WORTH], choice[_START], choice[_END] = most, marks[first * width], marks[(last - 1) * width + 1]
    if last - first == 1 or choice[_END] - choice[_START] <= length:
        return
    best = after = 0
    for place in range(first, last):
        start, before = marks[place * width], after
        # The first counts even when it is longer than the passage.
        after = max(after, place + 1)
        while after < last and marks[after * width + 1] - start <= length:
            after += 1
        # Else it is a part of the one before, and no better.
        if after > before:
            worth = _worth(marks, width, place, after)
            if worth > best:
                best = worth
                choice[_WORTH], choice[_START], choice[_END] = worth, start, marks[(after - 1) * width + 1]
        if best == most or after == last:
            break


@compiled(BOOL(reads(INT64), reads(INT64)))
def _is_better(one: Longs, other: Longs) -> bool:
    """Tell whether a choice is better than another: it has more worth, or stands before, or is longer."""
    return (one[_WORTH], other[_START], one[_END]) > (other[_WORTH], one[_START], other[_END])


@compiled(INT64(reads(INT64), *[INT64] * 6, writes(INT64)))
def _add_choice(
    marks: Longs, width: int, length: int, begin: int, finish: int, first: int, last: int, choice: Longs
) -> int:
    """Make `choice` of the marks `first` up to `last` inside `begin` to `finish`; return how many: 1 or 0."""
    while first < last and marks[first * width] < begin:
        first += 1
    while first < last and marks[(last - 1) * width + 1] > finish:
        last -= 1
    if first == last:
        return 0
    choice[_GAP_START], choice[_GAP_END], choice[_FROM_MARK], choice[_TO_MARK] = begin, finish, first, last
    _choose_run(marks, width, length, choice)
    return 1


@compiled(INT64(*_LINES, reads(INT64), *[INT64] * 7, writes(INT64)))
def _choose_in_one(
    text: Points,
    traits: Traits,
    dropped: Ints,
    marks: Longs,
    width: int,
    first: int,
    last: int,
    opening: int,
    finish: int,
    length: int,
    can_begin: int,
    found: Longs,
) -> int:
    """Put passages of one text to `found`, the best first, as many as there is room for; return how many.

    The line of the text is from `opening` to `finish`, its marks from `first` up to `last`.
    """
    count = len(found) // PASSAGE
    choices = np.empty((count + 2, _CHOICE), np.int64)
    if finish - opening <= length or first == last:
        choice = choices[0]
        choice[_START] = choice[_END] = choice[_GAP_START] = opening
        choice[_GAP_END] = finish
        _put_around(text, traits, dropped, choice, opening, length, can_begin, found)
        return 1
    number = _add_choice(marks, width, length, opening, finish, first, last, choices[0])
    passages = 0
    while number and passages < count:
        best = 0
        for at in range(1, number):
            if _is_better(choices[at], choices[best]):
                best = at
        choice = choices[best]
        passage = found[passages * PASSAGE : (passages + 1) * PASSAGE]
        _put_around(text, traits, dropped, choice, opening, length, can_begin, passage)
        passages += 1
        begin, end, first, last = choice[_GAP_START], choice[_GAP_END], choice[_FROM_MARK], choice[_TO_MARK]
        number -= 1
        choices[best] = choices[number]
        number += _add_choice(marks, width, length, begin, passage[0], first, last, choices[number])
        number += _add_choice(marks, width, length, passage[1], end, first, last, choices[number])
    return passages


@compiled(NONE(*_LINES, reads(INT64), *[INT64] * 3, reads(INT64), *[INT64] * 5, writes(INT64)))
def choose(
    text: Points,
    traits: Traits,
    dropped: Ints,
    bounds: Longs,
    bound: int,
    line_begin: int,
    line_end: int,
    marks: Longs,
    numbers: int,
    length: int,
    room: int,
    count: int,
    can_begin: int,
    found: Longs,
) -> None:
    """Put to `found` how many passages each text has, then with room for all of a text their places.

    Args:
        text: all texts as code points.
        traits: by code point: what a character is.
        dropped: where in `text` white space is that no line has.
        bounds: of each text where its line begins and ends, and more.
        bound: how many numbers of each text that are.
        line_begin: which of them is where the line begins.
        line_end: which is where it ends.
        marks: of each its `_SPAN` in the line, the bits of its leaves, of those that are there as a whole.
        numbers: how many of each of these two a mark has.
        length: that a passage may have.
        room: by how much it is to be shorter that is not the whole text.
        count: of passages that a text may have.
        can_begin: the trait of what a sentence may begin with.
        found: of `PASSAGE` numbers for each passage and one for each text.
    """
    texts, width, low = len(bounds) // bound, _SPAN + 2 * numbers, 0
    for one in range(texts):
        begin, end = bounds[one * bound + line_begin], bounds[one * bound + line_end]
        high = low
        while high < len(marks) // width and marks[high * width] < end:
            high += 1
        inner = length if end - begin <= length else max(1, length - room)
        places = found[texts + one * count * PASSAGE : texts + (one + 1) * count * PASSAGE]
        found[one] = _choose_in_one(
            text, traits, dropped, marks, width, low, high, begin, end, inner, can_begin, places
        )
        low = high
