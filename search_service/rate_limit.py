"""How much each client may ask in a time: a bucket of tokens that fills at a steady rate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

SECONDS_OF_BURST: Final = 20
"""What may be asked in this time may be asked at once: a page of results with all that it leads to, fetched
by a script that does not wait, is no attack."""

MOST_CLIENTS: Final = 10_000
"""Clients that are remembered: some 2 MB. Who is forgotten begins with a full bucket."""


class RateLimit:
    """The buckets of all clients. For one thread: that of the event loop.

    A bucket is one number: the moment at which it will be full again. What is taken moves it on, and as time
    passes it comes nearer by itself.

    Args:
        per_second: tokens that a bucket gets each second.
        clock: gives the time in seconds.
        most_clients: how many are remembered.

    Attributes:
        seconds: in which an empty bucket fills: `SECONDS_OF_BURST`, or longer where one token takes longer.
    """

    def __init__(
        self, per_second: float, *, clock: Callable[[], float], most_clients: int = MOST_CLIENTS
    ) -> None:
        self._seconds_a_token = 1 / per_second
        self.seconds = max(SECONDS_OF_BURST, self._seconds_a_token)
        self._clock = clock
        self._most_clients = most_clients
        self._full_at: dict[str, float] = {}

    def take(self, client: str, tokens: int) -> float:
        """Take tokens from the bucket of `client`, when there are as many; at most all that it holds.

        Returns:
            0.0 when they were taken, else the seconds until there will be as many; nothing was taken then.
        """
        now = self._clock()
        # Taken out and put in again, so that the order is that of the last request.
        was_full_at = self._full_at.pop(client, now)
        full_at = max(was_full_at, now) + min(tokens * self._seconds_a_token, self.seconds)
        wait = full_at - now - self.seconds
        if wait > 0:
            self._full_at[client] = was_full_at
            return wait
        self._full_at[client] = full_at
        if len(self._full_at) > self._most_clients:
            self._forget(now)
        return 0.0

    def __len__(self) -> int:
        """Return how many clients are remembered."""
        return len(self._full_at)

    def _forget(self, now: float) -> None:
        """Forget whose bucket is full again, and of the others those that have been silent longest.

        A tenth goes at a time, so that many new clients do not mean a look at all of them each.
        """
        waiting = [(client, full_at) for client, full_at in self._full_at.items() if full_at > now]
        self._full_at = dict(waiting[-(self._most_clients * 9 // 10) :])
