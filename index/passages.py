"""Which passages of a text show best why it was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from index.marks import Mark
from index.passage_choice import PASSAGE, choose
from index.text_scan import BEGINS, BOUND, LINE_BEGIN, LINE_END, TRAITS, Scanned

_BITS: Final = 62
"""Leaves that one number has bits for."""


class Passage(NamedTuple):
    """A stretch of a line, and of the text it is made of: from the first characters to behind the last."""

    start: int
    end: int
    first: int
    last: int


def best_passages(
    texts: Scanned, marks: Iterable[Mark], *, leaves: int, count: int, length: int, room: int = 0
) -> list[list[Passage]]:
    """Return for each text up to `count` passages of at most `length` characters that hold marks, in order.

    Best is what has most of the query's words, then what has them as a whole and not by a part, then more
    marks, then what comes first. A passage begins where a sentence does when it can. Without marks there is
    one passage: the beginning.

    Args:
        texts: without white space at their ends.
        marks: of all texts, in order and apart, with places in the line.
        leaves: how many bits a mark may have.
        count: 1 or more.
        length: in characters of the line.
        room: by how much a passage is to be shorter that is not the whole text.
    """
    numbers = leaves // _BITS + 1
    flat: list[int] = []
    if numbers == 1:
        for mark in marks:
            flat += mark
    else:
        shifts, every = range(0, numbers * _BITS, _BITS), (1 << _BITS) - 1
        for start, end, some, whole in marks:
            flat += (start, end, *[bits >> shift & every for bits in (some, whole) for shift in shifts])
    number = len(texts.bounds) // BOUND
    found = np.empty(number * (1 + count * PASSAGE), np.int64)
    choose(
        texts.points,
        TRAITS,
        texts.dropped,
        texts.bounds,
        BOUND,
        LINE_BEGIN,
        LINE_END,
        np.array(flat, np.int64),
        numbers,
        length,
        room,
        count,
        BEGINS,
        found,
    )
    places = found.tolist()
    return [
        sorted(
            [
                Passage(*places[at : at + PASSAGE])
                for at in range(first, first + places[one] * PASSAGE, PASSAGE)
            ]
        )
        for one, first in enumerate(range(number, len(places), count * PASSAGE))
    ]
