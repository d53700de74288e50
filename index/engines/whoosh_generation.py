"""One published generation, opened for reading and closed when the last reader leaves."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpus.document import Committee, Municipality
from index import generations
from index import manifest as manifests
from index.analysis import analyzer
from index.engines.whoosh_reader import WhooshReader
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.entry import SectionEntry
from index.errors import IndexOutdated


def fingerprint() -> str:
    """Return what schema and analysis an index is made with here and now."""
    return f"schema {SCHEMA_VERSION}; {analyzer.fingerprint()}"


class WhooshGeneration:
    """A generation's manifest and reader, with a count of those who hold it.

    Raises:
        IndexOutdated: it was made with another schema or analysis.
        IndexDamaged: its files cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        # Before anything is loaded: Whoosh's files are pickle in part, and check nothing themselves.
        generations.verify(folder)
        self.manifest = manifests.load(folder)
        if self.manifest.analysis != fingerprint():
            raise IndexOutdated(
                "Indexet gjordes med en annan version av sökmotorn "
                f"({self.manifest.analysis}; nu {fingerprint()}). Kör: minutes-search reindex"
            )
        self.reader = WhooshReader(folder)
        self._holders = 0
        self._retired = False
        self._lock = threading.Lock()

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
