"""Matches by year by brute force: loops over the rows of the oracle."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from index.request import UNKNOWN, Group, SearchRequest
from index.results import YearCounts
from tests.oracle import Oracle, Row, passes


def timeline(oracle: Oracle, request: SearchRequest, by: str | None) -> list[YearCounts]:
    """Return the counts of every year that has sections passing all filters but the one on their dnr."""
    matching = {section_id for section_id, _ in oracle.ranking(replace(request, group=Group.SECTION))}
    rows = [row for row in oracle.rows if passes(row, replace(request.filters, dnr=()), None)]
    chosen = by and getattr(request.filters, by)
    listed = {_value(row, by) for row in rows if by and (chosen or row.section.id in matching)}
    of_years: dict[int | None, list[Row]] = {}
    for row in rows:
        of_years.setdefault(row.document.date.year if row.document.date else None, []).append(row)
    return [
        _counted(year, found, matching, by, listed)
        for year, found in sorted(of_years.items(), key=lambda pair: (pair[0] is None, pair[0]))
    ]


def _counted(
    year: int | None, rows: list[Row], matching: set[str], by: str | None, listed: set[str]
) -> YearCounts:
    sections = Counter(_value(row, by) for row in rows)
    counts = Counter(_value(row, by) for row in rows if row.section.id in matching)
    return YearCounts(
        year,
        count=counts.total(),
        sections=len(rows),
        by={value: counts[value] for value in sections if value in listed},
        by_sections={value: count for value, count in sections.items() if value in listed},
    )


def _value(row: Row, by: str | None) -> str:
    return (by and row.value(by)) or UNKNOWN
