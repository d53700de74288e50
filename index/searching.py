"""Answers a person's search: a page of hits with marked passages and facets, or every hit."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final, Self

from msgspec.structs import replace

from index.completion.completions import Completions
from index.completion.suggestion import Suggestion
from index.engine import SearchEngine
from index.errors import QueryError
from index.facets import Facet, begins, cut, facet
from index.highlighting import Highlighter
from index.manifest import Manifest
from index.query import Query
from index.query_tree import positive_leaves
from index.questions import Answer, Question, Result
from index.request import Group
from index.results import Hit, YearCounts
from index.runner import Runner
from index.understanding import Understood, total_of_all_words, understand

__all__ = [
    "Answer",
    "Question",
    "Result",
    "Results",
    "count",
    "facet_values",
    "highlighter_of",
    "scan",
    "search",
    "suggestions",
    "timeline",
    "understood",
    "years_of",
]

_ALL: Final = 2**31


def search(engine: SearchEngine, question: Question) -> Answer:
    """Return the answer to `question`.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    with engine.reading():
        runner = Runner(engine, question)
        return _answer(understand(runner, question), question, runner)


def timeline(
    engine: SearchEngine, question: Question, *, by: str | None = None
) -> tuple[tuple[YearCounts, ...], Answer]:
    """Return the sections that `search` would find by year of the meeting, and the answer without its hits.

    Args:
        engine: is asked.
        question: its order, group, page and facets do not matter.
        by: one of `request.BREAKDOWNS`; see `SearchEngine.timeline`, also for what is listed.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    bare = replace(question, group=Group.SECTION, facets=(), offset=0, limit=0)
    with engine.reading():
        runner = Runner(engine, bare)
        found = understand(runner, bare)
        return runner.timeline(found.tree, by), _answer(found, bare, runner)


def years_of(engine: SearchEngine, question: Question, answer: Answer) -> tuple[YearCounts, ...]:
    """Return by year the sections that match as `answer` was understood, for the filters of `question`.

    Ask inside the `SearchEngine.reading` that the answer was made in.
    """
    return Runner(engine, question).timeline(answer.query, None)


def understood(engine: SearchEngine, question: Question) -> Understood:
    """Return how the query of `question` is understood, as `search` does, without hits and facets."""
    bare = replace(question, facets=(), offset=0, limit=0)
    with engine.reading():
        return understand(Runner(engine, bare), bare)


def count(engine: SearchEngine, question: Question) -> int:
    """Return how many hits `question` has, as `search` would say."""
    return search(engine, replace(question, facets=(), offset=0, limit=0)).total


def suggestions(
    engine: SearchEngine, completions: Completions, question: Question, *, limit: int
) -> tuple[Suggestion, ...]:
    """Return what may become of the text of `question`, see `Completions.complete`.

    Args:
        engine: is asked how many sections have a word together with what was typed before it.
        completions: of this generation, or of the last one.
        question: its order, group, page and facets do not matter; a text that is no query is in no section.
        limit: how many at most.

    Raises:
        OperatorError: the index cannot answer, or not in time.
    """
    bare = replace(question, group=Group.SECTION, facets=(), offset=0, limit=0)
    with engine.reading():
        runner = Runner(engine, bare)

        def total(text: str) -> int:
            try:
                return total_of_all_words(runner, replace(bare, q=text))
            except QueryError:
                return 0

        return completions.complete(question.q, limit, count=total)


class Results:
    """The results of a search one after another, without snippets.

    The generation that they come from is held until they are at an end or closed. One thread after another
    may ask for them, but no two at once.
    """

    def __init__(self, first: Hit | None, others: Generator[Hit], *, scored: bool) -> None:
        self._next = first
        self._others = others
        self._scored = scored

    def __iter__(self) -> Self:
        """Return itself."""
        return self

    def __next__(self) -> Result:
        """Return the next result.

        Raises:
            OperatorError: the index is found to be damaged.
        """
        hit = self._next
        if hit is None:
            raise StopIteration
        self._next = next(self._others, None)
        return Result(hit.entry, hit.score if self._scored else None, ())

    def close(self) -> None:
        """End the results and let go of the generation; once more does nothing."""
        self._next = None
        self._others.close()


def scan(engine: SearchEngine, question: Question) -> Results:
    """Return every result of `question`, as it is understood by `search` and in that order.

    What only shapes a page (`offset`, `limit`, facets, snippets) has no effect. The time budget is for
    what this call does: it understands and finds. To read the results may take any time.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    # Nothing here could say that other words were not looked for to the end.
    bare = replace(question, facets=(), offset=0, limit=0, correction_budget=None)
    with engine.reading():
        runner = Runner(engine, bare)
        hits = runner.scan(understand(runner, bare).tree)
        return Results(next(hits, None), hits, scored=bool(question.q))


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


def highlighter_of(engine: SearchEngine, tree: Query) -> Highlighter:
    """Return what marks the hits of a query: the same for the next page, and for the page of a hit."""
    leaves = positive_leaves(tree)
    return engine.remembered(("marked", leaves), lambda: Highlighter(leaves, engine.analyzer()))


def _answer(found: Understood, question: Question, runner: Runner) -> Answer:
    return Answer(
        interpreted=found.interpreted,
        query=found.tree,
        suggestion=found.suggestion,
        warnings=found.warnings,
        total=found.page.total,
        total_documents=found.page.total_documents,
        total_cases=found.page.total_cases,
        results=tuple(_results(found, question, runner)),
        facets=_facets(found, question, runner.manifest),
        manifest=runner.manifest,
    )


def _results(found: Understood, question: Question, runner: Runner) -> Iterator[Result]:
    highlighter = highlighter_of(runner.engine, found.tree)
    sections = ((hit.entry.text, hit.entry.title) for hit in found.page.hits)
    shown = highlighter.snippets(sections, count=question.snippets, length=question.snippet_length)
    for hit, snippets in zip(found.page.hits, shown, strict=True):
        runner.check_time()
        yield Result(hit.entry, hit.score if question.q else None, snippets)


def _facets(found: Understood, question: Question, manifest: Manifest) -> dict[str, Facet]:
    return {
        name: facet(
            name,
            found.page.facets[name],
            selected=getattr(question.filters, name),
            size=question.facet_size,
            labels=manifest.labels,
        )
        for name in question.facets
    }
