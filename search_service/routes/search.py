"""`/api/v1/search` in its formats, and `/api/v1/facets/{name}`."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from index.facets import Facet
from index.questions import Answer
from index.request import FACETS, UNKNOWN
from index.searching import facet_values, search
from search_service import negotiation, parameters, schemas
from search_service.dependencies import links_of, service_of
from search_service.errors import ParameterError, RequestError
from search_service.links import Links, PageNumbers
from search_service.rendering.csv_answer import csv_bytes
from search_service.rendering.json_answer import json_bytes, json_lines
from search_service.rendering.result_objects import index_object, result_object
from search_service.routes.answering import NOINDEX, conditional, question_of, read_params
from search_service.routes.routing import add_endpoint
from search_service.routes.search_links import bare, links_object, page_links, value_addresses
from search_service.search_params import SearchParams
from search_service.search_parsing import check_format

Body = tuple[bytes, Mapping[str, str]]


def _endpoint(suffix: str | None) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return answer_search(request, suffix=suffix)

    return endpoint


def answer_search(request: Request, *, suffix: str | None = None) -> Response:
    """Answer a search in the format asked for."""
    started = time.perf_counter()
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.SEARCH, manifest)
    form = _format(request, params, suffix)
    check_format(params, form, suffix)

    def make() -> Body:
        answer = search(service.engine, question_of(params, service.settings, service.synonyms))
        return _WRITERS[form](answer, params, links_of(request), started, service.settings.result_window)

    return conditional(
        request,
        manifest.state,
        f"search.{form}?{params.query_string()}",
        make,
        media_type=negotiation.MEDIA_TYPES[form],
    )


def _format(request: Request, params: SearchParams, suffix: str | None) -> str:
    if params.format or suffix:
        return params.format or suffix or ""
    form = negotiation.preferred(request.headers.get("accept", ""), parameters.FORMATS)
    if form is None:
        available = tuple(negotiation.MEDIA_TYPES[name] for name in parameters.FORMATS)
        message = f"Inget i Accept kan lämnas. Format som finns: {', '.join(available)}."
        sent = request.headers.get("accept")
        wrong = ParameterError("Accept", sent, "unknown", available, message)
        raise RequestError("not-acceptable", message, errors=(wrong,))
    return form


def search_object(answer: Answer, params: SearchParams, links: Links, *, window: int) -> dict[str, Any]:
    """Return the JSON object of a page of hits."""
    numbers = _numbers(answer, params, window)
    return {
        "query": query_object(answer, params),
        "total": answer.total,
        "total_documents": answer.total_documents,
        "total_cases": answer.total_cases,
        "page": params.page,
        "per_page": params.per_page,
        "pages": numbers.pages,
        "links": links_object(params, page_links(params, numbers, links), links),
        "results": [result_object(result, links) for result in answer.results],
        "facets": {name: facet_object(facet, params, links) for name, facet in answer.facets.items()},
        "index": index_object(answer.manifest),
    }


def _numbers(answer: Answer, params: SearchParams, window: int) -> PageNumbers:
    return PageNumbers.of(answer.total, page=params.page, per_page=params.per_page, window=window)


def query_object(answer: Answer, params: SearchParams) -> dict[str, Any]:
    """Return how the search was understood."""
    return {
        "q": params.q,
        "interpreted": answer.interpreted,
        "filters": filters_object(params),
        "in": params.scope.value,
        "sort": params.order.value,
        "group": params.group.value,
        "suggestion": answer.suggestion,
        "warnings": list(answer.warnings),
    }


def filters_object(params: SearchParams) -> dict[str, Any]:
    """Return the filters in force, and only those."""
    filters = {
        "municipality": list(params.municipality),
        "committee": list(params.committee),
        "type": list(params.type),
        "year": [_year(value) for value in params.year],
        "date_from": params.date_from,
        "date_to": params.date_to,
        "dnr": list(params.dnr),
    }
    return {name: value for name, value in filters.items() if value}


def facet_object(facet: Facet, params: SearchParams, links: Links) -> dict[str, Any]:
    """Return the counts of one facet."""
    address = value_addresses(params, facet.name, links)
    return {
        "label": facet.label,
        "distinct": facet.distinct,
        "truncated": facet.truncated,
        "unknown": facet.unknown,
        "values": [
            {
                "value": _year(value.value) if facet.name == "year" else value.value,
                "label": value.label,
                "count": value.count,
                "selected": value.selected,
                "url": address(value.value),
            }
            for value in facet.values
        ],
    }


def _year(value: str) -> int | str:
    return value if value == UNKNOWN else int(value)


def _json(answer: Answer, params: SearchParams, links: Links, started: float, window: int) -> Body:
    described = search_object(answer, params, links, window=window)
    described["took_ms"] = _milliseconds_since(started)
    pages = page_links(params, _numbers(answer, params, window), links)
    return json_bytes(described), {"Link": pages.header(), **NOINDEX}


def _csv(answer: Answer, params: SearchParams, links: Links, started: float, window: int) -> Body:
    del started
    pages = page_links(params, _numbers(answer, params, window), links, form="csv")
    file = {"Content-Disposition": 'attachment; filename="traffar.csv"'}
    results = [result_object(result, links) for result in answer.results]
    return csv_bytes(results, excel=params.excel), {"Link": pages.header(), **NOINDEX, **file}


def _jsonl(answer: Answer, params: SearchParams, links: Links, started: float, window: int) -> Body:
    del started
    pages = page_links(params, _numbers(answer, params, window), links, form="jsonl")
    results = [result_object(result, links) for result in answer.results]
    return json_lines(results), {"Link": pages.header(), **NOINDEX}


_WRITERS: Final = {"json": _json, "csv": _csv, "jsonl": _jsonl}


async def _facet(request: Request) -> Response:
    started = time.perf_counter()
    service = service_of(request)
    name = request.path_params["name"]
    if name not in FACETS:
        message = f"Fasetten '{name[:60]}' finns inte. Fasetter som finns: {', '.join(FACETS)}."
        wrong = ParameterError("name", name, "unknown", FACETS, message)
        raise RequestError("not-found", message, errors=(wrong,))
    manifest = service.engine.manifest()
    params = read_params(request, parameters.FACET, manifest)

    def make() -> Body:
        question = replace(question_of(params, service.settings, service.synonyms), facet_size=params.size)
        facet, answer = facet_values(service.engine, question, name=name, prefix=params.prefix)
        described = {
            "name": name,
            **facet_object(facet, bare(params), links_of(request)),
            "query": query_object(answer, params),
            "index": index_object(answer.manifest),
            "took_ms": _milliseconds_since(started),
        }
        return json_bytes(described), NOINDEX

    variant = f"facets/{name}?{params.query_string()}"
    return conditional(request, manifest.state, variant, make, media_type=negotiation.MEDIA_TYPES["json"])


def _milliseconds_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)


def router() -> APIRouter:
    """Return the endpoints."""
    endpoints = APIRouter()
    for suffix in (None, *parameters.FORMATS):
        formats = (suffix,) if suffix else parameters.FORMATS
        add_endpoint(
            endpoints,
            f"/api/v1/search.{suffix}" if suffix else "/api/v1/search",
            _endpoint(suffix),
            summary=f"Sök; svaret som {suffix.upper()}" if suffix else "Sök",
            parameters=parameters.SEARCH,
            model=schemas.SearchResponse if "json" in formats else None,
            media_types=[negotiation.MEDIA_TYPES[name] for name in formats],
        )
    add_endpoint(
        endpoints,
        "/api/v1/facets/{name}",
        _facet,
        summary="Alla värden i en fasett för en sökning",
        parameters=parameters.FACET,
        model=schemas.FacetResponse,
        path_parameters=("name",),
    )
    return endpoints
