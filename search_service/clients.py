"""Who a request comes from, as the limits count it."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from starlette.types import Scope

_HOME: Final = 64
"""Bits of an IPv6 address that tell one customer's network from another's; in the rest it picks freely."""


class Clients:
    """Tells whose requests are counted.

    Args:
        ours: the networks of the proxies. From a proxy's own address come the operator's scripts, and the
            requests of everybody when it does not say whose they are: to count them all as one client's would
            be worse than not to count them.
    """

    def __init__(self, ours: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> None:
        self._ours = ours
        self._name = lru_cache(maxsize=4096)(self._looked_up)

    def name(self, scope: Scope) -> str | None:
        """Return the name that a request is counted by, `None` for one that is not."""
        address = scope.get("client")
        return self._name(address[0]) if address else None

    def _looked_up(self, address: str) -> str | None:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            # A socket of the machine itself, behind which is a proxy, or a test: it could be anybody.
            return None
        found = getattr(found, "ipv4_mapped", None) or found
        if any(found in network for network in self._ours):
            return None
        return str(found if found.version == 4 else ipaddress.ip_network((int(found), _HOME), strict=False))
