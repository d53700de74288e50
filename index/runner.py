"""Runs the trees of one question, all of them within its time."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Final

from index.engine import SearchEngine
from index.execution.deadline import Deadline
from index.query import Query, Word
from index.questions import Question
from index.request import SearchRequest
from index.results import Hit, SearchPage, YearCounts

_BEGINNING: Final = 3
"""Letters of a word, and as many at its end may be another in an inflected form."""


class Runner:
    """Asks an engine what one question needs to know, inside `SearchEngine.reading`. For one thread.

    Attributes:
        engine: is asked.
        analyzer: the analysis that the index was made with.
        vocabulary: the words of the index.
        manifest: what it says of itself.
    """

    def __init__(self, engine: SearchEngine, question: Question) -> None:
        self.engine = engine
        self._question = question
        budget = question.time_budget
        self._ends = None if budget is None else time.monotonic() + budget
        self._deadline = Deadline(budget)
        self._hits: dict[Query, int] = {}
        self.analyzer = engine.analyzer()
        self.vocabulary = engine.vocabulary()
        self.manifest = engine.manifest()

    def run(self, tree: Query) -> SearchPage:
        """Return a page of what matches."""
        return self.engine.search(self._request(tree))

    def scan(self, tree: Query) -> Generator[Hit]:
        """Yield all that matches, see `SearchEngine.scan`."""
        return self.engine.scan(self._request(tree))

    def timeline(self, tree: Query, by: str | None) -> tuple[YearCounts, ...]:
        """Return what matches by year, and by the values of the property `by`."""
        question = self._question
        request = SearchRequest(
            tree,
            filters=question.filters,
            time_budget=self._time_left(),
            max_expansions=question.max_expansions,
        )
        return self.engine.timeline(request, by)

    def hits(self, tree: Query) -> int:
        """Return how many sections of the index match, whatever the filters."""
        known = self._hits.get(tree)
        if known is None:
            question = self._question
            request = SearchRequest(
                tree,
                sort=question.sort,
                group=question.group,
                limit=0,
                time_budget=self._time_left(),
                max_expansions=question.max_expansions,
            )
            known = self._hits[tree] = self.engine.search(request).total
        return known

    def finds(self, tree: Query) -> bool:
        """Tell whether any section of the index matches, whatever the filters."""
        return self.hits(tree) > 0

    def occurs(self, word: Word) -> bool:
        """Tell whether one word is found, from its beginning when that is in no word of the index."""
        start = word.surface.casefold()[: max(_BEGINNING, len(word.surface) - _BEGINNING)]
        return self.vocabulary.begins(start) and self.finds(word)

    def check_time(self) -> None:
        """Raise `SearchTimeout` when the time of the question is over."""
        self._deadline.check()

    def _request(self, tree: Query) -> SearchRequest:
        question = self._question
        return SearchRequest(
            tree,
            filters=question.filters,
            sort=question.sort,
            group=question.group,
            offset=question.offset,
            limit=question.limit,
            facets=question.facets,
            time_budget=self._time_left(),
            max_expansions=question.max_expansions,
        )

    def _time_left(self) -> float | None:
        return None if self._ends is None else max(self._ends - time.monotonic(), 0.0)
