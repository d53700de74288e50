"""Which segments to merge: few of them, and nothing rewritten often."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

RATIO: Final = 4
"""A segment that is left alone has at least so many times the sections of all smaller ones together."""

MOST_DELETED: Final = 0.2
"""A segment of which more than this is deleted is written anew."""


def choose_merges(sizes: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return which segments to merge with each other, to be done once after each change.

    Sizes grow like powers of `RATIO` + 1, so there are at most logarithmically many segments; and whatever is
    rewritten stands afterwards in a segment that is larger by a quarter at least, so no section is rewritten
    more than logarithmically many times because of what is added.

    Args:
        sizes: of each segment, how many sections are live and how many are deleted.

    Returns:
        Groups of numbers of segments, ascending. A group of one is to be written anew without its deletions.
    """
    ascending = sorted(range(len(sizes)), key=lambda number: sizes[number][0])
    smaller = merged = 0
    for place, number in enumerate(ascending):
        live, _ = sizes[number]
        if place and live < RATIO * smaller:
            merged = place + 1
        smaller += live
    alone = [[number] for number in sorted(ascending[merged:]) if _is_full_of_holes(*sizes[number])]
    return [sorted(ascending[:merged]), *alone] if merged else alone


def _is_full_of_holes(live: int, deleted: int) -> bool:
    return deleted > MOST_DELETED * (live + deleted)
