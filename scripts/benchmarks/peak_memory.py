"""The most memory that something has while something else goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self


class PeakMemory:
    """Looks time and again how much memory is taken.

    Attributes:
        bytes: the most that was seen.
    """

    def __init__(self, taken: Callable[[], int], *, seconds: float) -> None:
        """Prepare to look with `taken`, which returns bytes, every `seconds`."""
        self.bytes = 0
        self._taken = taken
        self._seconds = seconds
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(self._seconds):
            self.bytes = max(self.bytes, self._taken())
