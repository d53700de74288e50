"""Over HTTP: how long a request takes on one connection, and how many are answered in a second on many.

Server and client share the machine, here two cores: with two workers they compete. So it is also said how
many requests are answered in a second of the *server's* CPU time, which does not depend on the client. The
servers run side by side, and short bursts go to one and the other in turn.
"""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from scripts.benchmarks.child import ROOT, ask_module
from scripts.benchmarks.engines.engine import BenchmarkedEngine
from scripts.benchmarks.latency import percentiles
from scripts.benchmarks.load import Client, ServerFailed
from scripts.benchmarks.proc import anonymous_bytes, cpu_seconds, family
from scripts.benchmarks.queries import BenchmarkQuery

CONNECTIONS: Final = 16
WORKERS: Final = (1, 2)
BURSTS: Final = 20
_SECONDS_TO_START: Final = 60
_SECONDS_TO_STOP: Final = 15
_SECONDS_BETWEEN_TRIES: Final = 0.1
_NO_LIMIT: Final = 1 << 30

Progress = Callable[[int], None]
"""Called with the number of bursts that are over since the last call."""


class Server:
    """A server of an engine in processes of its own."""

    def __init__(self, engine: BenchmarkedEngine, folder: Path, *, workers: int) -> None:
        self.port = _free_port()
        self._workers = workers
        self._process = subprocess.Popen(  # noqa: S603 - our own servers
            engine.server(folder, port=self.port, workers=workers), cwd=ROOT, stdin=subprocess.DEVNULL
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def wait_for(self, target: str) -> None:
        """Wait until a request is answered.

        Raises:
            OSError, ServerFailed: it does not answer in time, or has ended.
        """
        end = time.monotonic() + _SECONDS_TO_START
        while self._process.poll() is None:
            try:
                client = Client(self.port, [target], 1)
                client.run(seconds=_SECONDS_TO_START, requests=1)
            except (OSError, ServerFailed):
                if time.monotonic() > end:
                    raise
                time.sleep(_SECONDS_BETWEEN_TRIES)
            else:
                client.close()
                return
        raise ServerFailed(f"the server ended with status {self._process.returncode}")

    def cpu_seconds(self) -> float:
        """Return the CPU time that its processes have taken."""
        return cpu_seconds(self._process.pid)

    def anonymous_bytes(self) -> int:
        """Return the memory beyond mapped files of the process that has most."""
        return max(anonymous_bytes(pid) for pid in family(self._process.pid))


@dataclass(slots=True)
class _Measured:
    """What the bursts of one server took, latencies in nanoseconds."""

    latencies: list[int] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0
    server_cpu_seconds: float = 0.0
    client_cpu_seconds: float = 0.0
    bytes: int = 0

    def add(self, answer: Mapping[str, Any], server_cpu_seconds: float) -> None:
        """Add a burst."""
        self.latencies += answer["latencies"]
        self.requests += len(answer["latencies"])
        self.seconds += answer["seconds"]
        self.client_cpu_seconds += answer["cpu_seconds"]
        self.bytes += answer["bytes"]
        self.server_cpu_seconds += server_cpu_seconds


def measure_serving(
    served: Sequence[tuple[BenchmarkedEngine, Path]],
    queries: Sequence[BenchmarkQuery],
    *,
    seconds: float,
    progress: Progress,
) -> dict[str, dict[str, Any]]:
    """Return the figures of each engine over HTTP.

    Args:
        served: engines and the folders of their indexes.
        queries: what is asked, in turn.
        seconds: how long each server is asked, on one connection and on many, in all bursts together.
        progress: is told of each burst.
    """
    with ExitStack() as stack:
        servers = {
            (engine, workers): stack.enter_context(Server(engine, folder, workers=workers))
            for workers in WORKERS
            for engine, folder in served
        }
        alone = {engine: _Measured() for engine, _ in served}
        many = {key: _Measured() for key in servers}
        for (engine, workers), server in servers.items():
            server.wait_for(engine.address(queries[0]))
            # So that each worker has seen the queries.
            _burst(engine, server, queries, requests=2 * workers * len(queries))
        of_burst = seconds / BURSTS
        for _ in range(BURSTS):
            for (engine, workers), server in servers.items():
                if workers == 1:
                    alone[engine].add(*_burst(engine, server, queries, connections=1, seconds=of_burst))
                many[engine, workers].add(*_burst(engine, server, queries, seconds=of_burst))
            progress(1)
        return {
            engine.name: {
                "http_ms": percentiles(np.array(alone[engine].latencies)),
                "http": {
                    f"{workers}_workers": _rates(
                        many[engine, workers], servers[engine, workers].anonymous_bytes()
                    )
                    for workers in WORKERS
                },
            }
            for engine, _ in served
        }


def _burst(
    engine: BenchmarkedEngine,
    server: Server,
    queries: Sequence[BenchmarkQuery],
    *,
    connections: int = CONNECTIONS,
    seconds: float = _SECONDS_TO_START,
    requests: int = _NO_LIMIT,
) -> tuple[dict[str, Any], float]:
    """Return what the client has measured, and the CPU time that the server took."""
    task = {
        "port": server.port,
        "targets": [engine.address(query) for query in queries],
        "connections": connections,
        "seconds": seconds,
        "requests": requests,
    }
    before = server.cpu_seconds()
    answer = json.loads(ask_module("load", sent=json.dumps(task).encode()))
    return answer, server.cpu_seconds() - before


def _rates(measured: _Measured, memory: int) -> dict[str, float]:
    requests = measured.requests
    return {
        "requests_per_s": round(requests / measured.seconds, 1),
        "requests_per_server_cpu_s": round(requests / max(measured.server_cpu_seconds, 1e-3), 1),
        "client_cpu_share": round(measured.client_cpu_seconds / measured.seconds, 3),
        "answer_bytes": round(measured.bytes / requests),
        "anonymous_bytes": memory,
        **percentiles(np.array(measured.latencies)),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
