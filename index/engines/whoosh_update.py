"""A run that changes the index: collects changes in an unfinished generation and publishes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from corpus.document import Document, ReadFailure
from corpus.takedowns import Takedown
from index import manifest as manifests
from index import takedown_list
from index.analysis.analyzer import Analyzer
from index.engines.catalog import write_catalog
from index.engines.placed_segments import has_section, side_by_side
from index.engines.segment_writer import SegmentPolicy, SegmentWriter
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.entry import entries_of
from index.manifest import DocumentRecord, History, Manifest


class WhooshUpdate:
    """The `IndexWriter` of the Whoosh engine.

    Args:
        unfinished: the folder of the generation in the making.
        earlier: the manifest that this run starts from, `None` for nothing; its documents are in the folder.
        analyzer: gives what makes tokens of the documents; asked when the first of them is there.
        known: tells when a content was first indexed, and what was removed (a rebuild knows that too).
        takedowns: those of before.
        now: the clock; when it was set back since an earlier run, time goes on from there.
        policy: when segments are made and merged.

    Attributes:
        folder: of the generation in the making.
        analyzer: gives what makes tokens of the documents.
    """

    def __init__(
        self,
        unfinished: Path,
        earlier: Manifest | None,
        analyzer: Callable[[], Analyzer],
        *,
        known: History,
        takedowns: tuple[Takedown, ...],
        now: Callable[[], datetime.datetime],
        policy: SegmentPolicy,
    ) -> None:
        self.folder = unfinished
        self.analyzer = cache(analyzer)
        self._known = known
        self._takedowns = takedowns
        self._gone: dict[str, datetime.datetime] = {}
        self._now = _not_before(known, now)
        self._records = dict(earlier.documents) if earlier else {}
        self._sources = {record.id: source for source, record in self._records.items()}
        self._failures = earlier.failures if earlier else ()
        self._writer = SegmentWriter(unfinished, self.analyzer, policy)
        self._is_broken = False

    def put(self, document: Document) -> None:
        """Add a document, in the place of an earlier one with its id or source."""
        self.remove(document.source)
        self.remove(self._sources.get(document.id, document.source))
        record = self._record(document)
        # What was half added would be found: it is not to be published.
        self._is_broken = True
        self._writer.add(document.id, list(entries_of(document, record.indexed_at)))
        self._is_broken = False
        self._records[document.source] = record
        self._sources[document.id] = document.source

    def remove(self, source: str) -> bool:
        """Remove the document read from `source`; return whether there was one."""
        record = self._records.pop(source, None)
        if record is None:
            return False
        del self._sources[record.id]
        self._gone |= dict.fromkeys(self._writer.remove(record.id), self._now().replace(microsecond=0))
        return True

    def report(self, failures: tuple[ReadFailure, ...]) -> None:
        """Set the files that this run could not read."""
        self._failures = failures

    def take_down(self, takedown: Takedown) -> None:
        """Remember a takedown, at once and for good."""
        takedowns = (*self._takedowns, takedown)
        takedown_list.save(self.folder.parents[1], takedowns)
        self._takedowns = takedowns

    def documents_before(self) -> Mapping[str, DocumentRecord]:
        """Return the documents that the index had before this run, by source."""
        return self._known.documents

    def finish(self, generation: str) -> Manifest:
        """Write everything, with the manifest of `generation`, and return that; the folder is then complete.

        Raises:
            RuntimeError: a document could not be added.
        """
        if self._is_broken:
            raise RuntimeError("A document was left half added")
        segments = self._writer.finish(int(generation))
        placed = list(side_by_side(segments))
        write_catalog(placed, self._records.values(), self.folder)
        removed = manifests.removals(
            self._known.removed, self._gone, is_there=lambda section: has_section(placed, section)
        )
        self._writer.close()
        manifest = Manifest(
            generation=generation,
            schema=SCHEMA_VERSION,
            analysis=self.analyzer().version,
            published=self._now(),
            sections=sum(record.sections for record in self._records.values()),
            latest_meeting=manifests.latest_meeting(self._records.values()),
            documents=self._records,
            failures=self._failures,
            labels=manifests.labels(self._records.values()),
            removed=removed,
            taken_down=takedown_list.names(self._takedowns),
        )
        manifests.save(manifest, self.folder)
        return manifest

    def cancel(self) -> None:
        """Give up; the folder is of no more use."""
        self._writer.close()

    def _record(self, document: Document) -> DocumentRecord:
        known = self._known.documents.get(document.source)
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


def _not_before(known: History, now: Callable[[], datetime.datetime]) -> Callable[[], datetime.datetime]:
    """Return a clock that is never behind earlier runs: else what this one does would come last in feeds."""
    times = (
        *(record.indexed_at for record in known.documents.values()),
        *(removal.at for removal in known.removed),
    )
    latest = max(times, default=None)

    def later() -> datetime.datetime:
        time = now()
        return time if latest is None or time >= latest else latest + datetime.timedelta(seconds=1)

    return later
