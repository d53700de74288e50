"""How likely it is that one word was typed for another, by the slips that are made in Swedish."""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from index.analysis.folding import fold

_UNACCENTED: Final = 0.25
_COMMON: Final = 0.5
_OF_THE_HAND: Final = 0.75
_ANY: Final = 1.0

_SOUNDS: Final = frozenset(
    frozenset(pair)
    for pair in (
        "ck",
        "cs",
        "sz",
        "vw",
        "fv",
        "iy",
        "ij",
        "eä",
        "oå",
        "ou",
        "uö",
        "gj",
        "gk",
        "dt",
        "bp",
        "kq",
    )
)
"""Letters that stand for the same or nearly the same sound."""

_ROWS: Final = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_KEYS_BESIDE: Final = frozenset(
    frozenset((letter, other))
    for row, below in zip(_ROWS, (*_ROWS[1:], ""), strict=True)
    for place, letter in enumerate(row)
    for other in (row[place + 1 : place + 2], below[max(0, place - 1) : place], below[place : place + 1])
    if other
)
"""Letters that are beside each other on a Swedish keyboard."""


def slips_cost(typed: str, word: str) -> float:
    """Return what the slips cost that make `typed` of `word`.

    That is their optimal string alignment distance, where a slip costs 1 unless it is a common one: a letter
    without what stands above it (¼); one that is doubled or should be, or that sounds the same (½); two
    letters swapped, a key beside (¾).
    """
    before: list[float] = []
    row = [0.0, *accumulate(_extra(typed, column) for column in range(len(typed)))]
    for place, letter in enumerate(word):
        missing = _extra(word, place)
        next_row = [row[0] + missing]
        for column, other in enumerate(typed):
            cost = min(
                row[column + 1] + missing,
                next_row[column] + _extra(typed, column),
                row[column] + _instead(other, letter),
            )
            if place and column and letter == typed[column - 1] and word[place - 1] == other:
                cost = min(cost, before[column - 1] + _OF_THE_HAND)
            next_row.append(cost)
        before, row = row, next_row
    return row[-1]


def _extra(word: str, place: int) -> float:
    return _COMMON if word[place] in word[max(0, place - 1) : place] + word[place + 1 : place + 2] else _ANY


def _instead(typed: str, letter: str) -> float:
    if typed == letter:
        return 0.0
    pair = frozenset((typed, letter))
    if fold(typed) == fold(letter):
        return _UNACCENTED
    if pair in _SOUNDS:
        return _COMMON
    return _OF_THE_HAND if pair in _KEYS_BESIDE else _ANY
