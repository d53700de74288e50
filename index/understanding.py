"""What a query is understood as in the end, by what it finds.

A word that is nowhere in the collection is replaced by the one that was clearly meant. When no section has
every word, those that have most of them are asked for. Either is said in a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from index.absent import absent
from index.analysis.question_words import is_question
from index.analysis.steps import Step
from index.errors import QuerySyntaxError, SearchTimeout
from index.execution.deadline import Deadline
from index.fallbacks import Fallbacks, Mended, Replacement, has_choices
from index.interpretation import interpret
from index.query import Query
from index.query_parser import ParsedQuery, parse
from index.questions import Question
from index.relaxation import Relaxed, nowhere, relaxed
from index.results import SearchPage
from index.runner import Runner
from index.wording import reworded

_T = TypeVar("_T")

_FEW = 3
"""Hits up to which it is asked whether a word one slip away was meant that has far more."""


_CUT = "Tiden räckte inte till att leta efter andra stavningar av orden."


@dataclass(frozen=True, slots=True)
class Understood:
    """A query, and the page that it finds.

    Attributes:
        tree: what was run in the end.
        interpreted: the same in words.
        warnings: what was passed over, replaced, given up or cut short, in Swedish.
        suggestion: the query in other words, which may be what was meant.
    """

    tree: Query
    interpreted: str
    warnings: tuple[str, ...]
    suggestion: str | None
    page: SearchPage


def understand(runner: Runner, question: Question) -> Understood:
    """Return what a query finds, inside `SearchEngine.reading`; with `strict` as it was typed.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    parsed = _parsed(runner, question)
    tree, warnings = parsed.tree, parsed.warnings
    page = runner.run(tree)
    if question.strict and page.warnings:
        raise QuerySyntaxError(page.warnings[0])
    fallbacks = _fallbacks(runner, question)
    mended, late = _in_time(runner, lambda: _mended(runner, question, fallbacks, tree, page), Mended(tree))
    if mended.replaced and not question.strict:
        tree, warnings = mended.tree, (*warnings, *mended.warnings)
        page = runner.run(tree)
    only_dots = page.total > _FEW
    none: tuple[Replacement, ...] = ()
    guesses, later = _in_time(
        runner, lambda: _likelier(runner, question, fallbacks, tree, only_dots=only_dots), none
    )
    warnings = (*warnings, *dict.fromkeys((*late, *later)))
    suggestion = _suggestion(question, mended, guesses)
    if page.total == 0 and not question.strict and Step.RELAXATION not in runner.analyzer.without:
        fewer = _relaxed(runner, tree, is_question=is_question(question.q))
        if fewer is not None:
            tree, warnings = fewer.tree, (*warnings, *fewer.warnings)
            page = runner.run(tree)
        elif not runner.finds(tree):
            warnings = (*warnings, *nowhere(tree, is_found=runner.finds))
    # True also of a query without any fault, so that `strict` does not refuse it.
    missing = absent(runner.engine, tree, question.filters)
    interpreted = interpret(tree, scope=question.scope)
    return Understood(tree, interpreted, (*warnings, *page.warnings, *missing), suggestion, page)


def total_of_all_words(runner: Runner, question: Question) -> int:
    """Return how many hits `understand` finds, inside `SearchEngine.reading`; 0 where not with every word.

    Raises:
        QueryError: the query cannot be run.
        OperatorError: the index cannot answer, or not in time.
    """
    tree = _parsed(runner, question).tree
    total = runner.run(tree).total
    return understand(runner, question).page.total if total and has_choices(tree) else total


def _parsed(runner: Runner, question: Question) -> ParsedQuery:
    analyzer = runner.analyzer
    synonyms = question.synonyms.synonyms(analyzer) if question.synonyms else None

    def parsed() -> ParsedQuery:
        return parse(
            question.q,
            analyzer,
            scope=question.scope,
            strict=question.strict,
            limits=question.limits,
            synonyms=synonyms,
            occurs=runner.occurs,
        )

    return _remembered(runner, question, ("parsed", synonyms), parsed)


def _remembered(runner: Runner, question: Question, part: Hashable, make: Callable[[], _T]) -> _T:
    """Return a part of how the words of a question are understood, whatever its filters and its page.

    The next page, another filter: most queries come again at once.
    """
    typed = question.q, question.scope, question.strict, question.limits, question.group
    return runner.engine.remembered((part, *typed), make)


def _fallbacks(runner: Runner, question: Question) -> Fallbacks:
    """Return what looks for other words, from now on for as long as it may; with `strict` to the end."""
    deadline = Deadline(None if question.strict else question.correction_budget)

    def check_time() -> None:
        runner.check_time()
        deadline.check()

    return Fallbacks(runner.vocabulary, runner.analyzer, runner.hits, check_time=check_time)


def _in_time(runner: Runner, look: Callable[[], _T], otherwise: _T) -> tuple[_T, tuple[str, ...]]:
    """Return what `look` returns, else `otherwise` and what is to be said when its own time was too short.

    Nothing is remembered of what did not come to an end.

    Raises:
        SearchTimeout: the time of the question is over.
    """
    try:
        return look(), ()
    except SearchTimeout:
        runner.check_time()
        return otherwise, (_CUT,)


def _mended(
    runner: Runner, question: Question, fallbacks: Fallbacks, tree: Query, page: SearchPage
) -> Mended:
    """Return `tree` without the words that are nowhere.

    What the filters leave never decides, so that a count beside a filter is what choosing it shows.
    """
    if not has_choices(tree) and (page.total or runner.finds(tree)):
        return Mended(tree)
    return _remembered(runner, question, ("mended", tree), lambda: fallbacks.mended(tree))


def _likelier(
    runner: Runner, question: Question, fallbacks: Fallbacks, tree: Query, *, only_dots: bool
) -> tuple[Replacement, ...]:
    return _remembered(
        runner,
        question,
        ("likelier", tree, only_dots),
        lambda: fallbacks.likelier(tree, only_dots=only_dots),
    )


def _relaxed(runner: Runner, tree: Query, *, is_question: bool) -> Relaxed | None:
    """Return the query with fewer words that finds something; `None` when there is none, or no need."""
    if runner.finds(tree):
        return None
    fewer = relaxed(tree, is_found=runner.finds, is_question=is_question)
    return next((one for one in fewer if runner.finds(one.tree)), None)


def _suggestion(question: Question, mended: Mended, likelier: tuple[Replacement, ...]) -> str | None:
    unsure = (*mended.guesses, *likelier, *(mended.replaced if question.strict else ()))
    return reworded(question.q, dict((*mended.replaced, *unsure))) if unsure else None
