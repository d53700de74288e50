"""The process that reads files for `corpus.reader_pool`: `python -m corpus.reader_process`.

Files are hostile until parsed: one may need all memory, never end, or crash a C library. So
they are read in a process of their own, with limits on memory and time; what happens to it
costs one file. Requests come on stdin and replies leave on stdout, each a MessagePack value
with its length before it; nothing that a file contains is ever unpickled.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from corpus.discovery import SourceFile
from corpus.document import Document, ReadFailure
from corpus.reader import read

MEMORY_LIMIT: Final = 3 * 1024**3
"""Bytes of address space. The largest of the real files needs a tenth."""

SECONDS_A_FILE: Final = 120
"""After so long SIGALRM ends the process, also in the midst of a C library."""

_LENGTH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one file: one of the two is given."""

    document: Document | None = None
    failure: ReadFailure | None = None


def encode(value: SourceFile | Reply) -> bytes:
    """Return `value` as MessagePack."""
    return msgspec.msgpack.encode(value, enc_hook=_encode_path)


def decode_request(data: bytes) -> SourceFile:
    """Return what `encode` made of a file to read."""
    return msgspec.msgpack.decode(data, type=SourceFile, dec_hook=_decode_path)


def decode_reply(data: bytes) -> Reply:
    """Return what `encode` made of a reply."""
    return msgspec.msgpack.decode(data, type=Reply)


def _encode_path(value: Any) -> bytes:
    return os.fsencode(value)


def _decode_path(_kind: type[Path], data: bytes) -> Path:
    return Path(os.fsdecode(data))


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write `data` with its length before it."""
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next frame, or `None` when the stream ended, be it within a frame."""
    header = stream.read(_LENGTH_BYTES)
    if len(header) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(header, "big")
    data = stream.read(length)
    return data if len(data) == length else None


def main() -> None:
    """Read files until stdin ends."""
    # What a library prints must not get between the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Ctrl-C goes to the whole process group; the parent ends us by closing stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    while (request := read_frame(sys.stdin.buffer)) is not None:
        signal.alarm(SECONDS_A_FILE)
        reply = _answer(decode_request(request))
        signal.alarm(0)
        write_frame(replies, reply)


def _limit_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    # macOS refuses a limit on address space: there is none there then.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _answer(file: SourceFile) -> bytes:
    try:
        return encode(_reply(file))
    except MemoryError:
        reason = f"behöver mer än {MEMORY_LIMIT // 1024**3} GB minne"
        failure = ReadFailure(file.source, reason, file.fingerprint)
    # One file must not end the run, whatever is wrong in our reading of it.
    except Exception as error:
        # The reason is shown to anyone; the whole of it is for those who mend it.
        traceback.print_exc()
        failure = ReadFailure(file.source, f"internt fel ({type(error).__name__})")
    return encode(Reply(failure=failure))


def _reply(file: SourceFile) -> Reply:
    result = read(file)
    if isinstance(result, Document):
        return Reply(document=result)
    return Reply(failure=result)


if __name__ == "__main__":
    # A reader outlives a parent that was killed by the file at hand; no one waits for its reply.
    with contextlib.suppress(BrokenPipeError):
        main()
