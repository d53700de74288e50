"""Matches by the file of minutes that they are sections of: what facets and totals are counted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.compiled import INT32, INT64, compiled, reads, writes
from index.execution.file_masks import FileMask
from index.execution.postings import Docs


@dataclass(frozen=True, slots=True, eq=False)
class FileCounts:
    """How many matches each file has that has one. Matches of one file stand side by side.

    Attributes:
        files: int64, ascending.
        counts: int64, one a file, above 0.
    """

    files: NDArray[np.int64]
    counts: NDArray[np.int64]

    @property
    def nbytes(self) -> int:
        """The bytes of the arrays."""
        return self.files.nbytes + self.counts.nbytes

    def only(self, keep: NDArray[np.bool_]) -> FileCounts:
        """Return the counts of some of the files: one a file that is counted."""
        return FileCounts(self.files.compress(keep), self.counts.compress(keep))

    def spread(self, wanted: FileMask) -> NDArray[np.bool_]:
        """Return for each match whether its file is wanted."""
        return wanted.take(self.files, mode="clip").repeat(self.counts)


def count_files(files: NDArray[np.int32], docs: Docs) -> FileCounts:
    """Count `docs` by file.

    Args:
        files: the file of each document of the index, ascending.
        docs: the documents that are counted, ascending.
    """
    most = min(len(docs), int(files[-1]) + 1 if len(files) else 0)
    found, counts = np.empty(most, np.int64), np.empty(most, np.int64)
    count = _count_files(files, docs, found, counts)
    return FileCounts(found[:count].copy(), counts[:count].copy())


@compiled(INT64(reads(INT32), reads(INT32), writes(INT64), writes(INT64)))
def _count_files(
    files: NDArray[np.int32], docs: Docs, found: NDArray[np.int64], counts: NDArray[np.int64]
) -> int:
    """Put the files of `docs` into `found`, and how many each has into `counts`; return how many files."""
    last, before, count = -1, -1, 0
    for doc in docs:
        file = files[doc]
        is_same = file == before
        last += not is_same
        count = count * is_same + 1
        found[last], counts[last] = file, count
        before = file
    return last + 1
