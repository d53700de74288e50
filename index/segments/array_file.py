"""One file of named arrays that is mapped into memory, with checksums that are checked when it is used.

What stands where in it is in `array_format`. Opening reads the header and what stands after the arrays,
whatever their size. A block is checked when something in it is first asked for, so an answer is never
made from what has changed since it was written, and no one waits for what is not asked for.
"""

from __future__ import annotations

import mmap
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import numpy as np
from isal.isal_zlib import crc32
from numpy.typing import NDArray

from index.segments.array_format import (
    ALIGNMENT,
    BLOCK,
    BLOCK_SHIFT,
    Entry,
    Tail,
    blocks,
    damaged,
    header,
    read_tail,
    tail,
)

Array = NDArray[Any]

_KINDS: Final = "biuf"
_LONGEST_ITEM: Final = 8
_BUFFER: Final = 1 << 20
_UNFINISHED: Final = ".part"
_TOGETHER: Final = 256
"""Blocks that are in memory when a whole file is checked, which may be larger than the memory."""


class ArrayFileWriter:
    """Writes an array file, in constant memory; a context manager.

    The file gets its name at a clean exit, in the place of one that is there, which goes on unchanged
    under its other names. After an error there is no new file. Nothing is fsynced.

    Args:
        path: where the file will be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unfinished = path.with_name(path.name + _UNFINISHED)
        self._stream: BinaryIO
        self._size = 0
        self._crc = 0
        self._checksums: list[int] = []
        self._entries: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        self._stream = self._unfinished.open("wb", buffering=_BUFFER)
        self._write(header())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            with self._stream:
                if error is None:
                    self._finish()
            if error is None:
                self._unfinished.replace(self._path)
        finally:
            self._unfinished.unlink(missing_ok=True)

    def add(self, name: str, array: Array) -> None:
        """Write a whole array.

        Args:
            name: no other array of this file has it.
            array: one dimension; bool, integers or floats of at most eight bytes.
        """
        if name in self._entries:
            raise ValueError(f"{name} is written twice")
        self.append(name, array)

    def append(self, name: str, array: Array) -> None:
        """Write the beginning of an array, or go on with the one that was written last.

        Args:
            name: a new one, or that of the call before.
            array: as for `add`, of one type for one name; it may be empty.
        """
        dtype = _written_as(name, array)
        entry = self._entries.get(name)
        if entry is None:
            self._write(bytes(-self._size % ALIGNMENT))
            entry = Entry(name, dtype.str, self._size, 0)
        elif name != next(reversed(self._entries)):
            raise ValueError(f"{name} is gone on with after another array was begun")
        elif entry.dtype != dtype.str:
            raise ValueError(f"{name} is {entry.dtype}, not {dtype.str}")
        self._entries[name] = Entry(name, entry.dtype, entry.offset, entry.length + len(array))
        self._write(np.ascontiguousarray(array, dtype).view(np.uint8).data)

    def _write(self, content: bytes | memoryview) -> None:
        """Write what stands before the directory: in the blocks that have checksums."""
        self._stream.write(content)
        start = 0
        while start < len(content):
            piece = content[start : start + BLOCK - self._size % BLOCK]
            self._crc = crc32(piece, self._crc)
            self._size += len(piece)
            start += len(piece)
            if self._size % BLOCK == 0:
                self._end_block()

    def _end_block(self) -> None:
        self._checksums.append(self._crc)
        self._crc = 0

    def _finish(self) -> None:
        if self._size % BLOCK:
            self._end_block()
        self._stream.write(tail(self._size, self._entries.values(), self._checksums))


class ArrayFile:
    """The arrays of one file, read-only. Threads may share it.

    An array that was asked for can be used after `close`: the file stays mapped as long as one is.
    """

    def __init__(self, path: Path, mapped: mmap.mmap) -> None:
        """Use `open`."""
        self.path = path
        self._mapped = mapped
        found = read_tail(path, mapped)
        self._end, self._checksums = found.start, found.checksums
        # One byte a block, zero until it was checked: one search tells whether a range was.
        self._checked = bytearray(len(self._checksums))
        self._arrays = _arrays(path, mapped, found)

    @classmethod
    def open(cls, path: Path) -> ArrayFile:
        """Map a file into memory.

        Raises:
            IndexDamaged: it is missing, cut short, of another size, or its directory has changed.
            IndexOutdated: another version of the program wrote it.
        """
        try:
            with path.open("rb") as stream:
                mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise damaged(path, "är tom") from None
        except FileNotFoundError:
            raise damaged(path, "saknas") from None
        except OSError as error:
            raise damaged(path, f"kan inte läsas: {error}") from error
        return cls(path, mapped)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the arrays in the order in which they were written."""
        return tuple(self._arrays)

    @property
    def nbytes(self) -> int:
        """The size of the file."""
        return len(self._mapped)

    def __contains__(self, name: object) -> bool:
        return name in self._arrays

    def length(self, name: str) -> int:
        """Return how many elements an array has; nothing is read."""
        return len(self._arrays[name][0])

    def dtype(self, name: str) -> np.dtype[Any]:
        """Return the type of an array's elements; nothing is read."""
        return self._arrays[name][0].dtype

    def whole(self, name: str) -> Array:
        """Return an array, all of it checked.

        Raises:
            IndexDamaged: it has changed since it was written.
        """
        array, offset, _ = self._arrays[name]
        self._check(offset >> BLOCK_SHIFT, blocks(offset + array.nbytes))
        return array

    def slice(self, name: str, start: int, stop: int) -> Array:
        """Return the elements from `start` up to `stop`, the blocks they stand in checked.

        Raises:
            IndexDamaged: one of these blocks has changed since it was written.
            IndexError: the array has no such range.
        """
        array, offset, item = self._arrays[name]
        # Whole numbers of Python cannot overflow when they become bytes; an int32 of NumPy can.
        start, stop = int(start), int(stop)
        if not 0 <= start <= stop <= len(array):
            raise IndexError(f"{name} of {self.path} has no elements {start} to {stop}")
        first = (offset + start * item) >> BLOCK_SHIFT
        end = (offset + stop * item + BLOCK - 1) >> BLOCK_SHIFT
        if self._checked.find(0, first, end) >= 0:
            self._check(first, end)
        return array[start:stop]

    def ranges(self, name: str, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Array:
        """Return an array of which some ranges are checked, at once; nothing else of it may be used.

        Args:
            name: the array.
            starts: shape (ranges,), where each begins.
            lengths: shape (ranges,), how many elements it has.

        Raises:
            IndexDamaged: a block of one of them has changed since it was written.
        """
        array, offset, item = self._arrays[name]
        if self._checked.find(0, offset >> BLOCK_SHIFT, blocks(offset + array.nbytes)) < 0:
            return array
        filled = lengths > 0
        begins = starts.compress(filled) * item + offset
        ends = begins + (lengths.compress(filled) * item + BLOCK - 1)
        firsts, lasts = begins >> BLOCK_SHIFT, (ends >> BLOCK_SHIFT) - 1
        checked = np.frombuffer(self._checked, np.uint8)
        # Both ends of a range tell of all of it, unless there are blocks between them.
        unsure = (checked.take(firsts) & checked.take(lasts)) == 0
        unsure |= lasts - firsts > 1
        for place in np.flatnonzero(unsure).tolist():
            self._check(int(firsts[place]), int(lasts[place]) + 1)
        return array

    def verify(self) -> None:
        """Check every block.

        Raises:
            IndexDamaged: one has changed since it was written.
        """
        for first in range(0, len(self._checked), _TOGETHER):
            self._check(first, min(first + _TOGETHER, len(self._checked)))
            self.release()

    def release(self) -> None:
        """Let go of the memory of what was read; it is read again when it is asked for."""
        self._mapped.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Let go of the file; nothing can be asked of it afterwards."""
        self._arrays = {}

    def _check(self, first: int, end: int) -> None:
        """Check the blocks from `first` up to `end` that have not been."""
        block = self._checked.find(0, first, end)
        while block >= 0:
            content = memoryview(self._mapped)[
                block << BLOCK_SHIFT : min((block + 1) << BLOCK_SHIFT, self._end)
            ]
            if crc32(content) != self._checksums[block]:
                raise damaged(
                    self.path, f"har ändrats (block {block + 1} av {len(self._checked)} stämmer inte)"
                )
            self._checked[block] = 1
            block = self._checked.find(0, block + 1, end)


def _written_as(name: str, array: Array) -> np.dtype[Any]:
    """Return the little-endian type of an array that can be written."""
    dtype = array.dtype.newbyteorder("<")
    if array.ndim != 1 or dtype.kind not in _KINDS or dtype.itemsize > _LONGEST_ITEM:
        raise ValueError(f"{name} cannot be written: {array.ndim} dimensions of {array.dtype}")
    return dtype


def _arrays(path: Path, mapped: mmap.mmap, found: Tail) -> dict[str, tuple[Array, int, int]]:
    """Return each array with its place in bytes and the size of an element; nothing of them is read."""
    arrays = {}
    try:
        for entry in found.entries:
            dtype = np.dtype(entry.dtype)
            array: Array = np.ndarray((entry.length,), dtype, buffer=mapped, offset=entry.offset)
            arrays[sys.intern(entry.name)] = array, entry.offset, dtype.itemsize
    except (ValueError, TypeError) as error:
        raise damaged(path, "har en förteckning som inte kan läsas") from error
    return arrays
