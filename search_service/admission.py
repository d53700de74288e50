"""Which requests are answered at all: those for a host of ours, from clients that leave room for others."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from typing import Final

from starlette.types import Scope

from search_service.clients import Clients
from search_service.errors import RequestError
from search_service.rate_limit import RateLimit
from search_service.settings import Settings, trusted_hosts

EXPORT_TOKENS: Final = 50
"""Tokens that an export costs: one of everything takes more than a hundred times as long as a search."""

_PORT: Final = re.compile(r":[0-9]*\Z")
_EXPORT: Final = "/api/v1/export"
_MONITORING: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""What a probe asks, by any name and as often as it likes: it says nothing of the minutes."""


class Admission:
    """Says of each request whether it is answered. For one thread: that of the event loop.

    Args:
        settings: the hosts and the rate.
        clients: tells whose requests are counted.
        clock: gives the time in seconds.
    """

    def __init__(
        self, settings: Settings, clients: Clients, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._hosts = trusted_hosts(settings)
        self._clients = clients
        per_minute = settings.requests_per_minute
        self._per_minute = per_minute
        self._rate = RateLimit(per_minute / 60, clock=clock) if per_minute else None

    def refusal(self, scope: Scope) -> RequestError | None:
        """Return why the request of `scope` is refused, `None` for one that is to be answered."""
        if scope["path"] in _MONITORING:
            return None
        if self._hosts and _host(scope) not in self._hosts:
            return RequestError("unknown-host", "Tjänsten besvarar inte begäranden till den värden.")
        if self._rate is None:
            return None
        client = self._clients.name(scope)
        if client is None:
            return None
        wait = self._rate.take(client, EXPORT_TOKENS if scope["path"] == _EXPORT else 1)
        return _too_many(wait, per_minute=self._per_minute, window=self._rate.seconds) if wait else None


def _too_many(wait: float, *, per_minute: int, window: float) -> RequestError:
    message = (
        f"Från din adress kommer fler begäranden än {per_minute} i minuten. "
        "Vänta så länge som Retry-After säger."
    )
    seconds = math.ceil(wait)
    headers = {
        "Retry-After": str(seconds),
        "RateLimit-Policy": f'"requests";q={round(per_minute * window / 60)};w={round(window)}',
        "RateLimit": f'"requests";r=0;t={seconds}',
    }
    return RequestError("rate-limited", message, headers=headers)


def _host(scope: Scope) -> str:
    """Return the name in the Host header as `trusted_hosts` has it: without its port."""
    sent = next((value for name, value in scope["headers"] if name == b"host"), b"")
    return _PORT.sub("", sent.decode("latin-1").lower()).removesuffix(".")
