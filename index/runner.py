"""Runs the trees of one question, all of them within its time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Final

from index.engine import SearchEngine
from index.execution.deadline import Deadline
from index.manifest import Manifest
from index.query import Query, Word
from index.questions import Question
from index.request import Filters, SearchRequest
from index.results import SearchPage
from index.spelling.vocabulary import Vocabulary

_BEGINNING: Final = 3
"""Letters of a word, and as many at its end may be another in an inflected form."""

_ATTEMPTS: Final = 3
"""A generation is published now and then; that it happens twice during one search is chance."""


class Runner:
    """Asks an engine what one question needs to know. For one thread.

    Attributes:
        analyzer: the analysis that the index was made with when the question came.
    """

    def __init__(self, engine: SearchEngine, question: Question) -> None:
        self._engine = engine
        self._request = SearchRequest(
            filters=question.filters,
            sort=question.sort,
            group=question.group,
            offset=question.offset,
            limit=question.limit,
            facets=question.facets,
            max_expansions=question.max_expansions,
        )
        budget = question.time_budget
        self._ends = None if budget is None else time.monotonic() + budget
        self._hits: dict[Query, int] = {}
        self.analyzer = engine.analyzer()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the index."""
        return self._engine.vocabulary()

    def run(self, tree: Query) -> tuple[SearchPage, Manifest]:
        """Return a page and the manifest of the generation that it comes from."""
        return self._ask(replace(self._request, query=tree))

    def hits(self, tree: Query) -> int:
        """Return how many sections of the index match, whatever the filters."""
        known = self._hits.get(tree)
        if known is None:
            request = replace(self._request, query=tree, filters=Filters(), facets=(), offset=0, limit=0)
            known = self._hits[tree] = self._ask(request)[0].total
        return known

    def finds(self, tree: Query) -> bool:
        """Tell whether any section of the index matches, whatever the filters."""
        return self.hits(tree) > 0

    def occurs(self, word: Word) -> bool:
        """Tell whether one word is found, from its beginning when that is in no word of the index."""
        start = word.surface.casefold()[: max(_BEGINNING, len(word.surface) - _BEGINNING)]
        return bool(self.vocabulary.beginning_with(start)) and self.finds(word)

    def check_time(self) -> None:
        """Raise `SearchTimeout` when the time of the question is over."""
        if self._ends is not None:
            Deadline(self._time_left()).check()

    def _ask(self, request: SearchRequest) -> tuple[SearchPage, Manifest]:
        timed = replace(request, time_budget=self._time_left())
        page, manifest = self._engine.search(timed), self._engine.manifest()
        for _ in range(_ATTEMPTS):
            if page.generation == manifest.generation:
                break
            page, manifest = self._engine.search(timed), self._engine.manifest()
        return page, manifest

    def _time_left(self) -> float | None:
        return None if self._ends is None else max(self._ends - time.monotonic(), 0.0)
