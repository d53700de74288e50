"""A run that changes the index: collects changes in an unfinished generation and publishes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from corpus.document import Document, ReadFailure
from index import manifest as manifests
from index.analysis.analyzer import Analyzer
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.engines.whoosh_writer import WhooshWriter
from index.entry import entries_of
from index.manifest import DocumentRecord, Manifest
from index.section_counts import SectionCounter, SectionCounts, load_counts, save_counts, words_of


class WhooshUpdate:
    """The `IndexWriter` of the Whoosh engine.

    Args:
        unfinished: the folder of the generation in the making.
        earlier: the manifest that this run starts from, `None` for nothing; its documents are in the folder.
        analyzer: gives what makes tokens of the documents; asked when the first of them is there.
        known: records that tell when a content was first indexed (a rebuild knows them too).
        now: the clock.
    """

    def __init__(
        self,
        unfinished: Path,
        earlier: Manifest | None,
        analyzer: Callable[[], Analyzer],
        *,
        known: Mapping[str, DocumentRecord],
        now: Callable[[], datetime.datetime],
    ) -> None:
        self.folder = unfinished
        self._analyzer = cache(analyzer)
        self._known = known
        self._now = now
        self._records = dict(earlier.documents) if earlier else {}
        self._failures = earlier.failures if earlier else ()
        self._counter = SectionCounter(load_counts(unfinished) if earlier else SectionCounts())
        self._writer = WhooshWriter(unfinished)
        self._uncommitted: set[str] = set()

    def put(self, document: Document) -> None:
        """Add a document, in the place of an earlier one with its id or source."""
        for record in self._records_of(document):
            self.remove(record.source)
        record = self._record(document)
        analyzer = self._analyzer()
        for entry in entries_of(document, record.indexed_at):
            self._counter.add(entry, self._writer.add(entry, analyzer), analyzer)
        self._records[document.source] = record
        self._uncommitted.add(document.id)

    def remove(self, source: str) -> bool:
        """Remove the document read from `source`; return whether there was one."""
        record = self._records.pop(source, None)
        if record is None:
            return False
        if record.id in self._uncommitted:
            # Whoosh deletes only what an earlier commit wrote.
            self._writer.commit()
            self._writer = WhooshWriter(self.folder)
            self._uncommitted.clear()
        analyzer = self._analyzer()
        for entry in self._writer.remove_document(record.id):
            self._counter.remove(entry, words_of(entry, analyzer), analyzer)
        return True

    def report(self, failures: tuple[ReadFailure, ...]) -> None:
        """Set the files that this run could not read."""
        self._failures = failures

    def finish(self, generation: str) -> None:
        """Write everything, with the manifest of `generation`; the folder is then complete."""
        self._writer.commit()
        dates = [record.date for record in self._records.values() if record.date]
        manifest = Manifest(
            generation=generation,
            schema=SCHEMA_VERSION,
            analysis=self._analyzer().version,
            published=self._now(),
            sections=sum(record.sections for record in self._records.values()),
            latest_meeting=max(dates, default=None),
            documents=self._records,
            failures=self._failures,
            labels=manifests.labels(self._records.values()),
        )
        manifests.save(manifest, self.folder)
        save_counts(self._counter.counts(), self.folder)

    def cancel(self) -> None:
        """Give up; the folder is of no more use."""
        self._writer.cancel()

    def _records_of(self, document: Document) -> list[DocumentRecord]:
        same_source = self._records.get(document.source)
        if same_source and same_source.id == document.id:
            return [same_source]
        return [
            record
            for record in self._records.values()
            if record.id == document.id or record.source == document.source
        ]

    def _record(self, document: Document) -> DocumentRecord:
        known = self._known.get(document.source)
        unchanged = known is not None and known.fingerprint == document.fingerprint
        found = {section.number for section in document.sections}
        return DocumentRecord(
            id=document.id,
            source=document.source,
            fingerprint=document.fingerprint,
            type=document.type,
            municipality=document.municipality,
            committee=document.committee,
            date=document.date,
            sections=len(document.sections),
            indexed_at=known.indexed_at if known and unchanged else self._now().replace(microsecond=0),
            missing_sections=tuple(number for number in document.declared_sections if number not in found),
        )
