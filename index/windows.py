"""Words side by side or near each other, among those that were found in one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Span = tuple[int, int]
"""From the first character to behind the last."""


Event = tuple[int, int, Span]
"""Something sought: the position where it stands, a bit for each of the things that it is, and its span."""


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
        while events[first][0] < position - width:
            first += 1
        missing = wanted & ~bits
        before = place
        while missing and before > first:
            before -= 1
            missing &= ~events[before][1]
        if not missing:
            yield from [span for _, _, span in events[max(first, done) : place + 1]]
            done = place + 1
