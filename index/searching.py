"""Answers a person's search: parses, asks the engine, asks for less when nothing has every word, marks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.dnr import key as dnr_key
from index.engine import SearchEngine
from index.entry import SectionEntry
from index.errors import QuerySyntaxError
from index.execution.deadline import Deadline
from index.facets import Facet, begins, cut, facet
from index.highlighting import Snippet, snippets
from index.manifest import Manifest
from index.query import And, AtLeast, Query, Scope
from index.query_parser import Limits, parse, relaxed
from index.query_tree import positive_leaves
from index.request import Filters, Group, SearchRequest, Sort
from index.results import SearchPage

_ALL: Final = 2**31
_BOTH: Final = 2
_ATTEMPTS: Final = 3
"""A generation is published now and then; that it happens twice during one search is chance."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for.

    Attributes:
        facets: the facets to count; of each at most `facet_size` values, chosen ones besides.
        snippets: how many a hit has, each about `snippet_length` characters.
        time_budget: seconds for the whole answer, `None` for no limit.
    """

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    scope: Scope = Scope.ALL
    sort: Sort = Sort.RELEVANCE
    group: Group = Group.SECTION
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    facet_size: int = 50
    snippets: int = 1
    snippet_length: int = 240
    strict: bool = False
    limits: Limits = field(default_factory=Limits)
    time_budget: float | None = None
    max_expansions: int = 1000


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as it is shown; `score` is `None` when there were no words to score."""

    entry: SectionEntry
    score: float | None
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, all of it from the generation that `manifest` describes.

    Attributes:
        interpreted: how the query was understood, in words.
        query: the tree that was run in the end.
    """

    interpreted: str
    query: Query
    warnings: tuple[str, ...]
    total: int
    total_documents: int
    total_cases: int
    results: tuple[Result, ...]
    facets: Mapping[str, Facet]
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Placed:
    """A § between its neighbours in the same document; `None` where there is none."""

    entry: SectionEntry
    previous: SectionEntry | None
    following: SectionEntry | None


@dataclass(frozen=True, slots=True)
class Case:
    """The §§ of one case by date; `written` is its dnr as the first of them has it."""

    written: str
    sections: tuple[SectionEntry, ...]


def search(engine: SearchEngine, question: Question) -> Answer:
    """Return the answer to `question`.

    When no section of the index has every word, those that have most of them, at least half, are
    found instead, and a warning says so; `strict` turns that off.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    parsed = parse(question.q, scope=question.scope, strict=question.strict, limits=question.limits)
    runner = _Runner(engine, question)
    found = _Found(parsed.tree, *runner.run(parsed.tree))
    if question.strict and found.page.warnings:
        raise QuerySyntaxError(found.page.warnings[0])
    if found.page.total == 0 and not question.strict:
        found = _relax(runner, found)
    return Answer(
        interpreted=parsed.interpreted,
        query=found.tree,
        warnings=(*parsed.warnings, *found.warnings, *found.page.warnings),
        total=found.page.total,
        total_documents=found.page.total_documents,
        total_cases=found.page.total_cases,
        results=tuple(_results(found, question, runner)),
        facets=_facets(found, question),
        manifest=found.manifest,
    )


def count(engine: SearchEngine, question: Question) -> int:
    """Return how many hits `question` has, as `search` would say."""
    return search(engine, replace(question, facets=(), offset=0, limit=0)).total


def facet_values(
    engine: SearchEngine, question: Question, *, name: str, prefix: str = ""
) -> tuple[Facet, Answer]:
    """Return the values of one facet for a search, and the answer without its hits.

    Only chosen values and those whose label or slug begins with `prefix` are listed, at most
    `question.facet_size`.
    """
    answer = search(engine, replace(question, facets=(name,), facet_size=_ALL, offset=0, limit=0))
    everything = answer.facets[name]
    wanted = [value for value in everything.values if value.selected or begins(value, prefix)]
    return cut(everything, wanted, question.facet_size), answer


