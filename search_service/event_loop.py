"""An event loop whose processes share what comes in on one address evenly."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any, Final, Protocol, runtime_checkable

_SECONDS_TO_ARRIVE: Final = 0.1
"""From the moment that a connection is taken till uvicorn has heard of it, many times over."""


@runtime_checkable
class Drained(Protocol):
    """A connection that can be told that its next answer is the last."""

    def shutdown(self) -> None:
        """Take note of it."""


class SharingEventLoop(asyncio.SelectorEventLoop):
    """Listens on a socket of its own where it is given one that other processes have too.

    On one socket the process that wakes first takes every connection that waits, and two answer no more than
    one. With `SO_REUSEPORT` the system shares them out among the sockets of an address.

    When it closes, uvicorn tells the connections that it knows. Those that were being taken at that moment
    are told here: they would be kept until the time to drain is over, and then cut.
    """

    async def create_server(
        self,
        protocol_factory: Callable[[], asyncio.BaseProtocol],
        *args: Any,
        sock: socket.socket | None = None,
        backlog: int = 100,
        **given: Any,
    ) -> asyncio.Server:
        """Return a server; where a socket is given, on another one at its address."""
        own = _another(sock) if sock is not None and hasattr(socket, "SO_REUSEPORT") else sock

        def new() -> asyncio.BaseProtocol:
            protocol = protocol_factory()
            self.call_later(_SECONDS_TO_ARRIVE, tell_when_closed, protocol)
            return protocol

        def tell_when_closed(protocol: asyncio.BaseProtocol) -> None:
            if not server.is_serving() and isinstance(protocol, Drained):
                protocol.shutdown()

        server = await super().create_server(new, *args, sock=own, backlog=backlog, **given)
        return server


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
