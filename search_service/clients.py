"""Who a request comes from, as the limits count it."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import Final

UNKNOWN: Final = ""
"""All whose address is none, together."""

_HOME: Final = 64
"""Bits of an IPv6 address that tell one customer's network from another's; in the rest it picks freely."""


@lru_cache(maxsize=4096)
def client_name(address: str) -> str:
    """Return the name that an address is counted by.

    Args:
        address: where the connection comes from, or what a trusted proxy says of it.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return UNKNOWN
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _HOME), strict=False))
