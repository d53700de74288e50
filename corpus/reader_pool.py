"""Reads many files in processes of their own, so that a file that crashes one costs only itself."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

import msgspec

from corpus.clean_text import clean_line
from corpus.discovery import SourceFile
from corpus.document import Document, ReadFailure
from corpus.reader_process import (
    PROCESSOR_SECONDS_A_FILE,
    SECONDS_A_FILE,
    Reply,
    decode_reply,
    encode,
    read_frame,
    write_frame,
)

_AHEAD: Final = 4
"""Files that are read ahead of the consumer, for each process: enough to keep all at work."""

_SECONDS_TO_EXIT: Final = 5
"""How long a process that closed its output may take to give its exit status."""

_ENVIRONMENT: Final = (
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONHOME",
    "PYTHONUTF8",
    "TZ",
)
"""What a reader needs of our environment: to find Python, and to name files as we do. No secrets."""

_LONGEST_LINE: Final = 2_000

_logger = logging.getLogger(__name__)


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
        answer = reader.ask(file)
        if answer is None:
            self._readers.discard(reader)
            status = reader.end()
            # A machine with too much to do takes longer than the file does: it is tried again next time.
            fingerprint = "" if status == -signal.SIGALRM else file.fingerprint
            return ReadFailure(file.source, _why_it_ended(status), fingerprint)
        if answer.is_last:
            self._readers.discard(reader)
            reader.kill()
        else:
            self._idle.put(reader)
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
            # Not ours: it may write to no file, and ours may be one.
            stderr=subprocess.PIPE,
            env=_environment(),
        )
        self._logging = threading.Thread(target=_log, args=(self._process.stderr,), daemon=True)
        self._logging.start()

    def ask(self, file: SourceFile) -> Reply | None:
        """Return what became of `file`, or `None` when the process ended instead or gives no sense."""
        if self._process.stdin is None or self._process.stdout is None:
            return None
        try:
            write_frame(self._process.stdin, encode(file))
            reply = read_frame(self._process.stdout)
            return None if reply is None else decode_reply(reply)
        except (BrokenPipeError, msgspec.DecodeError):
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
        self._process.wait()
        self._logging.join()
        # At its exit the pipes are closed and the process is waited for.
        with contextlib.suppress(BrokenPipeError), self._process:
            pass
        return self._process.returncode


def _log(stream: IO[bytes]) -> None:
    """Log what a process says, line by line until it ends."""
    while line := stream.readline(_LONGEST_LINE):
        _logger.warning("reader: %s", clean_line(line.decode("utf-8", "replace")))


def _environment() -> dict[str, str]:
    package_parent = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, [package_parent, os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path, **{name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}}


def _why_it_ended(status: int) -> str:
    if status == -signal.SIGXCPU:
        return f"tog mer än {PROCESSOR_SECONDS_A_FILE} sekunder processortid att läsa"
    if status == -signal.SIGALRM:
        return f"tog mer än {SECONDS_A_FILE} sekunder att läsa"
    if status < 0:
        return f"läsningen kraschade ({signal.Signals(-status).name})"
    return f"läsningen avbröts (status {status})"
