"""Matches per year as JSON objects and as CSV; `schemas.timeline` describes them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from index.facets import value_label
from index.questions import Answer
from index.results import YearCounts
from search_service.links import Links
from search_service.rendering.csv_answer import table_lines
from search_service.rendering.search_links import bare
from search_service.rendering.search_objects import (
    IndexObject,
    QueryObject,
    index_object,
    milliseconds_since,
    query_object,
)
from search_service.search_params import SearchParams

_DIGITS: Final = 3
"""Digits of a rate that say something: a rare word has one above 0."""


class TimelineLinksObject(msgspec.Struct, frozen=True, gc=False):
    """The timeline, as CSV, and the search that it counts."""

    self: str
    csv: str
    search: str
    html: str


class YearObject(msgspec.Struct, frozen=True, gc=False):
    """The sections of one year; what is counted by value is left out where that was not asked for."""

    year: int | None
    count: int
    sections: int
    per_1000: float
    by: Mapping[str, int] | msgspec.UnsetType = msgspec.UNSET
    by_sections: Mapping[str, int] | msgspec.UnsetType = msgspec.UNSET


class TimelineObject(msgspec.Struct, frozen=True, gc=False):
    """Matches per year."""

    query: QueryObject
    total: int
    by: str | None
    labels: dict[str, str]
    values: list[YearObject]
    links: TimelineLinksObject
    index: IndexObject
    took_ms: float


def per_1000(count: int, sections: int) -> float:
    """Return what `count` is of 1,000 `sections`, with one decimal, or three digits where those say more."""
    if not count:
        return 0.0
    rate = 1000 * count / sections
    return round(rate, max(1, _DIGITS - 1 - math.floor(math.log10(rate))))


def timeline_object(
    years: Sequence[YearCounts], answer: Answer, params: SearchParams, links: Links, *, started: float
) -> TimelineObject:
    """Return the object of matches per year.

    Args:
        years: what was counted.
        answer: how the query was understood, and the total.
        params: what was asked for.
        links: what addresses begin with.
        started: when the request came, by `time.perf_counter`.
    """
    return TimelineObject(
        query=query_object(answer, params),
        total=answer.total,
        by=params.by,
        labels=_labels(years, answer, params),
        values=[_year_object(year, is_divided=params.by is not None) for year in years],
        links=timeline_links(params, links),
        index=index_object(answer.manifest),
        took_ms=milliseconds_since(started),
    )


def timeline_links(params: SearchParams, links: Links) -> TimelineLinksObject:
    """Return the addresses that belong to a timeline."""
    series, matching = params.canonical.without("format", "excel"), bare(params).text
    return TimelineLinksObject(
        self=links.timeline(series.text),
        csv=links.timeline(series.replacing("format", "csv").text),
        search=links.search(matching),
        html=links.page(matching),
    )


def timeline_csv(years: Sequence[YearCounts], answer: Answer, params: SearchParams) -> bytes:
    """Return matches per year as CSV: a row a year, or with `by` a row a year and value."""
    counted = ("count", "sections", "per_1000")
    if params.by is None:
        rows: Iterable[Iterable[Any]] = ((year.year, *_counted(year.count, year.sections)) for year in years)
        return b"".join(table_lines(("year", *counted), rows, excel=params.excel))
    columns = ("year", params.by, f"{params.by}_slug", *counted)
    labels = _labels(years, answer, params)
    return b"".join(table_lines(columns, _rows_by_value(years, labels), excel=params.excel))


def _rows_by_value(years: Iterable[YearCounts], labels: Mapping[str, str]) -> Iterator[Iterable[Any]]:
    for year in years:
        for value, count in year.by.items():
            yield year.year, labels[value], value, *_counted(count, year.by_sections[value])


def _counted(count: int, sections: int) -> tuple[int, int, float]:
    return count, sections, per_1000(count, sections)


def _year_object(year: YearCounts, *, is_divided: bool) -> YearObject:
    counted = _counted(year.count, year.sections)
    if is_divided:
        return YearObject(year.year, *counted, year.by, year.by_sections)
    return YearObject(year.year, *counted)


def _labels(years: Iterable[YearCounts], answer: Answer, params: SearchParams) -> dict[str, str]:
    """Return the name of each value that is listed."""
    values = dict.fromkeys(value for year in years for value in year.by)
    return {value: value_label(params.by or "", value, answer.manifest.labels) for value in values}
