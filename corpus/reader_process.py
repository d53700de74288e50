"""The process that reads files for `corpus.reader_pool`: `python -m corpus.reader_process`.

Files are hostile until parsed: one may need all memory, never end, or crash a C library. So
they are read in a process of their own, with limits on memory, time and all that reading does
not need (`corpus.process_limits`); what happens to it costs one file. Requests come on stdin and
replies leave on stdout, each a MessagePack value with its length before it; nothing that a file
contains is ever unpickled.
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
from corpus.process_limits import allow_seconds, confine
from corpus.reader import read

MEMORY_LIMIT: Final = 10**9
"""Bytes of address space. The most that a real file needs is a fifteenth."""

SECONDS_A_FILE: Final = 60
"""After so long SIGALRM ends the process, also in the midst of a C library."""

PROCESSOR_SECONDS_A_FILE: Final = 45
"""After so long SIGXCPU ends it. The most that a real file needs is 1.3 s, 10 µs a character."""

MAX_REPLY_BYTES: Final = 100 * 1024 * 1024
"""The parent reads no longer reply. Text, its parts and the decisions are the same words three times."""

_LENGTH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one file: a document or a failure.

    Attributes:
        is_last: the process has grown so much that the next file would have too little memory.
    """

    document: Document | None = None
    failure: ReadFailure | None = None
    is_last: bool = False


def encode(value: SourceFile | Reply) -> bytes:
    """Return `value` as MessagePack."""
    return msgspec.msgpack.encode(value, enc_hook=_encode_path)


def decode_request(data: bytes) -> SourceFile:
    """Return what `encode` made of a file to read."""
    return _REQUEST_DECODER.decode(data)


def decode_reply(data: bytes) -> Reply:
    """Return what `encode` made of a reply."""
    return _REPLY_DECODER.decode(data)


def _encode_path(value: Any) -> bytes:
    return os.fsencode(value)


def _decode_path(_kind: type[Path], data: bytes) -> Path:
    return Path(os.fsdecode(data))


_REQUEST_DECODER: Final = msgspec.msgpack.Decoder(SourceFile, dec_hook=_decode_path)
_REPLY_DECODER: Final = msgspec.msgpack.Decoder(Reply)
"""Made when the module is imported, in one thread: when the first decoding finds out about a dataclass in
several threads at once, msgspec 0.22 ends the process (SIGSEGV in 26 of 40 tries)."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write `data` with its length before it."""
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next frame, or `None` when the stream ended, be it within a frame, or it is too long."""
    header = stream.read(_LENGTH_BYTES)
    if len(header) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(header, "big")
    if length > MAX_REPLY_BYTES:
        return None
    data = stream.read(length)
    return data if len(data) == length else None


def main() -> None:
    """Read files until stdin ends."""
    # What a library prints must not get between the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Ctrl-C goes to the whole process group; the parent ends us by closing stdin.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(memory=MEMORY_LIMIT)
    while (request := read_frame(sys.stdin.buffer)) is not None:
        allow_seconds(wall_clock=SECONDS_A_FILE, processor=PROCESSOR_SECONDS_A_FILE)
        reply = _answer(decode_request(request))
        signal.alarm(0)
        write_frame(replies, reply)


def _answer(file: SourceFile) -> bytes:
    try:
        reply = encode(_reply(file))
        if len(reply) <= MAX_REPLY_BYTES:
            return reply
        failure = ReadFailure(file.source, "ger för mycket text", file.fingerprint)
    except MemoryError:
        reason = f"behöver mer än {MEMORY_LIMIT // 10**9} GB minne"
        failure = ReadFailure(file.source, reason, file.fingerprint)
    # One file must not end the run, whatever is wrong in our reading of it.
    except Exception as error:
        # The reason is shown to anyone; the whole of it is for those who mend it.
        traceback.print_exc()
        failure = ReadFailure(file.source, f"internt fel ({type(error).__name__})")
    return encode(Reply(failure=failure, is_last=_has_grown()))


def _reply(file: SourceFile) -> Reply:
    result = read(file)
    if isinstance(result, Document):
        return Reply(document=result, is_last=_has_grown())
    return Reply(failure=result, is_last=_has_grown())


def _has_grown() -> bool:
    try:
        pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    except OSError:  # not Linux: there is no limit then, either
        return False
    return pages * resource.getpagesize() > MEMORY_LIMIT // 4


if __name__ == "__main__":
    # A reader outlives a parent that was killed by the file at hand; no one waits for its reply.
    with contextlib.suppress(BrokenPipeError):
        main()
