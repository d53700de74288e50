"""An event loop whose processes share what comes in on one address evenly."""

from __future__ import annotations

import asyncio
import contextlib
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


class _Listener(socket.socket):
    """A socket that takes the connections that wait before it closes: the system would reset them.

    A client that is told that this answer was the last asks again at once, and may come here again. Between
    the last that is taken and the end of the listening are some µs.
    """

    take: Callable[[socket.socket], None] | None = None
    """What becomes of such a connection; set where it listens."""

    def close(self) -> None:
        """Take what waits, and close."""
        with contextlib.suppress(OSError):
            while self.take is not None:
                connection, _ = self.accept()
                connection.setblocking(False)  # noqa: FBT003 -- socket's signature
                self.take(connection)
        super().close()


class SharingEventLoop(asyncio.SelectorEventLoop):
    """Listens on a socket of its own where it is given one that other processes have too.

    On one socket the process that wakes first takes every connection that waits, and two answer no more than
    one. With `SO_REUSEPORT` the system shares them out among the sockets of an address.

    When it closes, uvicorn tells the connections that it knows. Those that were being taken at that moment,
    or waited for it, are told here: they would be kept until the time to drain is over, and then cut.
    """

    def __init__(self) -> None:
        super().__init__()
        self._taking: set[asyncio.Task[Any]] = set()

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
        if isinstance(own, _Listener):
            own.take = lambda connection: self._take(connection, new)
        return server

    def _take(self, connection: socket.socket, new: Callable[[], asyncio.BaseProtocol]) -> None:
        taking = self.create_task(self.connect_accepted_socket(new, connection))
        # A loop holds its tasks only weakly.
        self._taking.add(taking)
        taking.add_done_callback(self._taking.discard)


def _another(sock: socket.socket) -> _Listener:
    """Return a socket bound to the address of one that is bound but does not listen.

    It says that it is TCP, which uvicorn's does not: asyncio sets `TCP_NODELAY` only where it knows, and an
    answer would wait 40 ms for its head to be confirmed.
    """
    own = _Listener(sock.family, sock.type, socket.IPPROTO_TCP)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    own.bind(sock.getsockname())
    return own
