"""What begins alike, in an order that keys give which are made when they are needed, not kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Final

_LAST: Final = "\U0010ffff"


def between(size: int, prefix: str, key: Callable[[int], str]) -> slice:
    """Return which of `size` places, in the order of their keys, have keys that begin with `prefix`."""
    start = bisect_left(range(size), prefix, key=key)
    return slice(start, bisect_left(range(size), prefix + _LAST, start, key=key))
