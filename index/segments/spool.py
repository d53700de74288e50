"""Arrays that grow side by side, before they are written one after the other."""

from __future__ import annotations

from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import ArrayFileWriter
from index.segments.bit_set import packed

_IN_MEMORY: Final = 1 << 20
_PIECE: Final = 1 << 22
"""Bytes, whole ones also when each becomes a bit."""


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
    """One array in the making."""

    def __init__(self, folder: Path, dtype: np.dtype[Any], *, narrow: bool) -> None:
        self.file = SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 # `Spool` closes it.
        self._dtype = dtype
        self._narrow = narrow
        self._greatest = 0

    def append(self, array: NDArray[Any]) -> None:
        if array.dtype != self._dtype:
            raise TypeError(f"an array of {self._dtype} cannot go on with {array.dtype}")
        if self._narrow and len(array):
            self._greatest = max(self._greatest, int(array.max()))
        self.file.write(np.ascontiguousarray(array).view(np.uint8).data)

    def write(self, name: str, writer: ArrayFileWriter) -> None:
        self.file.seek(0)
        writer.append(name, self._written(np.empty(0, self._dtype)))
        while piece := self.file.read(_PIECE):
            writer.append(name, self._written(np.frombuffer(piece, self._dtype)))

    def _written(self, piece: NDArray[Any]) -> NDArray[Any]:
        if self._dtype == np.bool_:
            return packed(piece)
        return piece.astype(np.min_scalar_type(self._greatest), copy=False) if self._narrow else piece
