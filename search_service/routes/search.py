"""`/api/v1/search` in its formats, and `/api/v1/facets/{name}`."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response
from msgspec.structs import replace
from pydantic import BaseModel

from index.facets import value_label
from index.questions import Answer
from index.request import FACETS, Sort
from index.searching import facet_values, search
from search_service import negotiation, parameters
from search_service.dependencies import links_of, service_of
from search_service.errors import ParameterError, RequestError
from search_service.links import Links, PageLinks, PageNumbers
from search_service.openapi.operations import SEARCHING, Operation
from search_service.rendering.atom import Feed, atom_bytes
from search_service.rendering.json_answer import json_bytes
from search_service.rendering.result_lines import result_lines
from search_service.rendering.result_objects import result_object
from search_service.rendering.search_links import bare, page_links
from search_service.rendering.search_objects import facet_answer_object, search_object
from search_service.routes.answering import (
    NOINDEX,
    Body,
    conditional,
    format_of,
    is_long_query,
    question_of,
    read_params,
)
from search_service.routes.routing import Endpoint, EndpointRouter
from search_service.schemas.searches import FacetResponse, SearchResponse
from search_service.schemas.sections import Result
from search_service.search_params import SearchParams
from search_service.search_parsing import check_format
from search_service.search_threads import TimeLeft

_MOST_TOMBSTONES: Final = 200
"""Removed §§ that a feed tells of: some 30 KB."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of hits that is to be written; `started` by `time.perf_counter`, `window` as in the settings."""

    answer: Answer
    params: SearchParams
    links: Links
    started: float
    window: int


def _endpoint(suffix: str | None) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await answer_search(request, suffix=suffix)

    return endpoint


async def answer_search(request: Request, *, suffix: str | None = None) -> Response:
    """Answer a search in the format asked for."""
    started = time.perf_counter()
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.SEARCH, manifest)
    form = format_of(request, params, parameters.FORMATS, suffix=suffix)
    check_format(params, form, suffix)
    if form == "atom":
        params = replace(params, sort=Sort.ADDED)

    def make(time_left: TimeLeft) -> Body:
        asked = question_of(params, service.settings, service.synonyms, seconds=time_left())
        if form != "json":
            # Nothing in the other formats could say that other words were not looked for to the end.
            asked = replace(asked, facets=(), correction_budget=None)
        answer = search(service.engine, asked)
        service.metrics.found(answer.total)
        return _WRITERS[form](
            _Page(answer, params, links_of(request), started, service.settings.result_window)
        )

    return await conditional(
        request,
        manifest.state,
        f"search.{form}?{params.query_string()}",
        make,
        media_type=negotiation.MEDIA_TYPES[form],
        is_long=is_long_query(params),
    )


def _json(page: _Page) -> Body:
    described = search_object(page.answer, page.params, page.links, window=page.window, started=page.started)
    links = described.links
    pages = PageLinks(links.first, links.prev, links.next, links.last)
    return json_bytes(described), {"Link": pages.header(), **NOINDEX}


def _lines(page: _Page, form: str) -> Body:
    params, links = page.params, page.links
    results = [result_object(result, links) for result in page.answer.results]
    total, per_page = page.answer.total, params.per_page
    numbers = PageNumbers.of(total, page=params.page, per_page=per_page, window=page.window)
    headers = {"Link": page_links(params, numbers, links, form=form).header(), **NOINDEX}
    return b"".join(result_lines(form, results, excel=params.excel)), headers


def _csv(page: _Page) -> Body:
    body, headers = _lines(page, "csv")
    return body, {**headers, "Content-Disposition": 'attachment; filename="traffar.csv"'}


def _jsonl(page: _Page) -> Body:
    return _lines(page, "jsonl")


def _atom(page: _Page) -> Body:
    answer, params, links = page.answer, page.params, page.links
    numbers = PageNumbers.of(answer.total, page=params.page, per_page=params.per_page, window=page.window)
    query = bare(params)
    pages = page_links(params, numbers, links, form="atom")
    feed = Feed(
        query=query.without("page", "per_page", "sort").text,
        title=_feed_title(answer, params),
        updated=answer.manifest.published,
        own=links.search(query.text, ".atom"),
        html=links.page(query.text),
        pages=pages,
        entries=[result_object(result, links) for result in answer.results],
        removed=answer.manifest.removed[:_MOST_TOMBSTONES] if params.page == 1 else (),
    )
    return atom_bytes(feed), {"Link": pages.header(), **NOINDEX}


def _feed_title(answer: Answer, params: SearchParams) -> str:
    """Return what a reader calls the feed: what is searched, and where."""
    chosen = [
        value_label(facet, value, answer.manifest.labels)
        for facet in FACETS
        for value in params.selected(facet)
    ]
    return " – ".join(filter(None, ("Protokollsök", params.q, ", ".join(chosen))))


_WRITERS: Final = {"json": _json, "csv": _csv, "jsonl": _jsonl, "atom": _atom}


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

    def make(time_left: TimeLeft) -> Body:
        asked = question_of(params, service.settings, service.synonyms, seconds=time_left())
        facet, answer = facet_values(
            service.engine, replace(asked, facet_size=params.size), name=name, prefix=params.prefix
        )
        described = facet_answer_object(facet, answer, params, links_of(request), started=started)
        return json_bytes(described), NOINDEX

    return await conditional(
        request,
        manifest.state,
        f"facets/{name}?{params.query_string()}",
        make,
        media_type=negotiation.MEDIA_TYPES["json"],
        is_long=is_long_query(params),
    )


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    for suffix in (None, *parameters.FORMATS):
        endpoints.add_endpoint(_operation(suffix), _endpoint(suffix))
    facet = Operation(
        name="listFacetValues",
        path="/api/v1/facets/{name}",
        summary="Alla värden i en fasett för en sökning",
        tag=SEARCHING,
        answers={negotiation.MEDIA_TYPES["json"]: FacetResponse},
        parameters=parameters.FACET,
        path_parameters=(parameters.FACET_NAME,),
        problems=(404, 503),
    )
    endpoints.add_endpoint(facet, _facet)
    return endpoints


def _operation(suffix: str | None) -> Operation:
    models: dict[str, type[BaseModel]] = {"json": SearchResponse, "jsonl": Result}
    return Operation(
        name=f"searchAs{suffix.capitalize()}" if suffix else "search",
        path=f"/api/v1/search.{suffix}" if suffix else "/api/v1/search",
        summary=f"Sök; svaret som {suffix.upper()}" if suffix else "Sök",
        tag=SEARCHING,
        answers={
            negotiation.MEDIA_TYPES[form]: models.get(form)
            for form in ((suffix,) if suffix else parameters.FORMATS)
        },
        parameters=parameters.search_in(suffix) if suffix else parameters.SEARCH,
        problems=(503,) if suffix else (406, 503),
        has_link=True,
    )
