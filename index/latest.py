"""Keeps the latest things that were asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Latest:
    """What was made for the latest keys; threads may share it.

    Args:
        capacity: how many are kept: the least recently used goes first.
        is_kept: tells of what was made whether it is; without it, all is.
    """

    def __init__(self, capacity: int, *, is_kept: Callable[[Any], bool] | None = None) -> None:
        self._capacity = capacity
        self._is_kept = is_kept
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for `key`, made when it is not kept; two threads may make it at once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: T = self._kept[key]
                return known
        made = make()
        if self._is_kept is not None and not self._is_kept(made):
            return made
        with self._lock:
            kept: T = self._kept.setdefault(key, made)
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        return kept
