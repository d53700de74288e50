"""A client that asks a server over and over, on several connections, each with one request at a time.

It uses raw sockets, so that it takes little of the CPU time that it shares with the server.

    python -m scripts.benchmarks.load < task
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

_MOST_AT_ONCE: Final = 1 << 18
_LONGEST_HEAD: Final = 1 << 13
_HEAD_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"\r\ncontent-length:"
_OK: Final = b"HTTP/1.1 200"
_SECONDS_OF_SILENCE: Final = 30
_SECONDS_BETWEEN_LOOKS: Final = 0.002
"""On several connections. To be woken for each answer took a third more of the time of two cores, which the
servers need; they have other requests to answer meanwhile."""


class ServerFailed(Exception):
    """The server answered with an error, or not at all."""


@dataclass(slots=True)
class _Connection:
    """One connection: how much of its answer has come, how long that is, and when it was asked for, else 0.

    Of the answer only its beginning is kept, until its length is known.
    """

    socket: socket.socket
    beginning: bytes = b""
    received: int = 0
    expected: int = 0
    started: int = 0


class Client:
    """Asks for `targets` in turn on a number of connections."""

    def __init__(self, port: int, targets: Sequence[str], connections: int) -> None:
        self.latencies: list[int] = []
        self.bytes = 0
        self._requests: Iterator[bytes] = cycle(
            [f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() for target in targets]
        )
        # One for all: memory of its own for each answer takes as long as reading it.
        self._buffer = bytearray(_MOST_AT_ONCE)
        self._view = memoryview(self._buffer)
        self._selector = selectors.DefaultSelector()
        for _ in range(connections):
            connected = socket.create_connection(("127.0.0.1", port), timeout=_SECONDS_OF_SILENCE)
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # With a time limit each call is two: the socket is asked first whether it is ready.
            connected.settimeout(0)
            connection = _Connection(connected)
            self._selector.register(connected, selectors.EVENT_READ, connection)

    def run(self, *, seconds: float, requests: int) -> None:
        """Ask until the seconds or the requests are over, whichever is first.

        Raises:
            ServerFailed: an answer is none.
        """
        connections = [key.data for key in self._selector.get_map().values()]
        end = time.perf_counter() + seconds
        begun = 0
        for connection in connections[:requests]:
            self._ask(connection)
            begun += 1
        while len(self.latencies) < begun:
            if len(connections) > 1:
                time.sleep(_SECONDS_BETWEEN_LOOKS)
            events = self._selector.select(_SECONDS_OF_SILENCE)
            if not events:
                raise ServerFailed("the server has not answered for 30 s")
            for key, _ in events:
                if self._receive(key.data) and begun < requests and time.perf_counter() < end:
                    self._ask(key.data)
                    begun += 1

    def close(self) -> None:
        """Close the connections."""
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        self._selector.close()

    def _ask(self, connection: _Connection) -> None:
        connection.beginning = b""
        connection.received = connection.expected = 0
        connection.started = time.perf_counter_ns()
        connection.socket.sendall(next(self._requests))

    def _receive(self, connection: _Connection) -> bool:
        """Take what has come; return whether the answer is whole."""
        received = connection.socket.recv_into(self._buffer)
        if not received:
            if connection.started:
                raise ServerFailed("the server closed the connection")
            # It has waited for the others, and the server has not.
            self._selector.unregister(connection.socket)
            connection.socket.close()
            return False
        connection.received += received
        if not connection.expected:
            beginning = connection.beginning + self._view[: min(received, _LONGEST_HEAD)]
            connection.expected = _length(beginning)
            connection.beginning = b"" if connection.expected else beginning
        if not connection.expected or connection.received < connection.expected:
            return False
        self.latencies.append(time.perf_counter_ns() - connection.started)
        connection.started = 0
        self.bytes += connection.expected
        return True


def _length(beginning: bytes) -> int:
    """Return how long an answer is with its head, 0 while that is not known."""
    end = beginning.find(_HEAD_END)
    if end < 0:
        if len(beginning) >= _LONGEST_HEAD:
            raise ServerFailed("the head of the answer has no end")
        return 0
    if not beginning.startswith(_OK):
        raise ServerFailed(f"the server answered {beginning[:500]!r}")
    # A pattern that ignores case takes as long as all else that is done with an answer.
    _, found, rest = beginning[: end + len(_HEAD_END)].lower().partition(_LENGTH)
    if not found:
        raise ServerFailed("the answer does not say how long it is")
    return end + len(_HEAD_END) + int(rest[: rest.index(b"\r")])


def run_task(task: dict[str, Any]) -> dict[str, Any]:
    """Do what a task says, and return what it took."""
    client = Client(task["port"], task["targets"], task["connections"])
    cpu, start = time.process_time(), time.perf_counter()
    client.run(seconds=task["seconds"], requests=task["requests"])
    seconds = time.perf_counter() - start
    client.close()
    return {
        "latencies": client.latencies,
        "bytes": client.bytes,
        "seconds": seconds,
        "cpu_seconds": time.process_time() - cpu,
    }


if __name__ == "__main__":
    json.dump(run_task(json.load(sys.stdin)), sys.stdout)
