"""The Whoosh engine: searches in process, in one folder, from one generation at a time."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Generator, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, TypeVar

from msgspec.structs import replace

from corpus.takedowns import Takedown
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon.supply import LexiconSupply
from index.analysis.steps import Step
from index.completion.completions import Completions
from index.engine import IndexWriter
from index.engines.index_lexicon import Analyzers, LexiconSource
from index.engines.on_disk import everything
from index.engines.publisher import Publisher
from index.engines.segment_writer import SegmentPolicy
from index.engines.served_generation import ServedGeneration
from index.engines.whoosh_generation import WhooshGeneration
from index.entry import SectionEntry
from index.errors import OperatorError
from index.execution.collector import Collected, collect
from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.execution.explanation import explain
from index.execution.timeline import count_years
from index.manifest import Manifest
from index.query import And, Keyword, Query
from index.request import SearchRequest, Sort
from index.results import Hit, Reason, SearchPage, YearCounts
from index.spelling.vocabulary import Vocabulary

_T = TypeVar("_T")

_EVERYTHING: Final = 2**31
_CHUNK: Final = 200
"""Sections that an export reads at a time."""


class _Reading(threading.local):
    """The generation that the thread has said it will read for a while."""

    generation: WhooshGeneration | None = None


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class WhooshEngine:
    """The `SearchEngine` over an index folder; see that Protocol for what its methods promise.

    Args:
        folder: the index folder; it may be missing until something is indexed.
        lexicons: where new indexes take their lexicon from; `None` to keep to what an index has.
        without_lexicon: make indexes that have none, also in the place of one that has.
        without: steps of the analysis that are left out, for an evaluation.
        now: the clock, UTC.
        policy: when a writer makes segments and merges them.
        falls_back: answer from the last sound generation when the newest is damaged, as a server does.
    """

    def __init__(
        self,
        folder: Path,
        *,
        lexicons: LexiconSupply | None = None,
        without_lexicon: bool = False,
        without: frozenset[Step] = frozenset(),
        now: Callable[[], datetime.datetime] = _utc_now,
        policy: SegmentPolicy = SegmentPolicy(),  # noqa: B008 # it cannot be changed
        falls_back: bool = False,
    ) -> None:
        self._folder = folder
        self._analyzers = Analyzers(without)
        self._served = ServedGeneration(folder, self._analyzers, falls_back=falls_back)
        self._publisher = Publisher(
            folder,
            self._served,
            analyzers=self._analyzers,
            lexicons=LexiconSource(lexicons, does_without=without_lexicon),
            now=now,
            policy=policy,
        )
        self._reading = _Reading()

    def search(self, request: SearchRequest) -> SearchPage:
        """Return one page of the sections that match, best first."""
        with self._generation() as generation:
            found, warnings = _collect(generation, request)
            hits = zip(generation.latest_entries(found.docs.tolist()), found.scores, strict=True)
            return SearchPage(
                hits=tuple(Hit(entry, float(score)) for entry, score in hits),
                total=found.total,
                total_documents=found.total_documents,
                total_cases=found.total_cases,
                facets=found.facets,
                generation=generation.manifest.generation,
                warnings=tuple(warnings),
            )

    def scan(self, request: SearchRequest) -> Generator[Hit]:
        """Yield every match in the order of `search`, from one generation."""
        with self._generation() as generation:
            found, _ = _collect(generation, replace(request, offset=0, limit=_EVERYTHING, facets=()))
            for start in range(0, len(found.docs), _CHUNK):
                chunk = slice(start, start + _CHUNK)
                entries = generation.entries(found.docs[chunk])
                for entry, score in zip(entries, found.scores[chunk], strict=True):
                    yield Hit(entry, float(score))

    def timeline(self, request: SearchRequest, by: str | None = None) -> tuple[YearCounts, ...]:
        """Return the matching sections by year of the meeting, oldest first, the undated last."""
        with self._generation() as generation:
            evaluator = _evaluator(generation, request)
            matches = evaluator.evaluate(request.query)
            return count_years(matches, evaluator, filters=request.filters, by=by)

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
        with self.reading():
            # A dnr without a registry is a case of its own in some cities, short for another in most.
            for field in ("case", "dnr"):
                query = And((place, Keyword("", field, (dnr,))))
                found = self.search(SearchRequest(query, sort=Sort.OLDEST, limit=_EVERYTHING))
                if found.total:
                    return tuple(hit.entry for hit in found.hits)
        return ()

    def analyzer(self) -> Analyzer:
        """Return the analysis that the current generation was made with; a plain one without a generation."""
        try:
            with self._generation() as generation:
                return generation.analyzer
        except OperatorError:
            # What is the matter is said by the search that follows.
            return self._analyzers.plain

    def vocabulary(self) -> Vocabulary:
        """Return the words of the current generation."""
        with self._generation() as generation:
            return generation.vocabulary

    def completions(self) -> Completions:
        """Return what can be completed in the current generation."""
        with self._generation() as generation:
            return generation.completions()

    def remembered(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what `make` makes for `key`, remembered with the current generation."""
        with self._generation() as generation:
            return generation.remembered.get(key, make)

    def explain(self, query: Query, section_id: str) -> tuple[Reason, ...]:
        """Return why a section matches `query`, nothing when it does not."""
        with self._generation() as generation:
            evaluator = _evaluator(generation, SearchRequest())
            docs = evaluator.keyword("id", [section_id])
            return explain(evaluator, query, int(docs[0])) if len(docs) else ()

    def manifest(self) -> Manifest:
        """Return the current generation's manifest."""
        with self._generation() as generation:
            return generation.manifest

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let all that this thread asks inside be answered from one generation."""
        with self._generation() as generation:
            earlier, self._reading.generation = self._reading.generation, generation
            try:
                yield
            finally:
                self._reading.generation = earlier

    def trouble(self) -> OperatorError | None:
        """Return why answers do not come from the newest generation, `None` when they do."""
        return self._served.trouble()

    def update(self) -> AbstractContextManager[IndexWriter]:
        """Open a writer that changes the current generation."""
        return self._publisher.update()

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Open a writer that starts from nothing; the old generation serves until the exit."""
        return self._publisher.rebuild()

    def roll_back(self) -> None:
        """Publish the generation before the current one again, under a new number."""
        self._publisher.roll_back()

    def takedowns(self) -> tuple[Takedown, ...]:
        """Return what was taken down and must not be put again."""
        return self._publisher.takedowns()

    def purge(self) -> None:
        """Leave nothing on disk but what the current generation says."""
        self._publisher.purge()

    def on_disk(self) -> Generator[tuple[str, bytes | memoryview]]:
        """Yield all that is on disk, also as it was before it was compressed."""
        yield from everything(self._folder)

    def close(self) -> None:
        """Release files and memory."""
        self._served.close()

    def _generation(self) -> WhooshGeneration:
        """Return the current generation, held: it stays open until the last `with` around it is left."""
        held = self._reading.generation
        return self._served.latest() if held is None else held.hold()


def _collect(generation: WhooshGeneration, request: SearchRequest) -> tuple[Collected, list[str]]:
    evaluator = _evaluator(generation, request)
    found = collect(evaluator.evaluate(request.query), request, evaluator)
    return found, evaluator.warnings


def _evaluator(generation: WhooshGeneration, request: SearchRequest) -> Evaluator:
    deadline = Deadline(request.time_budget)
    return Evaluator(generation.reader, generation.leaf_cache, deadline, request.max_expansions)
