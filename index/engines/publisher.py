"""Changes an index: one writer at a time, whose run is published as a generation or leaves nothing behind."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.takedowns import Takedown
from index import generations, publishing, takedown_list
from index import manifest as manifests
from index.analysis.analyzer import Analyzer
from index.engine import IndexWriter
from index.engines.index_lexicon import Analyzers, LexiconSource
from index.engines.inspection import inspect
from index.engines.segment_writer import PURGE, SegmentPolicy
from index.engines.served_generation import ServedGeneration
from index.engines.whoosh_generation import WhooshGeneration
from index.engines.whoosh_schema import SCHEMA_VERSION
from index.engines.whoosh_update import WhooshUpdate
from index.errors import IndexMissing, IndexNotPurged, IndexNotWritten, IndexOutdated, OperatorError
from index.garbage import collected_seldom


class Publisher:
    """The writing half of an engine; see `SearchEngine` for what its methods promise.

    Args:
        folder: of the index.
        served: the generation that is current, and the one before.
        analyzers: those in use.
        lexicons: where new indexes take their lexicon from.
        now: the clock, UTC.
        policy: when a writer makes segments and merges them.
    """

    def __init__(
        self,
        folder: Path,
        served: ServedGeneration,
        *,
        analyzers: Analyzers,
        lexicons: LexiconSource,
        now: Callable[[], datetime.datetime],
        policy: SegmentPolicy,
    ) -> None:
        self._folder = folder
        self._served = served
        self._analyzers = analyzers
        self._lexicons = lexicons
        self._now = now
        self._policy = policy

    @contextmanager
    def update(self) -> Iterator[IndexWriter]:
        """Open a writer that changes the current generation."""
        with self._writing():
            try:
                # Whatever this thread reads: what was published since must not be lost.
                with self._served.newest() as current:
                    opened = self._write_over(current)
            except IndexMissing:
                opened = self._write_anew(None)
            with opened as writer:
                yield writer

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        """Open a writer that starts from nothing; the old generation serves until the exit."""
        with self._writing():
            try:
                earlier = generations.current(self._folder)
            except OperatorError:
                earlier = None
            with self._write_anew(earlier) as writer:
                yield writer

    def roll_back(self) -> None:
        """Publish the generation before the current one again, under a new number."""
        with self._writing(), self._served.before() as earlier, self._write_over(earlier):
            pass

    def takedowns(self) -> tuple[Takedown, ...]:
        """Return what was taken down and must not be put again."""
        # Any generation: the pointer may be lost, and the current one damaged.
        expected = any(map(manifests.names_takedowns, generations.all_published(self._folder)))
        return takedown_list.load(self._folder, expected=expected)

    def purge(self) -> None:
        """Leave nothing on disk but what the current generation says."""
        try:
            with publishing.lock(self._folder):
                with self._served.newest() as current:
                    gone = current.manifest.taken_down
                    writer = self._write_over(current, PURGE)
                with writer:
                    pass
                publishing.remove_others(self._folder)
                takedowns = [
                    one if _is_begun(one, gone) else replace(one, is_complete=True)
                    for one in self.takedowns()
                ]
                if takedowns:
                    takedown_list.save(self._folder, takedowns)
        except OSError as error:
            # Not `IndexNotWritten`: what is to be purged has been published, by another run perhaps.
            raise IndexNotPurged(self._folder, error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the right to write; an error of the system inside means that nothing was published."""
        try:
            with publishing.lock(self._folder):
                yield
        except OSError as error:
            raise IndexNotWritten(self._folder, error) from error

    def _write_over(
        self, current: WhooshGeneration, policy: SegmentPolicy | None = None
    ) -> AbstractContextManager[IndexWriter]:
        """Open a writer that changes the current generation."""
        earlier, analyzer = current.manifest, current.analyzer
        changes = manifests.changes(earlier, SCHEMA_VERSION, self._wanted(current).version)
        if changes:
            raise IndexOutdated(self._folder, changes)
        takedowns = self.takedowns()
        if policy:
            # What a purge finds listed since then it does not take away.
            takedowns = tuple(one for one in takedowns if not _is_begun(one, earlier.taken_down))
        # What is purged is written anew, all of it; what an update writes is not known before.
        room = generations.size_on_disk(current.folder) if policy else 0
        unfinished = publishing.prepare(self._folder, current.folder, room=room)
        return self._published(
            WhooshUpdate(
                unfinished,
                earlier,
                lambda: analyzer,
                known=manifests.History(earlier.documents, earlier.removed),
                takedowns=takedowns,
                now=self._now,
                policy=policy or self._policy,
            )
        )

    def _wanted(self, current: WhooshGeneration) -> Analyzer:
        """Return the analyzer that an index made now would have."""
        if self._lexicons.does_without:
            return self._analyzers.plain
        newer = self._lexicons.newer(current.folder)
        return self._analyzers.of(newer) if newer else current.analyzer

    def _write_anew(self, earlier: Path | None) -> AbstractContextManager[IndexWriter]:
        """Open a writer that starts from nothing, in the place of the generation `earlier`."""
        takedowns = self.takedowns()
        unfinished = publishing.prepare(self._folder, None, room=generations.size_on_disk(earlier))
        self._lexicons.prepare()

        def analyzer() -> Analyzer:
            self._lexicons.carry(unfinished, earlier=earlier)
            return self._analyzers.over(unfinished)

        known = manifests.history(earlier)
        return self._published(
            WhooshUpdate(
                unfinished,
                None,
                analyzer,
                known=known,
                takedowns=takedowns,
                now=self._now,
                policy=self._policy,
            )
        )

    @contextmanager
    def _published(self, update: WhooshUpdate) -> Iterator[IndexWriter]:
        """Publish what `update` made, at a clean exit."""
        try:
            with collected_seldom():
                yield update
                manifest = update.finish(generations.name_of(update.folder))
                inspect(update.folder, manifest, update.analyzer())
        except BaseException:
            try:
                update.cancel()
            finally:
                publishing.discard(update.folder)
            raise
        publishing.publish(self._folder, update.folder)


def _is_begun(takedown: Takedown, gone: Container[str]) -> bool:
    """Tell whether a takedown is only listed yet: a generation that says what is `gone` may have the text."""
    names = takedown_list.names([takedown])
    return not takedown.is_complete and not all(name in gone for name in names)
