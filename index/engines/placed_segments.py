"""The segments of one generation, side by side: each with its deletions and where its numbers begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.engines.deletions import read_deletions
from index.execution.postings import Docs
from index.segments.segment import Segment


@dataclass(frozen=True, slots=True, eq=False)
class PlacedSegment:
    """A segment as a part of a generation.

    Attributes:
        deleted: shape (sections,), which of them are deleted; `None` when none is.
        base: the number in the generation of its first section.
        file_base: likewise of its first file of minutes.
    """

    segment: Segment
    deleted: NDArray[np.bool_] | None
    base: int
    file_base: int

    @property
    def live(self) -> Docs:
        """The numbers in the segment of the sections that are not deleted."""
        if self.deleted is None:
            return np.arange(self.segment.size, dtype=np.int32)
        return np.flatnonzero(~self.deleted).astype(np.int32)


def open_segments(files: Iterable[tuple[Path, Path | None]]) -> list[PlacedSegment]:
    """Open segments, in order.

    Args:
        files: the file of each segment's arrays and that of its deletions, if it has any.

    Raises:
        IndexDamaged: a file is missing, cut short or changed.
    """
    return list(
        side_by_side((Segment.open(path), read_deletions(gone) if gone else None) for path, gone in files)
    )


def side_by_side(segments: Iterable[tuple[Segment, NDArray[np.bool_] | None]]) -> Iterator[PlacedSegment]:
    """Yield segments, each with its deletions, as the parts of one generation."""
    base = file_base = 0
    for segment, deleted in segments:
        yield PlacedSegment(segment, deleted, base, file_base)
        base += segment.size
        file_base += segment.file_count


def has_section(segments: Iterable[PlacedSegment], section_id: str) -> bool:
    """Tell whether a section with that id is in any of some segments, and not deleted."""
    return any(
        placed.deleted is None or not placed.deleted[doc]
        for placed in segments
        for doc in placed.segment.keyword("id", section_id).tolist()
    )
