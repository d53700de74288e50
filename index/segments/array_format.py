"""What stands where in an array file.

::

    0                 magic number, format version, checksum of the two, zeros up to 64 bytes
    64                the arrays one after the other: little-endian, each at a multiple of 64 bytes
    directory         JSON: the name, type, place and length of each array
    table             the CRC-32 of each block of 64 KiB from the file's start to the directory
    footer            the file's size, where the directory begins, CRC-32 of the directory and the table,
                      CRC-32 of the footer

Each byte is under a checksum, those between the arrays too.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from isal.isal_zlib import crc32

from index.errors import REPAIR, IndexDamaged, IndexOutdated

BLOCK_SHIFT: Final = 16
BLOCK: Final = 1 << BLOCK_SHIFT
"""Bytes under one checksum."""
ALIGNMENT: Final = 64

_HEADER: Final = struct.Struct("<8sII48x")
_HEADER_START: Final = struct.Struct("<8sI")
_FOOTER: Final = struct.Struct("<QQII")
_CRC: Final = struct.Struct("<I")
_MAGIC: Final = b"MinArray"
_VERSION: Final = 1


class Entry(msgspec.Struct, frozen=True):
    """One array as the directory has it; `offset` is in bytes, `length` in elements."""

    name: str
    dtype: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands after the arrays.

    Attributes:
        start: where it begins, which is where the last block ends.
        entries: the arrays.
        checksums: the CRC-32 of each block.
    """

    start: int
    entries: tuple[Entry, ...]
    checksums: tuple[int, ...]


def header() -> bytes:
    """Return the bytes that every array file begins with."""
    return _HEADER.pack(_MAGIC, _VERSION, crc32(_HEADER_START.pack(_MAGIC, _VERSION)))


def tail(start: int, entries: Iterable[Entry], checksums: Iterable[int]) -> bytes:
    """Return what stands after the arrays: directory, table and footer; see `Tail`."""
    directory = msgspec.json.encode(list(entries))
    table = np.fromiter(checksums, "<u4").tobytes()
    size = start + len(directory) + len(table) + _FOOTER.size
    footer = _FOOTER.pack(size, start, crc32(table, crc32(directory)), 0)[: -_CRC.size]
    return directory + table + footer + _CRC.pack(crc32(footer))


def read_tail(path: Path, mapped: mmap.mmap) -> Tail:
    """Check all of an array file but its blocks, and return what stands after them.

    Raises:
        IndexDamaged: it was cut or changed.
        IndexOutdated: it has the format of another version.
    """
    _check_header(path, mapped)
    footer = mapped[-_FOOTER.size :]
    size, start, checksum, own = _FOOTER.unpack(footer)
    if crc32(footer[: -_CRC.size]) != own or size != len(mapped):
        raise damaged(path, "har kortats av eller ändrats")
    content = mapped[start : -_FOOTER.size]
    if crc32(content) != checksum:
        raise damaged(path, "har ändrats (förteckningen stämmer inte)")
    table = len(content) - _CRC.size * blocks(start)
    try:
        entries = _ENTRIES.decode(content[:table])
        checksums = np.frombuffer(content, "<u4", offset=table).tolist()
    except (msgspec.MsgspecError, ValueError) as error:
        raise damaged(path, "har en förteckning som inte kan läsas") from error
    return Tail(start, entries, tuple(checksums))


def blocks(size: int) -> int:
    """Return how many blocks so many bytes take."""
    return (size + BLOCK - 1) >> BLOCK_SHIFT


def damaged(path: Path, what: str) -> IndexDamaged:
    """Return the error that a file of the index is not what was written."""
    return IndexDamaged(f"{path} {what}. {REPAIR}")


def _check_header(path: Path, mapped: mmap.mmap) -> None:
    if len(mapped) < _HEADER.size + _FOOTER.size:
        raise damaged(path, "har kortats av")
    found = mapped[: _HEADER.size]
    magic, version, checksum = _HEADER.unpack(found)
    intact = magic == _MAGIC and checksum == crc32(found[: _HEADER_START.size])
    if intact and version != _VERSION:
        parents = path.absolute().parents
        folder = parents[min(2, len(parents) - 1)]
        raise IndexOutdated(folder, [f"The format of {path} changed from {version} to {_VERSION}"])
    if found != header():
        raise damaged(path, "har ändrats (början stämmer inte)")


_ENTRIES: Final = msgspec.json.Decoder(tuple[Entry, ...])
