"""Processes that listen on one socket share what comes in on it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from itertools import pairwise

from search_service.event_loop import SharingEventLoop

CLIENTS = 5


def test_connections_that_wait_are_taken_one_at_a_time() -> None:
    taken: list[asyncio.Protocol] = []

    class Taken(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            taken.append(self)
            transport.close()

    async def counts_at_each_turn() -> list[int]:
        server = await asyncio.get_running_loop().create_server(Taken, sock=listening, backlog=100)
        counts = [len(taken)]
        while len(taken) < CLIENTS:
            await asyncio.sleep(0)
            counts.append(len(taken))
        server.close()
        await server.wait_closed()
        return counts

    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        for _ in range(CLIENTS):
            stack.enter_context(socket.create_connection(listening.getsockname()))

        with asyncio.Runner(loop_factory=SharingEventLoop) as runner:
            counts = runner.run(counts_at_each_turn())

    assert all(after - before <= 1 for before, after in pairwise(counts))
    assert counts[-1] == CLIENTS


def test_a_server_without_a_given_socket_is_as_any_other() -> None:
    async def served() -> bool:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
        async with server:
            return server.is_serving()

    with asyncio.Runner(loop_factory=SharingEventLoop) as runner:
        assert runner.run(served())
