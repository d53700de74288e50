"""Indexing: how much CPU time and memory it takes, and what it leaves on disk.

Each engine indexes in a process of its own, which gets the documents through a pipe: making or reading them
is no part of what is measured, nor is taking them out of the pipe.

    python -m scripts.benchmarks.building ENGINE FOLDER < documents
"""

from __future__ import annotations

import os
import struct
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from corpus.document import Document
from scripts.benchmarks.child import pipes, result_of, start_module
from scripts.benchmarks.engines.registry import make_engine
from scripts.benchmarks.peak_memory import PeakMemory
from scripts.benchmarks.proc import peak_bytes, resident_bytes

_LENGTH: Final = struct.Struct("<I")
_SECONDS_BETWEEN_LOOKS: Final = 0.2


class Built(msgspec.Struct, frozen=True):
    """What indexing took: CPU and wall time, the most memory, and the size of the folder after it."""

    sections: int
    cpu_seconds: float
    seconds: float
    peak_rss_bytes: int
    disk_bytes: int


def build(name: str, documents: Iterable[Document], folder: Path) -> Built:
    """Let the engine `name` index `documents` in `folder`."""
    encoder = msgspec.msgpack.Encoder()
    with (
        start_module("building", name, str(folder)) as process,
        PeakMemory(lambda: resident_bytes(process.pid), seconds=_SECONDS_BETWEEN_LOOKS) as peak,
    ):
        stdin, stdout = pipes(process)
        # A process that has failed reads no more; what it says of it is on stderr.
        with suppress(BrokenPipeError), stdin:
            for document in documents:
                encoded = encoder.encode(document)
                stdin.write(_LENGTH.pack(len(encoded)) + encoded)
        printed = stdout.read()
    built = msgspec.json.decode(result_of(process, printed), type=Built)
    return msgspec.structs.replace(built, peak_rss_bytes=max(peak.bytes, built.peak_rss_bytes))


class _Incoming:
    """The documents that come through a pipe, and the CPU time that taking them out of it took."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.sections = 0
        self.cpu_seconds = 0.0
        self._stream = stream
        self._decoder = msgspec.msgpack.Decoder(Document)

    def __iter__(self) -> Iterator[Document]:
        while (document := self._next()) is not None:
            yield document

    def _next(self) -> Document | None:
        # This thread's time only: an engine's own threads work on meanwhile.
        start = time.thread_time()
        head = self._stream.read(_LENGTH.size)
        document = self._decoder.decode(self._stream.read(*_LENGTH.unpack(head))) if head else None
        self.cpu_seconds += time.thread_time() - start
        self.sections += len(document.sections) if document else 0
        return document


def _cpu_seconds() -> float:
    """Return the CPU time of this process, its threads and the children that it has waited for."""
    return sum(os.times()[:4])


def main(name: str, folder: Path) -> None:
    """Index what comes in, and print what it took."""
    engine = make_engine(name)
    engine.prepare()
    incoming = _Incoming(sys.stdin.buffer)
    cpu, wall = _cpu_seconds(), time.perf_counter()
    engine.build(incoming, folder)
    built = Built(
        sections=incoming.sections,
        cpu_seconds=_cpu_seconds() - cpu - incoming.cpu_seconds,
        seconds=time.perf_counter() - wall,
        peak_rss_bytes=peak_bytes(os.getpid()),
        disk_bytes=sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    )
    sys.stdout.buffer.write(msgspec.json.encode(built))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
