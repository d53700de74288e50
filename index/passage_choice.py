"""The choice of passages as compiled loops, over marks and over the few places where a text may be cut.

Places are counted in the line that a text is shown in: one space for each stretch of white space, none at its
ends. The line itself is not made.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from index.compiled import BOOL, INT32, INT64, UINT16, UINT32, compiled, reads, writes

_SPACE: Final = 32
_LETTER: Final = 127
_LONGEST_WORD: Final = 40
"""How far a cut is moved to stand between words; in longer words it stands where it stands."""

_FOR_DISTINCT: Final = 8
_FOR_WHOLE: Final = 4
"""For a word that is there as a whole: more than repeated parts of it can be worth."""
_MOST_REPEATED: Final = 4

_CHOICE: Final = 7
"""Of a choice: its worth, where its marks begin and end, its gap, from and up to which mark that goes."""
PASSAGE: Final = 4
"""Of a passage: where it begins and ends in the line, then in the text."""


@compiled(INT64(reads(INT32), INT64))
def _in_text(dropped, place):  # type: ignore[no-untyped-def]
    """Return where in the text the character at `place` of the line is."""
    low, high = 0, len(dropped)
    while low < high:
        middle = (low + high) // 2
        if dropped[middle] - middle <= place:
            low = middle + 1
        else:
            high = middle
    return place + low


@compiled(INT64(reads(UINT32), reads(UINT16), reads(INT32), INT64, INT64))
def _word_start(text, traits, dropped, place, limit):  # type: ignore[no-untyped-def]
    """Return the first beginning of a word from `place` on, at most `limit`; else `place`."""
    if place <= 0 or traits[text[_in_text(dropped, place - 1)]] & _LETTER == _SPACE:
        return max(place, 0)
    at = _in_text(dropped, place)
    for further in range(min(limit - place, _LONGEST_WORD)):
        if traits[text[at + further]] & _LETTER == _SPACE:
            return place + further + 1
    return place


@compiled(INT64(reads(UINT32), reads(UINT16), reads(INT32), INT64, INT64))
def _word_end(text, traits, dropped, place, limit):  # type: ignore[no-untyped-def]
    """Return the last end of a word up to `place`, at least `limit`; else `place`."""
    at = _in_text(dropped, place)
    if traits[text[at]] & _LETTER == _SPACE:
        return place
    for back in range(1, min(place - limit, _LONGEST_WORD) + 1):
        if traits[text[at - back]] & _LETTER == _SPACE:
            return place - back
    return place


@compiled(INT64(reads(UINT32), reads(UINT16), reads(INT32), INT64, INT64, INT64))
def _sentence_start(text, traits, dropped, first, earliest, can_begin):  # type: ignore[no-untyped-def]
    """Return where the last sentence begins whose end before it is not before `earliest`; -1 without."""
    at = _in_text(dropped, first)
    for place in range(first, earliest + 1, -1):
        before = at - 1
        if traits[text[before]] & _LETTER == _SPACE:
            while traits[text[before - 1]] & _LETTER == _SPACE:
                before -= 1
            end = text[before - 1]
            if traits[text[at]] & can_begin and (end == 46 or end == 33 or end == 63 or end == 58):  # .!?:
                return place
        at = before
    return -1


@compiled(
    INT64(
        reads(UINT32),
        reads(UINT16),
        reads(INT32),
        *(INT64, INT64),
        *(INT64, INT64),
        *(INT64, INT64, INT64),
        writes(INT64),
    )
)
def _around(  # type: ignore[no-untyped-def]
    text, traits, dropped, first, last, begin, finish, opening, length, can_begin, passage
):
    """Put a passage around `first` to `last` to the first places of `passage`, cut between words.

    It is inside of `begin` to `finish`; at `opening` the text begins.
    """
    slack = max(0, length - (last - first))
    start, end = begin, finish
    if first - slack > begin or finish - begin > length:
        earliest = max(begin, first - slack * 2 // 3)
        start = -1
        if earliest == opening:
            start = opening
        else:
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
    return 0


@compiled(INT64(reads(INT64), INT64, INT64, INT64))
def _worth(marks, numbers, first, last):  # type: ignore[no-untyped-def]
    """Return what a passage is worth that has the marks from `first` up to `last`."""
    width = 2 + 2 * numbers
    worth = min(_MOST_REPEATED, last - first)
    for column in range(2, width):
        bits = 0
        for at in range(first * width + column, last * width, width):
            bits |= marks[at]
        while bits:
            bits &= bits - 1
            worth += _FOR_DISTINCT if column < 2 + numbers else _FOR_WHOLE
    return worth


@compiled(INT64(reads(INT64), INT64, INT64, INT64, INT64, writes(INT64)))
def _best_run(marks, numbers, first, last, length, choice):  # type: ignore[no-untyped-def]
    """Put the best run of neighbouring marks that fits into `length` to the first places of `choice`."""
    width = 2 + 2 * numbers
    most = _worth(marks, numbers, first, last)
    choice[0], choice[1], choice[2] = most, marks[first * width], marks[(last - 1) * width + 1]
    if last - first == 1 or choice[2] - choice[1] <= length:
        return most
    best = after = 0
    for place in range(first, last):
        start, before = marks[place * width], after
        # The first counts even when it is longer than the passage.
        after = max(after, place + 1)
        while after < last and marks[after * width + 1] - start <= length:
            after += 1
        # Else it is a part of the one before, and no better.
        if after > before:
            worth = _worth(marks, numbers, place, after)
            if worth > best:
                best = worth
                choice[0], choice[1], choice[2] = worth, start, marks[(after - 1) * width + 1]
        if best == most or after == last:
            break
    return best


@compiled(BOOL(reads(INT64), INT64, INT64))
def _is_better(choices, one, other):  # type: ignore[no-untyped-def]
    """Tell whether a choice is better than another: it has more worth, or stands before, or is longer."""
    if choices[one] != choices[other]:
        return choices[one] > choices[other]
    if choices[one + 1] != choices[other + 1]:
        return choices[one + 1] < choices[other + 1]
    return choices[one + 2] > choices[other + 2]


@compiled(INT64(reads(INT64), INT64, INT64, INT64, writes(INT64)))
def _add_choice(marks, numbers, length, number, choices):  # type: ignore[no-untyped-def]
    """Make a choice of the marks inside its gap, if there are any; return how many choices there are then."""
    width = 2 + 2 * numbers
    choice = choices[number * _CHOICE :]
    begin, finish, first, last = choice[3], choice[4], choice[5], choice[6]
    while first < last and marks[first * width] < begin:
        first += 1
    while first < last and marks[(last - 1) * width + 1] > finish:
        last -= 1
    if first == last:
        return number
    choice[5], choice[6] = first, last
    _best_run(marks, numbers, first, last, length, choice)
    return number + 1


@compiled(
    INT64(
        reads(UINT32),
        reads(UINT16),
        reads(INT32),
        reads(INT64),
        *(INT64, INT64, INT64, INT64),
        *(INT64, INT64, INT64),
        writes(INT64),
    )
)
def _choose_in_one(  # type: ignore[no-untyped-def]
    text, traits, dropped, marks, low, high, opening, size, numbers, length, can_begin, found
):
    """Put the places of passages of one text to `found`, in order; return how many."""
    count = len(found) // PASSAGE
    if size <= length or low == high:
        finish = opening + size
        _around(text, traits, dropped, opening, opening, opening, finish, opening, length, can_begin, found)
        return 1
    choices = np.empty((count + 2) * _CHOICE, np.int64)
    choices[3], choices[4], choices[5], choices[6] = opening, opening + size, low, high
    number = _add_choice(marks, numbers, length, 0, choices)
    passages = 0
    while number and passages < count:
        best = 0
        for at in range(_CHOICE, number * _CHOICE, _CHOICE):
            if _is_better(choices, at, best):
                best = at
        first, last, begin, finish = (
            choices[best + 1],
            choices[best + 2],
            choices[best + 3],
            choices[best + 4],
        )
        low, high = choices[best + 5], choices[best + 6]
        passage = found[passages * PASSAGE : (passages + 1) * PASSAGE]
        _around(text, traits, dropped, first, last, begin, finish, opening, length, can_begin, passage)
        passages += 1
        number -= 1
        for at in range(_CHOICE):
            choices[best + at] = choices[number * _CHOICE + at]
        for side in range(2):
            at = number * _CHOICE
            choices[at + 3] = passage[1] if side else begin
            choices[at + 4] = finish if side else passage[0]
            choices[at + 5], choices[at + 6] = low, high
            number = _add_choice(marks, numbers, length, number, choices)
    return passages


@compiled(
    INT64(reads(UINT32), reads(UINT16), reads(INT32), reads(INT64), reads(INT64), reads(INT64), writes(INT64))
)
def choose(text, traits, dropped, bounds, marks, sizes, found):  # type: ignore[no-untyped-def]
    """Put to `found` how many passages each text has, then with room for all of a text their places."""
    numbers, length, room, count, can_begin, width = (
        sizes[0],
        sizes[1],
        sizes[2],
        sizes[3],
        sizes[4],
        sizes[5],
    )
    texts = len(bounds) // width
    of_mark = 2 + 2 * numbers
    low = 0
    for one in range(texts):
        opening, end = bounds[one * width + 1], bounds[one * width + 2]
        high = low
        while high < len(marks) // of_mark and marks[high * of_mark] < end:
            high += 1
        size = end - opening
        inner = length if size <= length else max(1, length - room)
        places = found[texts + one * count * PASSAGE : texts + (one + 1) * count * PASSAGE]
        found[one] = _choose_in_one(
            text, traits, dropped, marks, low, high, opening, size, numbers, inner, can_begin, places
        )
        low = high
    return 0
