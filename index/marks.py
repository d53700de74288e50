"""What is marked in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


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


def moved(marks: Iterable[tuple[int, Iterable[Mark]]]) -> list[Mark]:
    """Return marks whose places were counted from some offset, each as many characters further."""
    # The class's own constructor is written in Python and takes twice the time.
    new = tuple.__new__
    return [
        new(Mark, (offset + start, offset + end, leaves, whole))
        for offset, found in marks
        for start, end, leaves, whole in found
    ]


def disjoint(marks: list[Mark]) -> list[Mark]:
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
