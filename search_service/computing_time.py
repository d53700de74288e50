"""Who has had more than its share of the computing time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

AT_ONCE: Final = 0.25
"""Seconds of computing that it may take without a pause: a page of results, and the §§ that are opened."""

LONGEST_DEBT: Final = 1.0
"""Seconds of computing that are held against a client at most: of a share of 0.02, paid after 50 of rest."""

MOST_CLIENTS: Final = 10_000
"""Clients that are remembered, those that were computed for last."""


class ComputingTime:
    """What was computed for each client of late. For one thread: that of the event loop.

    Args:
        share: seconds of computing that a client is given each second; who reads what is found takes less
            than 0.02.
        clock: gives the time in seconds.
    """

    def __init__(self, share: float, *, clock: Callable[[], float]) -> None:
        self._share = share
        self._clock = clock
        self._paid_at: dict[str, float] = {}

    def spend(self, client: str, seconds: float) -> None:
        """Take note that it was computed for `client`."""
        now = self._clock()
        paid_at = max(self._paid_at.pop(client, now), now) + seconds / self._share
        self._paid_at[client] = min(paid_at, now + LONGEST_DEBT / self._share)
        if len(self._paid_at) > MOST_CLIENTS:
            del self._paid_at[next(iter(self._paid_at))]

    def is_over(self, client: str) -> bool:
        """Return whether `client` has had more than its share."""
        return self._paid_at.get(client, 0.0) - self._clock() > AT_ONCE / self._share
