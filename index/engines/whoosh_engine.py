"""The Whoosh engine: searches in process, in one folder, from one generation at a time."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from index import generations
from index import manifest as manifests
from index.engine import IndexWriter
from index.engines.whoosh_generation import WhooshGeneration, fingerprint
from index.engines.whoosh_update import WhooshUpdate
from index.entry import SectionEntry
from index.errors import IndexMissing, IndexOutdated, OperatorError
from index.execution.collector import Collected, collect
from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.manifest import Manifest
from index.query import And, Keyword
from index.request import SearchRequest, Sort
from index.results import Hit, SearchPage

_EVERYTHING: Final = 2**31
_CHUNK: Final = 200
"""Sections that an export reads at a time."""


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class WhooshEngine:
    """The `SearchEngine` over an index folder; see that Protocol for what its methods promise.

    Args:
        folder: the index folder; it may be missing until something is indexed.
        now: the clock, UTC.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime.datetime] = _utc_now) -> None:
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()
        self._current: WhooshGeneration | None = None
        self._state: tuple[int, int, int] | None = None

    def search(self, request: SearchRequest) -> SearchPage:
        """Return one page of the sections that match, best first."""
        with self._generation() as generation:
            found, warnings = _collect(generation, request)
            hits = zip(generation.entries(found.docs), found.scores, strict=True)
            return SearchPage(
                hits=tuple(Hit(entry, float(score)) for entry, score in hits),
                total=found.total,
                total_documents=found.total_documents,
                total_cases=found.total_cases,
                facets=found.facets,
                generation=generation.manifest.generation,
                warnings=tuple(warnings),
            )

    def scan(self, request: SearchRequest) -> Iterator[Hit]:
        """Yield every match in the order of `search`, from one generation."""
        with self._generation() as generation:
            found, _ = _collect(generation, replace(request, offset=0, limit=_EVERYTHING, facets=()))
            for start in range(0, len(found.docs), _CHUNK):
                chunk = slice(start, start + _CHUNK)
                entries = generation.entries(found.docs[chunk])
                for entry, score in zip(entries, found.scores[chunk], strict=True):
                    yield Hit(entry, float(score))

    def section(self, section_id: str) -> SectionEntry | None:
        """Return one section, or `None`."""
        hits = self.search(SearchRequest(Keyword("", "id", (section_id,)), limit=1)).hits
        return hits[0].entry if hits else None

    def document(self, document_id: str) -> tuple[SectionEntry, ...]:
        """Return a document's sections in order; empty when there is no such document."""
        request = SearchRequest(Keyword("", "document_id", (document_id,)), limit=_EVERYTHING)
        return tuple(hit.entry for hit in self.search(request).hits)

    def case(self, municipality: str, dnr: str) -> tuple[SectionEntry, ...]:
        """Return the sections of one case by date."""
        place = Keyword("", "municipality", (municipality,))
        # A dnr without a registry is a case of its own in some cities, short for another in most.
        for field in ("case", "dnr"):
            query = And((place, Keyword("", field, (dnr,))))
            found = self.search(SearchRequest(query, sort=Sort.OLDEST, limit=_EVERYTHING))
            if found.total:
                return tuple(hit.entry for hit in found.hits)
        return ()

    def manifest(self) -> Manifest:
        """Return the current generation's manifest."""
        with self._generation() as generation:
            return generation.manifest

    @contextmanager
    def update(self) -> Iterator[IndexWriter]:
        """Open a writer that changes the current generation."""
        with generations.lock(self._folder):
            try:
                base = generations.current(self._folder)
            except IndexMissing:
                base = None
            earlier = manifests.load(base) if base else self._nothing()
            if earlier.analysis != fingerprint():
                raise IndexOutdated("Indexet gjordes med en annan analys och måste byggas om.")
            with self._write(base, earlier, known=earlier) as writer:
                yield writer

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        """Open a writer that starts from nothing; the old generation serves until the exit."""
        with generations.lock(self._folder):
            try:
                known = manifests.load(generations.current(self._folder))
            except OperatorError:
                known = self._nothing()
            with self._write(None, self._nothing(), known=known) as writer:
                yield writer

    def close(self) -> None:
        """Release files and memory."""
        with self._lock:
            if self._current:
                self._current.retire()
            self._current = None
            self._state = None

    def _nothing(self) -> Manifest:
        return Manifest("0", fingerprint(), self._now(), 0, None)

    @contextmanager
    def _write(self, base: Path | None, earlier: Manifest, *, known: Manifest) -> Iterator[IndexWriter]:
        unfinished = generations.prepare(self._folder, base)
        update = WhooshUpdate(unfinished, earlier, known=known.documents, now=self._now)
        try:
            yield update
            update.finish(generations.name_of(unfinished))
        except BaseException:
            update.cancel()
            generations.discard(unfinished)
            raise
        generations.publish(self._folder, unfinished)

    @contextmanager
    def _generation(self) -> Iterator[WhooshGeneration]:
        """Hold the current generation: it stays open until the last who holds it lets go."""
        with self._lock:
            generation = self._latest()
            generation.hold()
        try:
            yield generation
        finally:
            generation.release()

    def _latest(self) -> WhooshGeneration:
        state = generations.pointer_state(self._folder)
        if self._current is None or state is None or state != self._state:
            latest = WhooshGeneration(generations.current(self._folder))
            if self._current:
                self._current.retire()
            self._current, self._state = latest, state
        return self._current


def _collect(generation: WhooshGeneration, request: SearchRequest) -> tuple[Collected, list[str]]:
    evaluator = Evaluator(generation.reader, Deadline(request.time_budget), request.max_expansions)
    found = collect(evaluator.evaluate(request.query), request, evaluator)
    return found, evaluator.warnings
