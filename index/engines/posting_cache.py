"""Keeps decoded arrays while they fit: least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")

_OVERHEAD = 200
"""Bytes that an entry costs beside its arrays, roughly."""


class PostingCache:
    """A thread-safe cache bounded by the bytes of the arrays it holds."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._used = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def get(self, key: Hashable, load: Callable[[], T]) -> T:
        """Return the value of `key`, loading it when it is not held."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                value: T = self._entries[key][0]
                return value
        value = load()
        size = _bytes(value)
        with self._lock:
            if key not in self._entries and size <= self._capacity:
                self._entries[key] = (value, size)
                self._used += size
                while self._used > self._capacity:
                    _, (_, freed) = self._entries.popitem(last=False)
                    self._used -= freed
        return value


def _bytes(value: object) -> int:
    arrays = (getattr(value, name) for name in value.__slots__)  # type: ignore[attr-defined] # slotted dataclasses
    return _OVERHEAD + sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
