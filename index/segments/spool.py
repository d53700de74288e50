"""Arrays that grow side by side, before they are written one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import ArrayFileWriter
from index.segments.bit_set import BYTE_SHIFT, packed

_IN_MEMORY: Final = 1 << 20
_PIECE: Final = 1 << 22
"""Bytes that are read at a time."""


class Spool:
    """Collects pieces of named arrays in memory, and what is too much for it in temporary files.

    A context manager that removes the files.

    Args:
        folder: where the temporary files are; it has room for the index, and they have no name in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._arrays: dict[str, _Growing] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the files."""
        for array in self._arrays.values():
            array.file.close()

    def append(self, name: str, array: NDArray[Any], *, narrow: bool = False) -> None:
        """Begin an array or go on with it.

        Args:
            name: what it will be called.
            array: one dimension; of one type for one name. Truth values become a bit set.
            narrow: write it as the smallest unsigned integers that all of it fits into.
        """
        growing = self._arrays.get(name)
        if growing is None:
            growing = self._arrays[name] = _Growing(self._folder, array.dtype, narrow=narrow)
        growing.append(array)

    def write(self, writer: ArrayFileWriter) -> None:
        """Write all arrays, in the order in which they were begun."""
        for name, array in self._arrays.items():
            array.write(name, writer)


class _Growing:
    """One array in the making.

    Its pieces are in the file each in the smallest type that it fits into, and truth values as bits: a third
    of what they take otherwise.
    """

    def __init__(self, folder: Path, dtype: np.dtype[Any], *, narrow: bool) -> None:
        self.file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 # `Spool` closes it.
        self._dtype = dtype
        self._narrow = narrow
        self._greatest = 0
        self._stretches: list[tuple[np.dtype[Any], int]] = []
        self._rest = np.empty(0, np.bool_)

    def append(self, array: NDArray[Any]) -> None:
        if array.dtype != self._dtype:
            raise TypeError(f"an array of {self._dtype} cannot go on with {array.dtype}")
        if self._dtype == np.bool_:
            self._append_bits(array)
        elif self._narrow and len(array):
            greatest = int(array.max())
            self._greatest = max(self._greatest, greatest)
            self._append(array.astype(np.min_scalar_type(greatest), copy=False))
        else:
            self._append(array)

    def write(self, name: str, writer: ArrayFileWriter) -> None:
        bits = packed(self._rest)
        if self._dtype == np.bool_:
            dtype = bits.dtype
        else:
            dtype = np.min_scalar_type(self._greatest) if self._narrow else self._dtype
        writer.append(name, np.empty(0, dtype))
        for piece in self._pieces():
            writer.append(name, piece.astype(dtype, copy=False))
        if len(bits):
            writer.append(name, bits)

    def _append_bits(self, rows: NDArray[np.bool_]) -> None:
        rows = np.concatenate((self._rest, rows))
        whole = len(rows) >> BYTE_SHIFT << BYTE_SHIFT
        self._append(packed(rows[:whole]))
        self._rest = rows[whole:].copy()

    def _append(self, array: NDArray[Any]) -> None:
        self.file.write(np.ascontiguousarray(array).view(np.uint8).data)
        dtype, size = array.dtype, array.nbytes
        if self._stretches and self._stretches[-1][0] == dtype:
            size += self._stretches.pop()[1]
        self._stretches.append((dtype, size))

    def _pieces(self) -> Iterator[NDArray[Any]]:
        self.file.seek(0)
        for dtype, size in self._stretches:
            for start in range(0, size, _PIECE):
                yield np.frombuffer(self.file.read(min(_PIECE, size - start)), dtype)
