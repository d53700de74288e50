"""Makes an index say what a folder of minutes says now."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from corpus.discovery import SourceFile, discover
from corpus.document import Document, ReadFailure
from corpus.errors import MinutesFolderError
from corpus.reader import document_id
from corpus.reader_pool import ReaderPool
from corpus.takedowns import Rules, Takedown
from index.analysis.version import AnalysisVersion
from index.engine import IndexWriter, SearchEngine
from index.errors import IndexMissing, IndexOutdated
from index.guards import Guards
from index.manifest import DocumentRecord, Manifest
from index.sections import documents_with

_LOGGER: Final = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the number of files read and the number to read, first with 0."""


@dataclass(frozen=True, slots=True)
class DocumentWarning:
    """Something wrong with a file that was read all the same."""

    source: str
    warning: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, and what the index holds after it.

    Attributes:
        documents, sections: in the whole index.
        added, updated, removed: documents that this run changed.
        unchanged: documents that were as the index had them.
        unreadable: every file that gives no text now, also those known from an earlier run.
        masked_personal_numbers: in the files that this run read.
        taken_down: sections that were left out of them, and files that were left out, for being taken down.
        warnings: about the files that this run read.
        generation: the one that is current after the run.
        analysis: what its words are found by.
    """

    documents: int
    sections: int
    added: int
    updated: int
    removed: int
    unchanged: int
    unreadable: tuple[ReadFailure, ...]
    masked_personal_numbers: int
    taken_down: int
    warnings: tuple[DocumentWarning, ...]
    generation: str
    analysis: AnalysisVersion
    seconds: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How a folder differs from what an index says of it.

    Attributes:
        to_read: new and changed files, by source.
        vanished: sources of documents whose file is no more.
        unchanged: how many files are as the documents in the index were made of.
        failures: files that could not be read last time and have not changed since.
    """

    to_read: tuple[SourceFile, ...]
    vanished: tuple[str, ...]
    unchanged: int
    failures: tuple[ReadFailure, ...]


def compare(
    files: Iterable[SourceFile],
    documents: Mapping[str, DocumentRecord],
    failures: Iterable[ReadFailure],
) -> Difference:
    """Return how `files` differ from an index's `documents` and the `failures` that it knows."""
    by_source = {file.source: file for file in files}
    unchanged = {
        source
        for source, file in by_source.items()
        if source in documents and documents[source].fingerprint == file.fingerprint
    }
    still_failing = {
        failure.source: failure
        for failure in failures
        if failure.source in by_source and failure.fingerprint == by_source[failure.source].fingerprint
    }
    known = unchanged | still_failing.keys()
    to_read = tuple(by_source[source] for source in sorted(by_source.keys() - known))
    vanished = tuple(sorted(documents.keys() - by_source.keys()))
    return Difference(
        to_read=to_read,
        vanished=vanished,
        unchanged=len(unchanged),
        failures=tuple(still_failing[source] for source in sorted(still_failing)),
    )


def reindex(
    minutes: Path,
    engine: SearchEngine,
    *,
    rebuild: bool = False,
    guards: Guards = Guards(),  # noqa: B008 # it cannot be changed
    progress: Progress = lambda _done, _total: None,
    processes: int = 1,
) -> Report:
    """Make the index of `engine` say what the folder `minutes` says now.

    New and changed files are read, vanished ones removed, nothing else is touched; when there
    is nothing to do, nothing is published. All of it becomes visible together. What was taken down stays
    out, and takedowns that were begun are finished.

    Args:
        minutes: the folder.
        engine: whose index is changed.
        rebuild: start from nothing instead.
        guards: what is refused of a folder that may not be whole.
        progress: is told how far the reading is.
        processes: how many files are read at a time.

    Raises:
        MinutesFolderError: the folder cannot be listed.
        FolderShrank, TooManyUnreadable: the folder seems not to be whole.
        OperatorError: another run is at work, the disk is full, or the index is damaged and needs a
            rebuild. After each of these errors the index is as it was before.
    """
    started = time.monotonic()
    if not minutes.is_dir():
        raise MinutesFolderError(f"Mappen med protokoll finns inte: {minutes}")
    try:
        with ExitStack() as stack:
            # Compared under the lock, so that no other run changes the index meanwhile.
            writer, earlier = _open(engine, stack, rebuild=rebuild)
            takedowns = engine.takedowns()
            rules = Rules(takedowns)
            documents = _to_compare(engine, earlier.documents, takedowns) if earlier else {}
            failures = earlier.failures if earlier else ()
            discovered = discover(minutes)
            files = [file for file in discovered if not rules.forbid_document(document_id(file.source))]
            difference = compare(files, documents, failures)
            outcome = _Outcome(unreadable=list(difference.failures), taken_down=len(discovered) - len(files))
            taker = _Taker(writer, outcome, known=documents, rules=rules)
            before = sum(not rules.forbid_document(one.id) for one in writer.documents_before().values())
            # Also before anything is read, which may take hours.
            guards.check_documents(minutes, before=before, after=len(files) - len(outcome.unreadable))
            _apply(difference, taker, progress=progress, processes=processes)
            if earlier:
                _stop_when_nothing_changed(outcome, failures)
            guards.check_documents(minutes, before=before, after=len(files) - len(outcome.unreadable))
            guards.check_unreadable(minutes, unreadable=len(outcome.unreadable), files=len(files))
    except _NothingNew:
        _LOGGER.info("Nothing is new: the index stays as it is")
    if not all(takedown.is_complete for takedown in takedowns):
        engine.purge()
    return _report(difference, outcome, engine.manifest(), seconds=time.monotonic() - started)


