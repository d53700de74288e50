"""Keeps what the leaves of queries matched, while it fits: the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, Protocol, TypeVar

_OVERHEAD: Final = 500
"""Bytes that an entry costs beside its arrays, roughly."""
_MANY_SECTIONS: Final = 1_000_000


class Sized(Protocol):
    """What knows how many bytes it holds."""

    @property
    def nbytes(self) -> int:
        """The bytes of its arrays."""


T = TypeVar("T", bound=Sized)


def capacity(most: int, sections: int) -> int:
    """Return the bytes that a cache gets in an index of so many sections: the more, the less of `most`.

    Requests need memory for each section beside it, of which a worker should have under 300 MB at a million.
    There the cache holds only the latest words anyhow, and gets a sixth.
    """
    return most - most * min(sections, _MANY_SECTIONS) // _MANY_SECTIONS * 5 // 6


class LeafCache:
    """A cache bounded by the bytes of what it holds; threads may share it.

    It belongs to one generation. What is made of an entry (a mask, counts) is an entry of its own, so that
    all that is held counts, and what is not used goes alone. Entries must not be changed.
    """

    def __init__(self, capacity: int) -> None:
        """Hold at most `capacity` bytes."""
        self._capacity = capacity
        self._used = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """The bytes that are held."""
        return self._used

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the entry of `key`, made when it is not held; what is too large is made each time."""
        with self._lock:
            held = self._entries.get(key)
            if held is not None:
                self._entries.move_to_end(key)
                known: T = held[0]
                return known
        made = make()
        size = made.nbytes + _OVERHEAD
        if size <= self._capacity:
            self._hold(key, made, size)
        return made

    def _hold(self, key: Hashable, made: Sized, size: int) -> None:
        with self._lock:
            # Another thread may have been quicker.
            if key in self._entries:
                return
            self._entries[key] = (made, size)
            self._used += size
            while self._used > self._capacity:
                _, (_, freed) = self._entries.popitem(last=False)
                self._used -= freed
