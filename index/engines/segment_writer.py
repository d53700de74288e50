"""Writes sections into segments: new ones in runs, old ones left as they are but for their deletions.

What a run of the program collects is written as a segment whenever there is enough of it, so memory stays
bounded; at the end these are merged into one, and with old ones as far as the policy of merging wants.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.analyzer import Analyzer
from index.analysis.bulk import BulkAnalyzer
from index.engines.deletions import read_deletions, write_deletions
from index.engines.whoosh_codec import ArraySegment
from index.engines.whoosh_toc import read_toc, write_toc
from index.entry import SectionEntry
from index.memory import give_back
from index.segments.builder import SegmentBuilder
from index.segments.merge_policy import choose_merges
from index.segments.merging import merge
from index.segments.segment import Segment

_LOGGER: Final = logging.getLogger(__name__)

MergePolicy = Callable[[Sequence[tuple[int, int]]], list[list[int]]]
"""Chooses what to merge, as `index.segments.merge_policy.choose_merges`."""

_MOST_WORDS: Final = 300_000
"""Distinct words that an analysis remembers, before another begins anew: that bounds the memory."""

_NAME_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class SegmentPolicy:
    """When what is collected becomes a segment, and which segments become one.

    Attributes:
        run: how many sections are collected before they are written; bounds the memory of a writer.
        choose: which of the segments to merge when a run of the program ends.
        anew: whether what is merged takes over nothing that could have bytes of what is deleted.
    """

    run: int = 100_000
    choose: MergePolicy = choose_merges
    anew: bool = False


def _all_as_one(sizes: Sequence[tuple[int, int]]) -> list[list[int]]:
    return [list(range(len(sizes)))] if sizes else []


PURGE: Final = SegmentPolicy(choose=_all_as_one, anew=True)
"""Writes everything anew, so that nothing is left of what was deleted."""


@dataclass(slots=True, eq=False)
class _Part:
    """A segment in the folder.

    Attributes:
        deleted: shape (sections,), which of them are deleted; `None` when none is.
        is_new: whether this run wrote it.
        has_new_deletions: whether the file of its deletions does not say them all.
    """

    name: str
    segment: Segment
    deleted: NDArray[np.bool_] | None = None
    is_new: bool = False
    has_new_deletions: bool = False

    @property
    def live(self) -> int:
        """How many sections are not deleted."""
        return self.segment.size - self.deleted_count

    @property
    def deleted_count(self) -> int:
        """How many sections are deleted."""
        return 0 if self.deleted is None else int(np.count_nonzero(self.deleted))

    @property
    def entry(self) -> ArraySegment:
        """What the table of contents will say."""
        return ArraySegment(self.name, size=self.segment.size, deleted=self.deleted_count)

    def delete(self, document_id: str) -> list[str]:
        """Delete the sections of a document; return the ids of those that were there."""
        docs = self.segment.keyword("document_id", document_id)
        if not len(docs):
            return []
        # Never changed in place: it may be the file itself.
        deleted = np.zeros(self.segment.size, np.bool_) if self.deleted is None else self.deleted.copy()
        live = docs[~deleted[docs]]
        deleted[docs] = True
        self.deleted, self.has_new_deletions = deleted, True
        return [self.segment.entry(doc).id for doc in live.tolist()]


class SegmentWriter:
    """Adds and removes documents in the folder of a generation in the making.

    Args:
        folder: has the files of the generation before, if there was one, as hard links.
        analyzer: gives what makes tokens; asked when the first section is there.
        policy: when segments are made and merged.

    Raises:
        IndexDamaged: the segments that are there cannot be read.
    """

    def __init__(self, folder: Path, analyzer: Callable[[], Analyzer], policy: SegmentPolicy) -> None:
        self._folder = folder
        self._analyzer = analyzer
        self._policy = policy
        self._parts = [_opened(folder, entry) for entry in read_toc(folder)]
        self._words: BulkAnalyzer | None = None
        self._builder: SegmentBuilder | None = None
        self._collected: dict[str, slice] = {}
        self._dropped: list[slice] = []

    def add(self, document_id: str, entries: Sequence[SectionEntry]) -> None:
        """Add a document, which must not be there; after an error the writer is of no more use."""
        builder = self._builder = self._builder or self._new_builder()
        start = builder.size
        builder.add(entries)
        self._collected[document_id] = slice(start, builder.size)
        if builder.size >= self._policy.run or builder.form_count > _MOST_WORDS:
            self._spill()

    def remove(self, document_id: str) -> list[str]:
        """Delete the sections of a document, wherever they are; return the ids of published ones."""
        collected = self._collected.pop(document_id, None)
        if collected is not None:
            self._dropped.append(collected)
        found = [(part.is_new, part.delete(document_id)) for part in self._parts]
        return [section for is_new, sections in found if not is_new for section in sections]

    def finish(self, generation: int) -> list[tuple[Segment, NDArray[np.bool_] | None]]:
        """Write and merge everything, with a table of contents for Whoosh.

        Returns:
            All segments, in order, with their deletions. They are open until `close`.
        """
        self._spill()
        # Merging needs as much again.
        self._words = None
        give_back()
        self._discard([part for part in self._parts if not part.live])
        self._merge()
        for part in self._parts:
            if part.has_new_deletions and part.deleted is not None:
                write_deletions(part.deleted, part.entry.deletions_in(self._folder))
        write_toc([part.entry for part in self._parts], generation, self._folder)
        return [(part.segment, part.deleted) for part in self._parts]

    def close(self) -> None:
        """Let go of all files."""
        if self._builder is not None:
            self._builder.close()
        for part in self._parts:
            part.segment.close()

    def _new_builder(self) -> SegmentBuilder:
        """Return a builder that goes on with the words and the compression of those before, if it can."""
        self._words = self._words or BulkAnalyzer(self._analyzer())
        largest = max(self._parts, key=lambda part: part.segment.size, default=None)
        dictionary = largest.segment.dictionary if largest else b""
        return SegmentBuilder(self._words, self._folder, dictionary=dictionary)

    def _spill(self) -> None:
        """Write what was collected as a segment."""
        builder = self._builder
        if builder is None or not builder.size:
            return
        part = self._written(builder.write)
        builder.close()
        self._builder = None
        if builder.form_count > _MOST_WORDS:
            self._words = None
        if self._dropped:
            part.deleted, part.has_new_deletions = np.zeros(part.segment.size, np.bool_), True
            for dropped in self._dropped:
                part.deleted[dropped] = True
        self._collected.clear()
        self._dropped.clear()
        self._parts.append(part)

    def _merge(self) -> None:
        """Merge the segments of this run into one, and old ones with it as far as the policy wants."""
        old = [part for part in self._parts if not part.is_new]
        new = [part for part in self._parts if part.is_new]
        # Those of this run count as the one that they become.
        units = [[part] for part in old] + ([new] if new else [])
        sizes = [
            (sum(part.live for part in unit), sum(part.deleted_count for part in unit)) for unit in units
        ]
        chosen = [
            list(chain.from_iterable(units[place] for place in group)) for group in self._policy.choose(sizes)
        ]
        in_chosen = {part.name for group in chosen for part in group}
        alone = [unit for unit in units if unit[0].name not in in_chosen]
        self._parts = [unit[0] for unit in alone if not _is_unfinished(unit)]
        unfinished = [unit for unit in alone if _is_unfinished(unit)]
        self._parts += [self._merged(group) for group in (*unfinished, *chosen)]

    def _merged(self, group: Sequence[_Part]) -> _Part:
        part = self._written(
            lambda path: merge([(each.segment, each.deleted) for each in group], path, anew=self._policy.anew)
        )
        _LOGGER.debug("Merged %d segments into one of %d sections", len(group), part.segment.size)
        self._remove_files(group)
        return part

    def _written(self, write: Callable[[Path], None]) -> _Part:
        name = secrets.token_hex(_NAME_BYTES)
        path = ArraySegment(name, size=0, deleted=0).arrays_in(self._folder)
        write(path)
        return _Part(name, Segment.open(path), is_new=True)

    def _discard(self, parts: Sequence[_Part]) -> None:
        self._parts = [part for part in self._parts if part not in parts]
        self._remove_files(parts)

    def _remove_files(self, parts: Sequence[_Part]) -> None:
        for part in parts:
            part.segment.close()
            part.entry.arrays_in(self._folder).unlink()
            part.entry.deletions_in(self._folder).unlink(missing_ok=True)


def _is_unfinished(unit: Sequence[_Part]) -> bool:
    """Tell whether what this run wrote is in several segments, or in one that has deletions already."""
    return len(unit) > 1 or (unit[0].is_new and unit[0].deleted is not None)


def _opened(folder: Path, entry: ArraySegment) -> _Part:
    deleted = read_deletions(entry.deletions_in(folder)) if entry.deleted else None
    return _Part(entry.segid, Segment.open(entry.arrays_in(folder)), deleted)
