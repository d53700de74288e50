"""Opening: how long it takes, and how much memory a process has that has answered all queries.

Each engine is opened in a process of its own, time and again; the files are in the page cache.

    python -m scripts.benchmarks.opening ENGINE FOLDER < queries
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from scripts.benchmarks.child import ask_module
from scripts.benchmarks.engines.registry import make_engine
from scripts.benchmarks.proc import anonymous_bytes
from scripts.benchmarks.queries import BenchmarkQuery

_TIMES: Final = 20


class Opened(msgspec.Struct, frozen=True):
    """What opening took.

    Attributes:
        open_ms: the shortest of 20 openings.
        first_open_ms: the first one of the process.
        first_answer_ms: from there until the first request was answered.
        anonymous_bytes: memory beyond mapped files after all queries.
    """

    version: str
    open_ms: float
    first_open_ms: float
    first_answer_ms: float
    anonymous_bytes: int


def measure_opening(name: str, folder: Path, queries: Sequence[BenchmarkQuery]) -> Opened:
    """Open the index of the engine `name` in a process of its own."""
    printed = ask_module("opening", name, str(folder), sent=msgspec.msgpack.encode(queries))
    return msgspec.json.decode(printed, type=Opened)


def main(name: str, folder: Path) -> None:
    """Measure, and print what was found."""
    queries = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=list[BenchmarkQuery])
    engine = make_engine(name)
    start = time.perf_counter()
    engine.open(folder)
    opened = time.perf_counter()
    engine.request(engine.translate(queries[0]))
    answered = time.perf_counter()
    for query in queries:
        engine.request(engine.translate(query))
    taken = anonymous_bytes(os.getpid())
    version = engine.version()
    engine.close()
    times = [opened - start]
    for _ in range(_TIMES - 1):
        begun = time.perf_counter()
        engine.open(folder)
        times.append(time.perf_counter() - begun)
        engine.close()
    found = Opened(version, min(times) * 1e3, (opened - start) * 1e3, (answered - opened) * 1e3, taken)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
