"""Words side by side or near each other, among those that were found in one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

Span = tuple[int, int]
"""From the first character to behind the last."""


class Event(NamedTuple):
    """Something sought that stands at a position; `bits` has one for each of the things that it is."""

    position: int
    bits: int
    span: Span


def adjacent(words: Sequence[Mapping[int, Span]]) -> Iterator[Span]:
    """Yield the span of each place where words stand side by side in order.

    Args:
        words: for each of the words its spans by position.
    """
    for position, first in words[0].items():
        if all(position + offset in places for offset, places in enumerate(words)):
            yield first[0], words[-1][position + len(words) - 1][1]


def near(events: Sequence[Event], wanted: int, width: int) -> Iterator[Span]:
    """Yield the spans of all events wherever the bits `wanted` are at most `width` positions apart.

    Args:
        events: in order of position; each has at least one of the bits.
        wanted: the bits that all must be there.
        width: between the first and the last position.
    """
    first = done = 0
    for place, (position, bits, _) in enumerate(events):
        while events[first].position < position - width:
            first += 1
        missing = wanted & ~bits
        before = place
        while missing and before > first:
            before -= 1
            missing &= ~events[before].bits
        if not missing:
            yield from (event.span for event in events[max(first, done) : place + 1])
            done = place + 1
