"""How many long answers each client may have under way at a time."""

from __future__ import annotations

from collections import Counter
from typing import Final

from search_service.errors import RequestError

RETRY_AFTER_SECONDS: Final = 5
"""Hundreds of thousands of results are not written in less, but most exports have far fewer."""


class Slot:
    """The right of one client to one answer, until `release`."""

    def __init__(self, slots: ClientSlots, client: str | None) -> None:
        self._slots: ClientSlots | None = slots
        self._client = client

    def release(self) -> None:
        """Give it back; once more does nothing."""
        slots, self._slots = self._slots, None
        if slots is not None:
            slots.give_back(self._client)


class ClientSlots:
    """Counts the answers under way by client. For one thread: that of the event loop.

    Args:
        most: how many a client may have at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: Counter[str | None] = Counter()

    def take(self, client: str | None) -> Slot:
        """Return a slot of `client`, as `Clients.name` has it: all that have no name are one here.

        Raises:
            RequestError: `rate-limited`, when it has all of its slots.
        """
        if self._taken[client] >= self._most:
            message = (
                f"Från din adress pågår redan {self._most} av högst {self._most} exporter. "
                "Försök igen när en av dem är klar."
            )
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            raise RequestError("rate-limited", message, headers=headers)
        self._taken[client] += 1
        return Slot(self, client)

    def give_back(self, client: str | None) -> None:
        """Take back a slot of `client`; one without slots is forgotten."""
        self._taken[client] -= 1
        if not self._taken[client]:
            del self._taken[client]
