"""An event loop whose processes share what comes in on one address evenly."""

from __future__ import annotations

import asyncio
import socket
from typing import Any


class SharingEventLoop(asyncio.SelectorEventLoop):
    """Listens on a socket of its own where it is given one that other processes have too.

    On one socket the process that wakes first takes every connection that waits, and two answer no more than
    one. With `SO_REUSEPORT` the system shares them out among the sockets of an address.
    """

    async def create_server(
        self, *args: Any, sock: socket.socket | None = None, backlog: int = 100, **given: Any
    ) -> asyncio.Server:
        """Return a server; where a socket is given, on another one at its address."""
        own = _another(sock) if sock is not None and hasattr(socket, "SO_REUSEPORT") else sock
        return await super().create_server(*args, sock=own, backlog=backlog, **given)


def _another(sock: socket.socket) -> socket.socket:
    """Return a socket bound to the address of one that is bound but does not listen.

    It says that it is TCP, which uvicorn's does not: asyncio sets `TCP_NODELAY` only where it knows, and an
    answer would wait 40 ms for its head to be confirmed.
    """
    own = socket.socket(sock.family, sock.type, socket.IPPROTO_TCP)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind(sock.getsockname())
    return own
