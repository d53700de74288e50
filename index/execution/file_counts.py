"""Matches by the file of minutes that they are sections of: what facets and totals are counted from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.execution.doc_sets import SPARSE, DocNumbers, run_starts
from index.execution.file_masks import FileMask


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


def count_files(files: NDArray[np.int32], docs: DocNumbers) -> FileCounts:
    """Count `docs` by file.

    Args:
        files: the file of each document of the index, ascending.
        docs: the documents that are counted, ascending.
    """
    of_docs = files.take(docs, mode="clip")
    if len(docs) * SPARSE < len(files):
        starts = np.flatnonzero(run_starts(of_docs))
        return FileCounts(of_docs.take(starts).astype(np.int64), np.diff(starts, append=len(docs)))
    counts = np.bincount(of_docs)
    found = np.flatnonzero(counts)
    return FileCounts(found, counts.take(found))
