"""Processes that are given one address share what comes in on it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager

from search_service.event_loop import SharingEventLoop

CLIENTS = 64


@contextmanager
def bound_socket() -> Iterator[socket.socket]:
    """A socket as uvicorn gives one to each of its workers: bound, without a protocol, not listening."""
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", 0))
        yield bound


def test_what_comes_in_on_one_address_is_shared_by_all_that_serve_it() -> None:
    async def served(bound: socket.socket) -> list[int]:
        taken: list[list[asyncio.BaseTransport]] = [[], []]

        class Taken(asyncio.Protocol):
            def __init__(self, server: int) -> None:
                self._server = server

            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                taken[self._server].append(transport)

        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:
            for number in range(len(taken)):
                await stack.enter_async_context(
                    await loop.create_server(lambda number=number: Taken(number), sock=bound, backlog=CLIENTS)
                )
            for _ in range(CLIENTS):
                stack.enter_context(socket.create_connection(bound.getsockname()))
            while sum(map(len, taken)) < CLIENTS:
                await asyncio.sleep(0)
            for transport in (*taken[0], *taken[1]):
                transport.close()
            return [len(each) for each in taken]

    with bound_socket() as bound, asyncio.Runner(loop_factory=SharingEventLoop) as runner:
        counts = runner.run(served(bound))

    # That one of them has all of 64 is chance once in 2**63 times.
    assert min(counts) > 0


def test_an_answer_does_not_wait_for_the_client_to_confirm_its_head() -> None:
    """asyncio turns Nagle's algorithm off only for a socket that says TCP: else 40 ms an answer."""

    async def served(bound: socket.socket) -> int:
        taken = asyncio.get_running_loop().create_future()

        class Taken(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                taken.set_result(transport)

        server = await asyncio.get_running_loop().create_server(Taken, sock=bound)
        async with server:
            with socket.create_connection(bound.getsockname()):
                transport = await taken
                delays_off = transport.get_extra_info("socket").getsockopt(
                    socket.IPPROTO_TCP, socket.TCP_NODELAY
                )
                transport.close()
        return int(delays_off)

    with bound_socket() as bound, asyncio.Runner(loop_factory=SharingEventLoop) as runner:
        assert runner.run(served(bound)) == 1


def test_who_waits_when_a_server_closes_is_answered() -> None:
    async def served(bound: socket.socket) -> list[bytes]:
        class Greeting(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                assert isinstance(transport, asyncio.Transport)
                transport.write(b"hello")
                transport.close()

        loop = asyncio.get_running_loop()
        server = await loop.create_server(Greeting, sock=bound, backlog=CLIENTS)
        with ExitStack() as stack:
            address = bound.getsockname()
            clients = [stack.enter_context(socket.create_connection(address)) for _ in range(CLIENTS)]
            server.close()
            return [await loop.run_in_executor(None, client.recv, 5) for client in clients]

    with bound_socket() as bound, asyncio.Runner(loop_factory=SharingEventLoop) as runner:
        assert runner.run(served(bound)) == [b"hello"] * CLIENTS


def test_a_server_without_a_given_socket_is_as_any_other() -> None:
    async def served() -> bool:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
        async with server:
            return server.is_serving()

    with asyncio.Runner(loop_factory=SharingEventLoop) as runner:
        assert runner.run(served())
