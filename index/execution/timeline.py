"""Matches by the year of the meeting, beside the indexed sections that they are among."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.execution.evaluation import Evaluator
from index.execution.file_counts import FileCounts
from index.execution.file_masks import FileMask
from index.execution.matches import Matches
from index.execution.reader import Column
from index.query import MatchAll
from index.request import UNKNOWN, Filters
from index.results import YearCounts

_Table = NDArray[np.int64]
"""Sections: a row for each year, a column for each value; of either, the unknown come first."""


def count_years(
    matches: Matches, evaluator: Evaluator, *, filters: Filters, by: str | None
) -> tuple[YearCounts, ...]:
    """Count `matches` that pass the filters by year, and by the values of the column `by` in each year.

    See `SearchEngine.timeline`.
    """
    reader = evaluator.reader
    years, values = reader.column("year"), reader.column(by) if by else None
    found = evaluator.files_of(evaluator.having_dnr(matches, filters.dnr))
    indexed = evaluator.files_of(evaluator.evaluate(MatchAll()))
    masks = tuple(evaluator.masks_of(filters).values())
    evaluator.deadline.check()
    counts, sections = (_table(files, masks, years, values) for files in (found, indexed))
    # A filter leaves but the values that were chosen, and those are listed though nothing matches.
    is_chosen = by is not None and bool(getattr(filters, by))
    wanted = np.flatnonzero((sections if is_chosen else counts).any(axis=0))
    rows = [
        YearCounts(
            year=_year(years, row),
            count=int(counts[row].sum()),
            sections=int(sections[row].sum()),
            by=_named(values, wanted, counts[row], sections[row]),
            by_sections=_named(values, wanted, sections[row], sections[row]),
        )
        for row in np.flatnonzero(sections.any(axis=1)).tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (row.year is None, row.year)))


def _table(files: FileCounts, masks: Iterable[FileMask], years: Column, values: Column | None) -> _Table:
    """Add up the sections of files that pass every mask."""
    width = 1 if values is None else len(values.values) + 1
    cells = (years.codes.take(files.files).astype(np.int64) + 1) * width
    if values is not None:
        cells += values.codes.take(files.files) + 1
    weights = files.counts
    for mask in masks:
        weights = weights * mask.take(files.files)
    # Sums of whole numbers are exact as floats far beyond what an index holds.
    table = np.bincount(cells, weights, minlength=(len(years.values) + 1) * width)
    return table.astype(np.int64).reshape(-1, width)


def _year(years: Column, row: int) -> int | None:
    return int(years.values[row - 1]) if row else None


def _named(
    values: Column | None, wanted: NDArray[np.int64], shown: NDArray[np.int64], sections: NDArray[np.int64]
) -> dict[str, int]:
    """Return what is `shown` of the wanted values that have sections, in their order, the unknown last."""
    if values is None:
        return {}
    listed = [place for place in wanted.tolist() if sections[place]]
    named = {values.values[place - 1]: int(shown[place]) for place in listed if place}
    return named | ({UNKNOWN: int(shown[0])} if 0 in listed else {})
