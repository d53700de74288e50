"""Which sections of a segment are deleted: a file of its own, written anew when more of them are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import ArrayFile, ArrayFileWriter

_NAME: Final = "deleted"


def write_deletions(deleted: NDArray[np.bool_], path: Path) -> None:
    """Write the deletions of a segment; an earlier generation keeps the file that it shares."""
    with ArrayFileWriter(path) as writer:
        writer.add(_NAME, deleted)


def read_deletions(path: Path) -> NDArray[np.bool_]:
    """Return the deletions of a segment: shape (sections,).

    Raises:
        IndexDamaged: the file is missing or changed.
    """
    file = ArrayFile.open(path)
    return np.asarray(file.whole(_NAME), np.bool_)
