"""From all matches to one page: filters, facet counts, totals and the best in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.execution.evaluation import Evaluator
from index.execution.matches import Matches, contains
from index.execution.postings import Docs
from index.execution.reader import IndexReader, MultiColumn
from index.request import FACETS, Filters, SearchRequest, Sort
from index.results import FacetCounts


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """What a search found, before any stored field is read.

    Attributes:
        docs: the documents of the page, best first.
        scores: their scores.
    """

    docs: Docs
    scores: NDArray[np.float64]
    total: int
    total_documents: int
    total_cases: int
    facets: dict[str, FacetCounts]


def collect(matches: Matches, request: SearchRequest, evaluator: Evaluator) -> Collected:
    """Filter, count and cut `matches` as `request` asks."""
    reader = evaluator.reader
    passed = _passed(matches.docs, request.filters, evaluator)
    facets = {name: _facet(reader, name, matches.docs, passed) for name in request.facets}
    keep = _all_but(passed, len(matches.docs), None)
    docs, scores = matches.docs[keep], matches.scores[keep]
    evaluator.deadline.check()
    page = _page(reader, docs, scores, request)
    return Collected(
        docs=docs[page],
        scores=scores[page],
        total=len(docs),
        total_documents=_distinct(reader.column("document").codes[docs]),
        total_cases=_distinct_cases(reader.cases, docs),
        facets=facets,
    )


def _passed(docs: Docs, filters: Filters, evaluator: Evaluator) -> dict[str, NDArray[np.bool_]]:
    """Return for each filter that is set which of `docs` pass it."""
    passed = {
        name: evaluator.having(name, values)[docs] for name in FACETS if (values := getattr(filters, name))
    }
    if filters.date_from or filters.date_to:
        passed["date"] = evaluator.dated(filters.date_from, filters.date_to)[docs]
    if filters.dnr:
        passed["dnr"] = contains(evaluator.keyword("dnr", filters.dnr), docs)
    return passed


def _all_but(passed: dict[str, NDArray[np.bool_]], size: int, name: str | None) -> NDArray[np.bool_]:
    keep = np.ones(size, np.bool_)
    for other, mask in passed.items():
        if other != name:
            keep &= mask
    return keep


def _facet(reader: IndexReader, name: str, docs: Docs, passed: dict[str, NDArray[np.bool_]]) -> FacetCounts:
    column = reader.column(name)
    codes = column.codes[docs[_all_but(passed, len(docs), name)]]
    counts = np.bincount(codes + 1, minlength=len(column.values) + 1)
    return FacetCounts(
        counts={column.values[code]: int(counts[code + 1]) for code in np.flatnonzero(counts[1:])},
        unknown=int(counts[0]),
    )


def _page(
    reader: IndexReader, docs: Docs, scores: NDArray[np.float64], request: SearchRequest
) -> NDArray[np.intp]:
    """Return the indexes into `docs` of the page, in order."""
    end = request.offset + request.limit
    match request.sort:
        case Sort.RELEVANCE:
            best = _candidates(-scores, end)
            order = np.lexsort((reader.ranks.newest[docs[best]], -scores[best]))
        case Sort.NEWEST | Sort.OLDEST | Sort.ADDED:
            ranks = {
                Sort.NEWEST: reader.ranks.newest,
                Sort.OLDEST: reader.ranks.oldest,
                Sort.ADDED: reader.ranks.added,
            }[request.sort][docs]
            best = _candidates(ranks, end)
            order = np.argsort(ranks[best])
    return best[order[request.offset : end]]


def _candidates(keys: NDArray[np.float64] | NDArray[np.int32], count: int) -> NDArray[np.intp]:
    """Return the indexes of the `count` smallest keys and of all that equal the largest of them."""
    if count >= len(keys):
        return np.arange(len(keys))
    threshold = np.partition(keys, count - 1)[count - 1] if count else keys.min()
    return np.flatnonzero(keys <= threshold)


def _distinct(codes: NDArray[np.int32]) -> int:
    return int(np.count_nonzero(np.bincount(codes))) if len(codes) else 0


def _distinct_cases(cases: MultiColumn, docs: Docs) -> int:
    """Return how many different cases the documents belong to."""
    if not cases.distinct:
        return 0
    counts = (cases.starts[docs + 1] - cases.starts[docs]).astype(np.int64)
    ends = np.cumsum(counts)
    offsets = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
    return _distinct(cases.codes[np.repeat(cases.starts[docs], counts) + offsets])