def section_in_place(engine: SearchEngine, section_id: str) -> Placed | None:
    """Return a § with its neighbours, `None` when there is no such §."""
    entry = engine.section(section_id)
    if entry is None:
        return None
    sections = engine.document(entry.document_id)
    place = next((place for place, other in enumerate(sections) if other.id == section_id), None)
    if place is None:
        return Placed(entry, None, None)
    return Placed(entry, _at(sections, place - 1), _at(sections, place + 1))


def _at(sections: tuple[SectionEntry, ...], place: int) -> SectionEntry | None:
    return sections[place] if 0 <= place < len(sections) else None


def case(engine: SearchEngine, municipality: str, dnr: str) -> Case | None:
    """Return a case by any written form of its dnr, `None` when there is no such case."""
    key = dnr_key(dnr)
    sections = engine.case(municipality, key) if key else ()
    if not sections:
        return None
    written = next((one for one in sections[0].dnr if dnr_key(one) == key), dnr)
    return Case(written, sections)


@dataclass(frozen=True, slots=True)
class _Found:
    tree: Query
    page: SearchPage
    manifest: Manifest
    warnings: tuple[str, ...] = ()


def _results(found: _Found, question: Question, runner: _Runner) -> Iterator[Result]:
    leaves = positive_leaves(found.tree)
    for hit in found.page.hits:
        runner.check_time()
        entry, count, length = hit.entry, question.snippets, question.snippet_length
        shown = snippets(entry.text, entry.title, leaves, count=count, length=length)
        yield Result(entry, hit.score if question.q else None, shown)


def _facets(found: _Found, question: Question) -> dict[str, Facet]:
    return {
        name: facet(
            name,
            found.page.facets[name],
            selected=getattr(question.filters, name),
            size=question.facet_size,
            labels=found.manifest.labels,
        )
        for name in question.facets
    }


class _Runner:
    """Runs trees for one question, all of them within its time."""

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

    def run(self, tree: Query) -> tuple[SearchPage, Manifest]:
        """Return a page and the manifest of the generation that it comes from."""
        return self._ask(replace(self._request, query=tree))

    def finds(self, tree: Query) -> bool:
        """Tell whether any section of the index matches, whatever the filters."""
        request = replace(self._request, query=tree, filters=Filters(), facets=(), offset=0, limit=0)
        return self._ask(request)[0].total > 0

    def _ask(self, request: SearchRequest) -> tuple[SearchPage, Manifest]:
        timed = replace(request, time_budget=self._time_left())
        page, manifest = self._engine.search(timed), self._engine.manifest()
        for _ in range(_ATTEMPTS):
            if page.generation == manifest.generation:
                break
            page, manifest = self._engine.search(timed), self._engine.manifest()
        return page, manifest

    def check_time(self) -> None:
        """Raise `SearchTimeout` when the time of the question is over."""
        Deadline(self._time_left()).check()

    def _time_left(self) -> float | None:
        return None if self._ends is None else max(self._ends - time.monotonic(), 0.0)


def _relax(runner: _Runner, found: _Found) -> _Found:
    """Return the search for most of the words, when it is the words and not the filters that find nothing.

    What the filters leave never decides, so that a count beside a filter is what choosing it shows.
    """
    tree = relaxed(found.tree)
    if tree is None or runner.finds(found.tree):
        return found
    for minimum, words, fewer in _fewer_and_fewer(tree):
        if runner.finds(fewer):
            all_words = "båda orden" if words == _BOTH else f"alla {words} orden"
            warning = f"Ingen paragraf har {all_words}. Här är de som har minst {minimum} av dem."
            return _Found(fewer, *runner.run(fewer), (warning,))
    return found


def _fewer_and_fewer(tree: Query) -> Iterator[tuple[int, int, Query]]:
    """Yield what `relaxed` gives with more of the words first: minimum, number of words, tree."""
    required = tree.children if isinstance(tree, And) else (tree,)
    some = next(child for child in required if isinstance(child, AtLeast))
    words = len(some.children)
    for minimum in range(words - 1, some.minimum - 1, -1):
        wanted = replace(some, minimum=minimum)
        children = tuple(wanted if child is some else child for child in required)
        yield minimum, words, children[0] if len(children) == 1 else And(children)