class _NothingNew(Exception):
    """Leaves a writer uncleanly, so that it publishes nothing."""


def _open(engine: SearchEngine, stack: ExitStack, *, rebuild: bool) -> tuple[IndexWriter, Manifest | None]:
    """Open a writer on `stack`; return it and the manifest that it starts from, `None` for nothing."""
    if not rebuild:
        try:
            return stack.enter_context(engine.update()), _manifest(engine)
        except IndexOutdated as error:
            _LOGGER.warning("%s: the index is rebuilt", ". ".join(error.changes))
    return stack.enter_context(engine.rebuild()), None


def _manifest(engine: SearchEngine) -> Manifest | None:
    try:
        return engine.manifest()
    except IndexMissing:
        return None


@dataclass(slots=True)
class _Outcome:
    """What became of the files that a run read."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    masked: int = 0
    taken_down: int = 0
    unreadable: list[ReadFailure] = field(default_factory=list)
    warnings: list[DocumentWarning] = field(default_factory=list)


def _stop_when_nothing_changed(outcome: _Outcome, failures: tuple[ReadFailure, ...]) -> None:
    if not (outcome.added or outcome.updated or outcome.removed) and tuple(outcome.unreadable) == failures:
        raise _NothingNew


def _to_compare(
    engine: SearchEngine, documents: Mapping[str, DocumentRecord], takedowns: Iterable[Takedown]
) -> Mapping[str, DocumentRecord]:
    """Return what an index has, so that files are read again of which a takedown was only begun."""
    begun = documents_with(engine, (one for one in takedowns if not one.is_complete))
    if not begun:
        return documents
    return {
        source: replace(record, fingerprint="") if record.id in begun else record
        for source, record in documents.items()
    }


class _Taker:
    """Puts into the index what files became, but for what was taken down.

    Args:
        writer: of the index.
        outcome: is told what became of each.
        known: the documents that the index has, by source.
        rules: say what stays out.
    """

    def __init__(
        self, writer: IndexWriter, outcome: _Outcome, *, known: Container[str], rules: Rules
    ) -> None:
        self.writer = writer
        self.outcome = outcome
        self._known = known
        self._rules = rules

    def leave_out(self, failure: ReadFailure) -> None:
        """Note a file that gives no text, and remove what it said before."""
        self.outcome.unreadable.append(failure)
        self.outcome.removed += self.writer.remove(failure.source)

    def take_in(self, document: Document) -> None:
        """Put a document, or remove the one of before when nothing of it may stay."""
        allowed = self._rules.allowed(document)
        gone = len(document.sections) - len(allowed.sections)
        if gone:
            _LOGGER.info("%s: %d sections are left out, as they were taken down", document.source, gone)
        self.outcome.taken_down += gone
        self.outcome.masked += document.masked_personal_numbers
        for warning in document.warnings:
            _LOGGER.warning("%s: %s", document.source, warning)
            self.outcome.warnings.append(DocumentWarning(document.source, warning))
        if gone and not allowed.sections:
            self.outcome.removed += self.writer.remove(document.source)
            return
        self.writer.put(allowed)
        is_known = document.source in self._known
        self.outcome.updated += is_known
        self.outcome.added += not is_known


def _apply(difference: Difference, taker: _Taker, *, progress: Progress, processes: int) -> None:
    """Bring what differs into the index, in the order of the sources."""
    writer, outcome = taker.writer, taker.outcome
    for source in difference.vanished:
        outcome.removed += writer.remove(source)
    total = len(difference.to_read)
    progress(0, total)
    with ReaderPool(max(1, min(processes, total))) as readers:
        for done, result in enumerate(readers.read_all(difference.to_read), start=1):
            if isinstance(result, ReadFailure):
                taker.leave_out(result)
            else:
                taker.take_in(result)
            progress(done, total)
    outcome.unreadable.sort(key=lambda failure: failure.source)
    writer.report(tuple(outcome.unreadable))


def _report(difference: Difference, outcome: _Outcome, manifest: Manifest, *, seconds: float) -> Report:
    return Report(
        documents=len(manifest.documents),
        sections=manifest.sections,
        added=outcome.added,
        updated=outcome.updated,
        removed=outcome.removed,
        unchanged=difference.unchanged,
        unreadable=tuple(outcome.unreadable),
        masked_personal_numbers=outcome.masked,
        taken_down=outcome.taken_down,
        warnings=tuple(outcome.warnings),
        generation=manifest.generation,
        analysis=manifest.analysis,
        seconds=round(seconds, 3),
    )
