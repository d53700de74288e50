"""One published generation, opened for reading and closed when the last reader leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.document import Committee, Municipality
from index import generations
from index import manifest as manifests
from index.completion.completions import Completions
from index.engines.index_lexicon import Analyzers
from index.engines.whoosh_reader import WhooshReader
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.entry import SectionEntry
from index.errors import IndexOutdated
from index.section_counts import SectionCounts, load_counts
from index.spelling.vocabulary import Vocabulary


class WhooshGeneration:
    """A generation's manifest, analyzer and reader, with a count of those who hold it.

    Raises:
        IndexOutdated: it was made with another schema or analysis.
        IndexDamaged: its files cannot be read.
    """

    def __init__(self, folder: Path, analyzers: Analyzers) -> None:
        # Before anything is loaded: Whoosh's files are pickle in part, and check nothing themselves.
        generations.verify(folder)
        self.folder = folder
        self.manifest = manifests.load(folder)
        self.analyzer = analyzers.over(folder)
        changes = manifests.changes(self.manifest, SCHEMA_VERSION, self.analyzer.version)
        if changes:
            raise IndexOutdated(folder.parents[1], changes)
        self.reader = WhooshReader(folder)
        self._holders = 0
        self._retired = False
        self._lock = threading.Lock()
        self._vocabulary_lock = threading.Lock()
        self._completions_lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._completions: Completions | None = None

    def hold(self) -> None:
        """Keep the files open until `release`."""
        with self._lock:
            self._holders += 1

    def release(self) -> None:
        """Let go; the last to leave a retired generation closes it."""
        with self._lock:
            self._holders -= 1
            self._close_when_unused()

    def retire(self) -> None:
        """Close the files as soon as no one holds the generation."""
        with self._lock:
            self._retired = True
            self._close_when_unused()

    def entries(self, docs: Iterable[int]) -> list[SectionEntry]:
        """Return stored sections, their bodies in the one spelling that is shown."""
        return [self._relabelled(entry) for entry in self.reader.entries(docs)]

    def vocabulary(self) -> Vocabulary:
        """Return the words; made when first asked for."""
        with self._vocabulary_lock:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(_counted(load_counts(self.folder)))
            return self._vocabulary

    def completions(self) -> Completions:
        """Return what can be completed; made when first asked for."""
        with self._completions_lock:
            if self._completions is None:
                counts = load_counts(self.folder)
                self._completions = Completions(
                    words=_counted(counts),
                    titles=counts.titles.items(),
                    committees=manifests.committees(self.manifest).items(),
                    cases=counts.cases.items(),
                    group_of=counts.base_forms().__getitem__,
                    sections_of=counts.in_any_form,
                )
            return self._completions

    def _relabelled(self, entry: SectionEntry) -> SectionEntry:
        municipality, committee = entry.municipality, entry.committee
        if municipality:
            name = self.manifest.labels["municipality"].get(municipality.slug, municipality.name)
            municipality = Municipality(municipality.slug, name)
        if committee:
            name = self.manifest.labels["committee"].get(committee.slug, committee.name)
            committee = Committee(committee.slug, name)
        return replace(entry, municipality=municipality, committee=committee)

    def _close_when_unused(self) -> None:
        if self._retired and not self._holders:
            self.reader.close()


def _counted(counts: SectionCounts) -> Iterator[tuple[str, int]]:
    return ((form, word.sections) for form, word in counts.words.items())
