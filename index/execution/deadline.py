"""The time that a request may take."""

from __future__ import annotations

import time

from index.errors import SearchTimeout


class Deadline:
    """A moment after which a search gives up; asked between array operations."""

    __slots__ = ("_at",)

    def __init__(self, seconds: float | None) -> None:
        self._at = None if seconds is None else time.monotonic() + seconds

    def check(self) -> None:
        """Raise `SearchTimeout` when the time is over."""
        if self._at is not None and time.monotonic() > self._at:
            raise SearchTimeout("Sökningen tog för lång tid. Gör den smalare, till exempel med ett filter.")
