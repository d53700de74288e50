"""An event loop that leaves connections to the other processes that listen on the same socket."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Final

_TAKEN_AT_ONCE: Final = 1
"""To asyncio `backlog` is also how many connections are taken at a time by the process that wakes first.

With uvicorn's 2,048 it took all of 16, and two processes answered no more than one.
"""


class SharingEventLoop(asyncio.SelectorEventLoop):
    """Takes one connection at a time where processes share a socket."""

    async def create_server(
        self, *args: Any, sock: socket.socket | None = None, backlog: int = 100, **given: Any
    ) -> asyncio.Server:
        """Return a server; where a socket is given, `backlog` is only how many connections wait."""
        if sock is None:
            return await super().create_server(*args, backlog=backlog, **given)
        server = await super().create_server(*args, sock=sock, backlog=_TAKEN_AT_ONCE, **given)
        sock.listen(backlog)
        return server
