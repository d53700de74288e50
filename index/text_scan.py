"""One compiled pass over a text: where something may be that is sought, and how the text shrinks to one line.

What each character is to that pass is one number, worked out when the character is first met.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.folding import fold
from index.compiled import BOOL, INT32, INT64, UINT8, UINT16, UINT32, compiled, reads, several, writes

Points = NDArray[np.uint32]
"""A text as code points."""
Traits = NDArray[np.uint16]
Pairs = NDArray[np.uint8]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

LETTER: Final = 127
"""The bits that say how a character is looked for: a small ASCII letter or digit, or one of these signs."""
SPACE: Final = ord(" ")
JOINT: Final = ord("-")
"""What may stand between the letters of a word."""
UNSURE: Final = ord("?")
"""What may be any letters, or none, after it was normalised and folded."""
OTHER: Final = ord(".")

NOT_SHOWN: Final = 1 << 7
"""Left out where a text is shown in a line."""
BEGINS: Final = 1 << 8
"""What a sentence may begin with."""
HYPHEN: Final = 1 << 9
INSIDE: Final = 1 << 10
"""What stands inside of the hyphen of an elliptic word: a letter, or what may vanish."""
OUTSIDE: Final = 1 << 11
"""Likewise outside."""

UNSHOWN: Final = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff]"
)
_FLAGS: Final = tuple(
    (flag, re.compile(pattern).match)
    for flag, pattern in (
        (NOT_SHOWN, UNSHOWN),
        (BEGINS, r"[^\W\d_a-zåäö]"),
        (HYPHEN, "[-\u2010\u2011]"),
        (INSIDE, r"[^\W\d_]|[^\w\x00-\x7f]"),
        (OUTSIDE, r"[\s,/&]|[^\w\x00-\x7f]"),
    )
)
_JOINTS: Final = frozenset("-'&`:´")
_HARMLESS: Final = frozenset("–”…•")
"""What is not Latin-1, but common, and no part of a word; a dash between digits joins no letters."""

TRAITS: Final[Traits] = np.zeros(0x110000, np.uint16)
"""By code point: its letter and its flags; 0 is not yet known. Pages that no text needs take no memory."""

# The code of some letters in a row is a number of 7 bits a letter; that of two tells whether to look closer.
_BITS: Final = 7
WINDOW: Final = 9
"""Letters that are compared at once."""
PAIRS: Final = 1 << 2 * _BITS
_TWO: Final = PAIRS - 1
_TWO_SPACES: Final = SPACE << _BITS | SPACE
_PART_MISSING: Final = 22
"""Characters within which the next word begins behind an elliptic one: `barn- , respektive   ungdoms-`."""

ROW: Final = 3
BOUND: Final = 5
LINE_BEGIN: Final = 1
LINE_END: Final = 2
_ROWS_END: Final = 3
_FLAGS_AT: Final = 4

IS_UNSHOWN: Final = 1
"""There are characters that are not shown in a line; then the line is without use."""
IS_UNSURE: Final = 2
"""Some letters are others when they are normalised."""
IS_ELLIPTIC: Final = 4
"""Something sought may be in an elliptic word."""
_HAS_ELLIPSIS: Final = 8

_END: Final = 1
_BEGINNING: Final = 2
_TEXT: Final = reads(UINT32), reads(UINT16)
"""All texts in one and `TRAITS`, as compiled code takes them."""


class Scanned(NamedTuple):
    """What was found in some texts, which stand in one with a line's end between each and the next.

    Places in the line are those in the one text without the white space that is dropped: each stretch of it
    inside a text is one space, there is none at its beginning.

    Attributes:
        text: the one text.
        points: the same as code points.
        dropped: int32, the places of white space that is dropped.
        rows: of each run that may have what is sought: where it begins in the line, where it begins and ends
            in the text; flat, in order.
        bounds: int64, of each text `BOUND` numbers: its end in the one text, where its line begins and ends,
            the end of its rows, its flags.
    """

    text: str
    points: Points
    dropped: NDArray[np.int32]
    rows: list[int]
    bounds: NDArray[np.int64]


def known_pairs() -> Pairs:
    """Return the pairs of letters to look closer at whatever is sought: uint8, by code."""
    pairs = np.zeros(PAIRS, np.uint8)
    pairs[0 :: LETTER + 1] = pairs[UNSURE :: LETTER + 1] = pairs[_TWO_SPACES] = 1
    return pairs


def scan(texts: Sequence[str], pairs: Pairs, sought: Longs) -> Scanned:
    """Return what is in some texts.

    Args:
        texts: any.
        pairs: uint8 by code: whether the last two letters of something sought, or its only one, are these.
        sought: int64, for each the mask of a code and its value, one behind the other.
    """
    text = "\n".join(texts)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    size = len(points)
    bounds = np.empty(len(texts) * BOUND, np.int64)
    end = -1
    for number, one in enumerate(texts):
        end += len(one) + 1
        bounds[number * BOUND] = end
    # A run in two characters has a row, and each white space may be left out.
    found = np.empty(size + (size // 2 + 1) * ROW + 1, np.int32)
    while (count := _scan(points, TRAITS, pairs, sought, bounds, found)) < 0:
        _learn(points)
    first = size + 1
    return Scanned(
        text, points, found[1 : 1 + found.item(0)], found[first : first + count * ROW].tolist(), bounds
    )


def _learn(points: Points) -> None:
    for point in np.unique(points[TRAITS[points] == 0]).tolist():
        TRAITS[point] = _traits(chr(point))


def _traits(character: str) -> int:
    flags = sum(flag for flag, matches in _FLAGS if matches(character))
    return flags | (UNSURE if flags & NOT_SHOWN else letter(character))


def letter(character: str) -> int:
    """Return how a character is looked for."""
    if character.isspace():
        return SPACE
    if character in _JOINTS:
        return JOINT
    if character in _HARMLESS:
        return OTHER
    if character > "\xff" or character == "?":
        return UNSURE
    if not character.isalnum():
        return OTHER
    folded = fold(character.casefold())
    return ord(folded) if folded.isascii() and len(folded) == 1 else UNSURE


@compiled(INT64(*_TEXT, INT64))
def _ellipsis(text: Points, traits: Traits, place: int) -> int:
    """Tell of the hyphen at `place` whether it may stand for the `_END` of a word, for the `_BEGINNING`."""
    if place == 0 or place + 1 == len(text):
        return 0
    before, after = traits[text[place - 1]], traits[text[place + 1]]
    end = _END if before & INSIDE and after & OUTSIDE else 0
    return end | _BEGINNING if before & OUTSIDE and after & INSIDE else end


@compiled(BOOL(INT64, reads(INT64)))
def _is_sought(code: int, sought: Longs) -> bool:
    """Tell whether the last letters of a code are something sought, given as to `scan`."""
    for at in range(0, len(sought), 2):  # noqa: SIM110  a generator cannot be compiled
        if code & sought[at] == sought[at + 1]:
            return True
    return False


@compiled(BOOL(INT64, reads(INT64)))
def _begins_sought(code: int, sought: Longs) -> bool:
    """Tell whether some last letters of a code are the first ones of something sought, but not all."""
    for at in range(0, len(sought), 2):
        mask, value = sought[at] >> _BITS, sought[at + 1] >> _BITS
        while mask:
            if code & mask == value:
                return True
            mask >>= _BITS
            value >>= _BITS
    return False


@compiled(INT64(*_TEXT, INT64))
def _flags_of_unsure(text: Points, traits: Traits, place: int) -> int:
    """Return the flags of a text that has an `UNSURE` character at `place`."""
    trait = traits[text[place]]
    flags = IS_UNSURE | IS_UNSHOWN if trait & NOT_SHOWN else IS_UNSURE
    if trait & HYPHEN and _ellipsis(text, traits, place):
        flags |= IS_ELLIPTIC
    return flags


@compiled(several(INT64, 2)(*_TEXT, INT64, INT64, INT64, INT64, writes(INT32)))
def _put_run(
    text: Points, traits: Traits, place: int, behind: int, end: int, dropped: int, row: Ints
) -> tuple[int, int]:
    """Put the run at `place`, inside `behind` to `end`, after `dropped` spaces, to `row`; return its ends."""
    start = place
    while start > behind and traits[text[start - 1]] & LETTER != SPACE:
        start -= 1
    behind = place + 1
    while behind < end and traits[text[behind]] & LETTER != SPACE:
        behind += 1
    row[0], row[1], row[2] = start - dropped, start, behind
    return start, behind


@compiled(several(INT64, 2)(*_TEXT, reads(UINT8), reads(INT64), INT64, INT64, INT64, writes(INT32)))
def _scan_one(  # noqa: C901  one loop, what is rare is in calls
    text: Points, traits: Traits, pairs: Pairs, sought: Longs, begin: int, end: int, rows: int, found: Ints
) -> tuple[int, int]:
    """Put what a text from `begin` to `end` has to `found`, where there are `rows` of the texts before.

    Returns how many rows there are then, and the text's flags, -1 when a character is not yet known.
    """
    dropped = found[0]
    behind, reach, flags = begin, -1, 0
    code = np.uint64(SPACE)
    for place in range(begin, end):
        trait = traits[text[place]]
        kind = np.uint64(trait & LETTER)
        if kind == JOINT:
            if trait & HYPHEN:
                ellipsis = _ellipsis(text, traits, place)
                if ellipsis & _END:
                    reach = place + _PART_MISSING
                    flags |= _HAS_ELLIPSIS
                if ellipsis and (ellipsis != _END or behind > place or _begins_sought(int(code), sought)):
                    flags |= IS_ELLIPTIC
            continue
        code = code << np.uint64(_BITS) | kind
        # Nearly all are passed over here, without a branch that cannot be foreseen.
        if not pairs[code & np.uint64(_TWO)]:
            continue
        if trait == 0:
            return rows, -1
        if kind == SPACE:
            if place == begin or traits[text[place - 1]] & LETTER == SPACE:
                found[1 + dropped] = place
                dropped += 1
            continue
        if kind == UNSURE:
            flags |= _flags_of_unsure(text, traits, place)
        if place >= behind and _is_sought(int(code), sought):
            at = len(text) + 1 + rows * ROW
            start, behind = _put_run(text, traits, place, behind, end, dropped, found[at : at + ROW])
            rows += 1
            if start <= reach:
                flags |= IS_ELLIPTIC
    if flags & _HAS_ELLIPSIS and flags & IS_UNSURE:
        flags |= IS_ELLIPTIC
    found[0] = dropped
    return rows, flags


@compiled(INT64(*_TEXT, reads(UINT8), reads(INT64), writes(INT64), writes(INT32)))
def _scan(text: Points, traits: Traits, pairs: Pairs, sought: Longs, bounds: Longs, found: Ints) -> int:
    """Put to `found` how many white spaces are dropped, their places, and behind room for all the rows.

    Returns how many rows; -1 when a character is not yet known. Of `bounds` the ends of texts are given.
    """
    found[0] = begin = rows = 0
    for at in range(0, len(bounds), BOUND):
        end = bounds[at]
        bounds[at + LINE_BEGIN] = begin - found[0]
        rows, flags = _scan_one(text, traits, pairs, sought, begin, end, rows, found)
        if flags < 0:
            return -1
        bounds[at + LINE_END], bounds[at + _ROWS_END], bounds[at + _FLAGS_AT] = end - found[0], rows, flags
        begin = end + 1
    return rows
