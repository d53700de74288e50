"""The engine seam: what a search engine must do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from corpus.document import Document, ReadFailure
from corpus.takedowns import Takedown
from index.analysis.analyzer import Analyzer
from index.completion.completions import Completions
from index.entry import SectionEntry
from index.errors import OperatorError
from index.manifest import DocumentRecord, Manifest
from index.query import Query
from index.request import SearchRequest
from index.results import Hit, Reason, SearchPage, YearCounts
from index.spelling.vocabulary import Vocabulary

T = TypeVar("T")


class IndexWriter(Protocol):
    """Collects changes; they become visible together, at the clean exit of its context."""

    def put(self, document: Document) -> None:
        """Add a document with its sections, in the place of an earlier one with its id or source.

        After an error nothing of the run can be published.
        """

    def remove(self, source: str) -> bool:
        """Remove the document read from `source`; return whether there was one."""

    def report(self, failures: tuple[ReadFailure, ...]) -> None:
        """Set the files that this run could not read; they replace those of the last run."""

    def take_down(self, takedown: Takedown) -> None:
        """Remember a takedown, at once and for good, whatever becomes of the other changes.

        It removes nothing by itself: put its documents without what it forbids, then `purge`.
        """

    def documents_before(self) -> Mapping[str, DocumentRecord]:
        """Return the documents that the index had before this run, also of a rebuild, by source.

        None where that cannot be read: there is no index, or it is damaged.
        """


class SearchEngine(Protocol):
    """Answers searches from one immutable generation at a time.

    All methods may be called from several threads. A generation that is published while an
    answer is being made does not change that answer; the next call sees it.
    """

    def search(self, request: SearchRequest) -> SearchPage:
        """Return one page of the sections that match, best first.

        Pages partition the hits: their sum is `total` and no id comes twice. Equal scores are
        ordered by meeting date (newest first, undated last), then source, then place in the
        document, so two indexes of one folder answer alike. Facet counts are disjunctive.

        Raises:
            SearchTimeout: when `request.time_budget` ran out.
            OperatorError: when the index is missing, outdated or damaged.
        """

    def scan(self, request: SearchRequest) -> Generator[Hit]:
        """Yield every match in the order of `search`; no page cut, no facets.

        All is found when the first hit is asked for, from the generation that a search would be answered
        from at that moment in that thread. It is held until the hits are at an end or closed. Only some
        hits are in memory at a time, and one thread after another may ask for them.

        Raises:
            SearchTimeout: when `request.time_budget` ran out before the first hit; those after it may take
                any time.
            OperatorError: when the index is missing, outdated or damaged, also between two hits.
        """

    def timeline(self, request: SearchRequest, by: str | None = None) -> tuple[YearCounts, ...]:
        """Return the matching sections by year of the meeting, oldest first, the undated last.

        Sections are counted, however `request` groups; all its filters are obeyed, and the sum of `count`
        is `total` of a search that groups nothing. Every year is listed that has indexed sections passing
        the filters on municipality, committee, type, year and date, also when none of them matches. Those
        are its `sections`: neither the query nor the filter on dnr makes them fewer.

        Args:
            request: its order, group, page and facets do not matter.
            by: one of `request.BREAKDOWNS`: count each year by its values too, `unknown` where it could not
                be read. Listed are the values that match in any year, or that the filters choose, in the
                years in which they have indexed sections.

        Raises:
            SearchTimeout: when `request.time_budget` ran out.
            OperatorError: when the index is missing, outdated or damaged.
        """

    def section(self, section_id: str) -> SectionEntry | None:
        """Return one section, or `None`."""

    def document(self, document_id: str) -> tuple[SectionEntry, ...]:
        """Return a document's sections in order; empty when there is no such document."""

    def case(self, municipality: str, dnr: str) -> tuple[SectionEntry, ...]:
        """Return the sections of one case by date; `dnr` is a key of `corpus.dnr.key`.

        A key without a registry (`DNR-2019-835`) names that case when there is one, and else the
        cases of that number whatever their registry.
        """

    def reading(self) -> AbstractContextManager[None]:
        """Let all that this thread asks inside be answered from one generation.

        Raises:
            OperatorError: when the index is missing, outdated or damaged.
        """

    def update(self) -> AbstractContextManager[IndexWriter]:
        """Open a writer that changes the current generation.

        Raises:
            IndexBusy: another writer is at work.
            IndexOutdated: the current generation needs a rebuild: schema, rules or stemmer are others
                now, or there is another lexicon to make it with.
        """

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Open a writer that starts from nothing; the old generation serves until the exit.

        Content that was indexed before keeps its `indexed_at`.
        """

    def roll_back(self) -> None:
        """Publish the generation before the current one again, under a new number.

        Raises:
            NoEarlierGeneration: there is none: nothing was changed yet, or a text was taken down since.
            IndexBusy, IndexOutdated, IndexDamaged: it cannot be published; nothing was changed.
        """

    def trouble(self) -> OperatorError | None:
        """Return why answers do not come from the newest generation, `None` when they do.

        Raises:
            OperatorError: no generation can answer all searches.
        """

    def analyzer(self) -> Analyzer:
        """Return the analysis that the current generation was made with: queries must use the same.

        The same object while the analysis stays. Without an index that can answer, that of a stemmer alone.
        """

    def vocabulary(self) -> Vocabulary:
        """Return the words of the current generation; made when first asked for, once a generation."""

    def completions(self) -> Completions:
        """Return what can be completed in the current generation; made when first asked for, likewise."""

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes for `key`: once a generation, while it is among the latest asked for."""

    def explain(self, query: Query, section_id: str) -> tuple[Reason, ...]:
        """Return why a section matches `query`, nothing when it does not."""

    def manifest(self) -> Manifest:
        """Return the current generation's manifest; documents are read when one is asked for."""

    def takedowns(self) -> tuple[Takedown, ...]:
        """Return what was taken down and must not be put again; those of the current manifest among them.

        Raises:
            TakedownsLost: they cannot be read.
        """

    def purge(self) -> None:
        """Leave nothing on disk but what the current generation says: no removed text, nothing made of it.

        All of it is written anew, as a generation of the same content, and those before are removed, also
        such as are being read: their readers go on with what they have open. Every takedown is then complete.

        Raises:
            IndexNotPurged: not everything could be written anew, or removed.
            OperatorError: another writer is at work, or the index is missing, outdated or damaged.
        """

    def on_disk(self) -> Generator[tuple[str, bytes | memoryview]]:
        """Yield all that is on disk: where it is, and the bytes as they are and as they were compressed."""

    def close(self) -> None:
        """Release files and memory. A closed engine answers nothing more."""
