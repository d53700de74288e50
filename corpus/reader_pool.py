"""Reads many files in processes of their own, so that a file that crashes one costs only itself."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from corpus.discovery import SourceFile
from corpus.document import Document, ReadFailure
from corpus.reader_process import SECONDS_A_FILE, decode_reply, encode, read_frame, write_frame

_AHEAD: Final = 4
"""Files that are read ahead of the consumer, for each process: enough to keep all at work."""

_SECONDS_TO_EXIT: Final = 5
"""How long a process that closed its output may take to give its exit status."""


class ReaderPool:
    """Some reader processes, started when they are needed and ended at the exit of the context."""

    def __init__(self, processes: int) -> None:
        self._window = processes * _AHEAD
        self._threads = ThreadPoolExecutor(processes)
        self._idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
        self._readers: set[_Reader] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        # The threads wait for their processes, and one of them may be about to start another.
        self._end_all()
        self._threads.shutdown()
        self._end_all()

    def read_all(self, files: Iterable[SourceFile]) -> Iterator[Document | ReadFailure]:
        """Yield what each of `files` became, in their order."""
        waiting = iter(files)
        ahead = deque(self._threads.submit(self._read, file) for file in islice(waiting, self._window))
        while ahead:
            result = ahead.popleft().result()
            ahead.extend(self._threads.submit(self._read, file) for file in islice(waiting, 1))
            yield result

    def _read(self, file: SourceFile) -> Document | ReadFailure:
        reader = self._take()
        reply = reader.ask(encode(file))
        if reply is None:
            self._readers.discard(reader)
            return ReadFailure(file.source, _why_it_ended(reader.end()), file.fingerprint)
        self._idle.put(reader)
        answer = decode_reply(reply)
        return answer.document or answer.failure or ReadFailure(file.source, "läsningen gav inget svar")

    def _take(self) -> _Reader:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            reader = _Reader()
            self._readers.add(reader)
            return reader

    def _end_all(self) -> None:
        for reader in tuple(self._readers):
            reader.kill()


class _Reader:
    """One reader process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.reader_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": _python_path()},
        )

    def ask(self, request: bytes) -> bytes | None:
        """Return the reply to `request`, or `None` when the process ended instead."""
        if self._process.stdin is None or self._process.stdout is None:
            return None
        try:
            write_frame(self._process.stdin, request)
            return read_frame(self._process.stdout)
        except BrokenPipeError:
            return None

    def end(self) -> int:
        """Wait for a process that has closed its output, and return its exit status."""
        try:
            self._process.wait(_SECONDS_TO_EXIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
        return self._close()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        self._process.kill()
        self._close()

    def _close(self) -> int:
        # At its exit the pipes are closed and the process is waited for.
        with contextlib.suppress(BrokenPipeError), self._process:
            pass
        return self._process.returncode


def _python_path() -> str:
    package_parent = str(Path(__file__).resolve().parent.parent)
    return os.pathsep.join(filter(None, [package_parent, os.environ.get("PYTHONPATH")]))


def _why_it_ended(status: int) -> str:
    if status == -signal.SIGALRM:
        return f"tog mer än {SECONDS_A_FILE} sekunder att läsa"
    if status < 0:
        return f"läsningen kraschade ({signal.Signals(-status).name})"
    return f"läsningen avbröts (status {status})"
