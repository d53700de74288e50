"""The objects of a search: its hits, its facets, how it was understood; `schemas` describes them."""

from __future__ import annotations

import datetime
import time
from typing import Any

import msgspec

from index.facets import Facet
from index.manifest import Manifest
from index.questions import Answer
from index.request import UNKNOWN
from search_service.canonical_query import CanonicalQuery
from search_service.links import Links, PageNumbers
from search_service.rendering.result_objects import ResultObject, result_object
from search_service.rendering.search_links import (
    LinksObject,
    around_values,
    bare,
    links_object,
    without_value,
)
from search_service.search_params import SearchParams


class QueryObject(msgspec.Struct, frozen=True, gc=False, rename={"in_": "in"}):
    """How a search was understood; `filters` are those in force."""

    q: str
    interpreted: str
    filters: dict[str, Any]
    in_: str
    sort: str
    group: str
    suggestion: str | None
    warnings: tuple[str, ...]


class FacetValueObject(msgspec.Struct, frozen=True, gc=False):
    """A value of a facet."""

    value: str | int
    label: str
    count: int
    selected: bool
    url: str


class FacetObject(msgspec.Struct, frozen=True, gc=False):
    """The counts of one facet."""

    label: str
    distinct: int
    truncated: bool
    unknown: int
    values: list[FacetValueObject]


class IndexObject(msgspec.Struct, frozen=True, gc=False):
    """The generation that an answer comes from."""

    generation: str
    documents: int
    sections: int
    latest_meeting: datetime.date | None


class SearchObject(msgspec.Struct, frozen=True, gc=False):
    """A page of hits; `took_ms` is left out where nothing was served."""

    query: QueryObject
    total: int
    total_documents: int
    total_cases: int
    page: int
    per_page: int
    pages: int
    links: LinksObject
    results: list[ResultObject]
    facets: dict[str, FacetObject]
    index: IndexObject
    took_ms: float | msgspec.UnsetType = msgspec.UNSET


class FacetAnswerObject(FacetObject, frozen=True, gc=False):
    """All values of one facet."""

    name: str
    query: QueryObject
    index: IndexObject
    took_ms: float


def search_object(
    answer: Answer, params: SearchParams, links: Links, *, window: int, started: float | None = None
) -> SearchObject:
    """Return the object of a page of hits.

    Args:
        answer: what was found.
        params: what was asked for.
        links: what addresses begin with.
        window: the last hit that pages reach.
        started: when the request came, by `time.perf_counter`.
    """
    query = bare(params)
    first_page = query.without("page")
    numbers = PageNumbers.of(answer.total, page=params.page, per_page=params.per_page, window=window)
    return SearchObject(
        query=query_object(answer, params),
        total=answer.total,
        total_documents=answer.total_documents,
        total_cases=answer.total_cases,
        page=params.page,
        per_page=params.per_page,
        pages=numbers.pages,
        links=links_object(query, numbers, links),
        results=[result_object(result, links) for result in answer.results],
        facets={
            name: facet_object(facet, first_page, params, links) for name, facet in answer.facets.items()
        },
        index=index_object(answer.manifest),
        took_ms=msgspec.UNSET if started is None else milliseconds_since(started),
    )


def facet_answer_object(
    facet: Facet, answer: Answer, params: SearchParams, links: Links, *, started: float
) -> FacetAnswerObject:
    """Return the object of all values of one facet."""
    return FacetAnswerObject(
        **msgspec.structs.asdict(facet_object(facet, bare(params).without("page"), params, links)),
        name=facet.name,
        query=query_object(answer, params),
        index=index_object(answer.manifest),
        took_ms=milliseconds_since(started),
    )


def milliseconds_since(started: float) -> float:
    """Return the time that has passed since `started`, of `time.perf_counter`."""
    return round((time.perf_counter() - started) * 1000, 2)


def query_object(answer: Answer, params: SearchParams) -> QueryObject:
    """Return how the search was understood."""
    return QueryObject(
        q=params.q,
        interpreted=answer.interpreted,
        filters=_filters_object(params),
        in_=params.scope.value,
        sort=params.order.value,
        group=params.group.value,
        suggestion=answer.suggestion,
        warnings=answer.warnings,
    )


def _filters_object(params: SearchParams) -> dict[str, Any]:
    """Return the filters in force, and only those."""
    filters = {
        "municipality": params.municipality,
        "committee": params.committee,
        "type": params.type,
        "year": [_year(value) for value in params.year],
        "date_from": params.date_from,
        "date_to": params.date_to,
        "dnr": params.dnr,
    }
    return {name: value for name, value in filters.items() if value}


def facet_object(facet: Facet, query: CanonicalQuery, params: SearchParams, links: Links) -> FacetObject:
    """Return the counts of one facet of the search `params`; `query` is `bare` of its first page."""
    name = facet.name
    before, after = around_values(query, name, links)
    values = [
        FacetValueObject(
            _year(value.value) if name == "year" else value.value,
            value.label,
            value.count,
            value.selected,
            without_value(params, name, value.value, links)
            if value.selected
            else f"{before}{value.value}{after}",
        )
        for value in facet.values
    ]
    return FacetObject(facet.label, facet.distinct, facet.truncated, facet.unknown, values)


def _year(value: str) -> int | str:
    return value if value == UNKNOWN else int(value)


def index_object(manifest: Manifest) -> IndexObject:
    """Return what an answer says of the generation that it comes from."""
    return IndexObject(
        manifest.generation, len(manifest.documents), manifest.sections, manifest.latest_meeting
    )
