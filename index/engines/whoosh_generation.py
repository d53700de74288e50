"""One published generation, opened for reading and closed when the last reader segments."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final, Self

from msgspec.structs import replace

from corpus.document import Committee, Municipality
from index import checksums
from index import manifest as manifests
from index.completion.completions import Completions
from index.completion.words import Words
from index.engines.arrays_reader import ArraysReader
from index.engines.catalog import Catalog
from index.engines.index_lexicon import Analyzers
from index.engines.placed_segments import open_segments
from index.engines.section_counts import (
    committee_counts,
    has_word,
    has_word_beginning,
    term_counts,
    word_counts,
)
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.engines.whoosh_toc import read_toc
from index.entry import SectionEntry
from index.errors import IndexDamaged, IndexOutdated
from index.execution.leaf_cache import LeafCache, capacity
from index.holds import Hold
from index.latest import Latest
from index.spelling.vocabulary import Vocabulary

_LEAF_CACHE_BYTES: Final = 96 * 2**20
_REMEMBERED: Final = 2048
"""What is remembered of some 500 queries: how each was parsed, mended and is marked, a few KB."""


_ENTRIES: Final = 4096
"""Sections that are remembered as they were shown last, some 10 MB where they are of common length: what is
asked next, with another word or filter, shows many of the same, and reading ten takes a tenth of a search."""
_LONGEST_REMEMBERED: Final = 10_000
"""Characters of the text of a section that is remembered."""


class WhooshGeneration:
    """A generation's manifest, analyzer and reader, with a count of those who use it.

    Opening maps files and reads small ones, whatever the size of the index.

    Args:
        hold: keeps the files from being removed; released when the generation is closed, and by who opens it
            when that fails.
        analyzers: those in use.

    Attributes:
        folder: of the generation.
        damage: what was found in it while it was used.

    Raises:
        IndexOutdated: it was made with another schema or analysis.
        IndexDamaged: its files cannot be read.
    """

    def __init__(self, hold: Hold, analyzers: Analyzers) -> None:
        self.folder = folder = hold.folder
        self.damage: IndexDamaged | None = None
        self._last_written = checksums.last_written(folder)
        # Before anything is loaded: Whoosh's table of contents is pickle.
        checksums.check_at_open(folder)
        self.manifest = manifests.load(folder)
        self.analyzer = analyzers.over(folder)
        changes = manifests.changes(self.manifest, SCHEMA_VERSION, self.analyzer.version)
        if changes:
            raise IndexOutdated(folder.parents[1], changes)
        self.reader = open_reader(folder)
        self.leaf_cache = LeafCache(capacity(_LEAF_CACHE_BYTES, self.reader.size))
        self.remembered = Latest(_REMEMBERED)
        self._entries = Latest(_ENTRIES, is_kept=_is_short)
        self._hold = hold
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()
        self._words_lock = threading.Lock()
        self._completions_lock = threading.Lock()
        self._counted: Words | None = None
        self._completions: Completions | None = None
        segments = self.reader.segments
        self.vocabulary = Vocabulary(
            lambda: self._words().counted,
            begins=lambda prefix: has_word_beginning(segments, prefix),
            has=lambda word: has_word(segments, word),
        )

    def hold(self) -> Self:
        """Keep the files open until the `with` around what is returned is left."""
        with self._lock:
            self._users += 1
        return self

    def __enter__(self) -> Self:
        """Use the generation, which `hold` holds."""
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        """Let go, and note damage that was met; the last to leave a retired generation closes it."""
        if isinstance(error, IndexDamaged):
            self.damage = error
        with self._lock:
            self._users -= 1
            self._close_when_unused()

    def has_changed(self) -> bool:
        """Tell whether something wrote to its files since it was opened.

        What was checked before is not checked again, so nothing that it says can be relied on then.
        """
        now = checksums.last_written(self.folder)
        return any(now.get(inode, written) != written for inode, written in self._last_written.items())

    def retire(self) -> None:
        """Close the files as soon as no one uses the generation."""
        with self._lock:
            self._retired = True
            self._close_when_unused()

    def entries(self, docs: Iterable[int]) -> list[SectionEntry]:
        """Return stored sections, their bodies in the one spelling that is shown."""
        return list(map(self._entry, docs))

    def latest_entries(self, docs: Iterable[int]) -> list[SectionEntry]:
        """Return the same for a page of hits, which is likely to be shown again: they are remembered."""
        return [self._entries.get(doc, partial(self._entry, doc)) for doc in docs]

    def completions(self) -> Completions:
        """Return what can be completed; made when first asked for."""
        with self._completions_lock:
            if self._completions is None:
                segments = self.reader.segments
                self._completions = Completions(
                    words=self._words(),
                    titles=term_counts(segments, "whole_title"),
                    committees=committee_counts(self.reader, self.manifest.labels["committee"]),
                    cases=term_counts(segments, "written_dnr"),
                )
            return self._completions

    def _words(self) -> Words:
        with self._words_lock:
            if self._counted is None:
                self._counted = word_counts(self.reader.segments)
            return self._counted

    def _entry(self, doc: int) -> SectionEntry:
        [entry] = self.reader.entries((doc,))
        return self._relabelled(entry)

    def _relabelled(self, entry: SectionEntry) -> SectionEntry:
        labels = self.manifest.labels
        municipality, committee = entry.municipality, entry.committee
        if municipality:
            name = labels["municipality"].get(municipality.slug, municipality.name)
            if name != municipality.name:
                entry = replace(entry, municipality=Municipality(municipality.slug, name))
        if committee:
            name = labels["committee"].get(committee.slug, committee.name)
            if name != committee.name:
                entry = replace(entry, committee=Committee(committee.slug, name))
        return entry

    def _close_when_unused(self) -> None:
        if self._retired and not self._users:
            self.reader.close()
            self._hold.release()


def _is_short(entry: SectionEntry) -> bool:
    return len(entry.text) <= _LONGEST_REMEMBERED


def open_reader(folder: Path) -> ArraysReader:
    """Open the arrays of a generation, published or not."""
    entries = read_toc(folder)
    files = [
        (entry.arrays_in(folder), entry.deletions_in(folder) if entry.deleted else None) for entry in entries
    ]
    return ArraysReader(open_segments(files), Catalog.open(folder))
