"""From all matches to one page: filters, facet counts, totals and the best in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from index.execution import counting, grouping
from index.execution.counting import HeldFacet
from index.execution.evaluation import Evaluator
from index.execution.file_counts import FileCounts
from index.execution.file_masks import FileMask
from index.execution.matches import Matches, Scores
from index.execution.ordering import order, page, representatives
from index.execution.postings import Docs
from index.execution.reader import IndexReader
from index.request import Group, SearchRequest
from index.results import FacetCounts


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """What a search found, before any stored field is read.

    Attributes:
        docs: the documents of the page, best first.
        scores: their scores.
        total: how many sections or groups match.
        total_documents: from how many files of minutes the matching sections are.
        total_cases: how many different cases they belong to.
        facets: counts of sections or groups, by the facet's name.
    """

    docs: Docs
    scores: Scores
    total: int
    total_documents: int
    total_cases: int
    facets: dict[str, FacetCounts]


def collect(matches: Matches, request: SearchRequest, evaluator: Evaluator) -> Collected:
    """Filter, count, group and cut `matches` as `request` asks."""
    reader, filters = evaluator.reader, request.filters
    # All facets obey it.
    matches = evaluator.having_dnr(matches, filters.dnr)
    files = evaluator.files_of(matches)
    masks = evaluator.masks_of(filters)
    passed = {name: mask.take(files.files, mode="clip") for name, mask in masks.items()}
    facets = _facets(matches, files, passed, request=request, evaluator=evaluator)
    kept, files = _only(matches, files, _all_but(passed, None))
    evaluator.deadline.check()
    total_cases = evaluator.cases_of(kept)
    ordered = order(kept, request.sort, reader.ranks)
    if request.group is not Group.SECTION:
        evaluator.deadline.check()
        groups = _groups(reader, kept, files, request.group)
        first = representatives(ordered, groups)
        kept, ordered = kept.take(first), ordered.take(first)
    evaluator.deadline.check()
    shown = page(ordered, request.offset, request.limit)
    return Collected(
        docs=kept.docs.take(shown),
        scores=np.zeros(len(shown)) if kept.scores is None else kept.scores.take(shown),
        total=len(kept.docs),
        total_documents=len(files.files),
        total_cases=total_cases,
        facets=facets,
    )


def _all_but(passed: Mapping[str, FileMask], name: str | None) -> FileMask | None:
    """Return which files pass all filters but that of `name`; `None` when there are no others."""
    others = [mask for other, mask in passed.items() if other != name]
    return reduce(np.logical_and, others) if others else None


def _only(matches: Matches, files: FileCounts, keep: FileMask | None) -> tuple[Matches, FileCounts]:
    """Return the matches in the files that are kept."""
    if keep is None:
        return matches, files
    return matches.take(np.flatnonzero(keep.repeat(files.counts))), files.only(keep)


def _facets(
    matches: Matches,
    files: FileCounts,
    passed: Mapping[str, FileMask],
    *,
    request: SearchRequest,
    evaluator: Evaluator,
) -> dict[str, FacetCounts]:
    """Count the sections or groups by their values: of what passes all filters but that of the facet."""

    def count(name: str) -> FacetCounts:
        keep = _all_but(passed, name)
        names, codes = evaluator.facet_names(name), evaluator.reader.column(name).codes
        evaluator.deadline.check()
        if request.group is Group.CASE:
            kept, kept_files = _only(matches, files, keep)
            groups = grouping.by_case(evaluator.reader.cases, kept.docs)
            of_matches = codes.take(kept_files.files).repeat(kept_files.counts)
            return counting.groups_by_value(of_matches, names, groups)
        weights = files.counts if request.group is Group.SECTION else np.ones_like(files.counts)
        return counting.by_value(codes, names, files.files, weights if keep is None else weights * keep)

    def held(name: str) -> FacetCounts:
        key = ("facet", name, request.group, matches.leaf)
        return evaluator.cache.get(key, lambda: HeldFacet(count(name))).counts

    unfiltered = matches.leaf is not None and not passed
    return {name: held(name) if unfiltered else count(name) for name in request.facets}


def _groups(reader: IndexReader, matches: Matches, files: FileCounts, group: Group) -> NDArray[np.int64]:
    if group is Group.CASE:
        return grouping.by_case(reader.cases, matches.docs)
    return np.arange(len(files.files)).repeat(files.counts)
