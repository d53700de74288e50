"""The table of hits per year on the search page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.request import UNKNOWN
from index.results import YearCounts
from search_service.rendering.timelines import per_1000
from search_service.routes.search_view import queried
from search_service.search_params import SearchParams

_LEAST_YEARS: Final = 2
_UNDATED: Final = "Okänt"


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year.

    Attributes:
        percent: the length of its bar, of the longest.
        query: the query string of the search for that year alone; `None` where it would find nothing.
        current: whether that year is chosen.
    """

    label: str
    count: int
    per_1000: float
    percent: float
    query: str | None
    current: bool


def year_rows(years: Sequence[YearCounts], params: SearchParams) -> list[YearRow]:
    """Return the rows in the order of `years`; none when no year can be compared with another."""
    listed = [year for year in years if year.count or year.year is not None]
    if len(listed) < _LEAST_YEARS:
        return []
    most = max(1, *(year.count for year in listed))
    return [_row(year, most, params) for year in listed]


def _row(year: YearCounts, most: int, params: SearchParams) -> YearRow:
    value = UNKNOWN if year.year is None else str(year.year)
    return YearRow(
        label=_UNDATED if year.year is None else value,
        count=year.count,
        per_1000=per_1000(year.count, year.sections),
        percent=round(100 * year.count / most, 1),
        query=queried(params.choosing("year", (value,))) if year.count else None,
        current=value in params.year,
    )
