"""The pages: `/`, the search, and `/p/{section_id}`, one §."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fastapi import Request, Response
from msgspec.structs import replace

from index.entry import SectionEntry
from index.highlighting import Highlighter
from index.questions import Answer, Question
from index.request import Group
from index.results import YearCounts
from index.searching import highlighter_of, search, understood, years_of
from index.sections import case, section_in_place
from search_service import parameters
from search_service.dependencies import Service, links_of, service_of
from search_service.links import Links, PageNumbers, web_address
from search_service.negotiation import MEDIA_TYPES
from search_service.openapi.operations import PAGES, Operation
from search_service.rendering.citations import citation
from search_service.rendering.html import visible
from search_service.rendering.numbered_marks import MarkNumbers
from search_service.rendering.part_headings import part_views
from search_service.rendering.search_links import bare, links_object, whole
from search_service.routes import search_view as view
from search_service.routes.answering import (
    NOINDEX,
    Body,
    conditional,
    is_long_query,
    question_of,
    read_params,
)
from search_service.routes.missing import missing_section
from search_service.routes.routing import EndpointRouter
from search_service.routes.search import answer_search
from search_service.routes.years_view import year_rows
from search_service.schemas.searches import SearchResponse
from search_service.schemas.sections import Result
from search_service.search_params import SearchParams
from search_service.search_threads import TimeLeft

LINKED_MARKS: Final = 30
"""Marks of a § that have a link; a page of them helps nobody to read."""

LONG_TEXT: Final = 100_000
"""Characters of a § that takes some 30 ms to mark; one in thousands has more, and is marked in a thread."""

_HTML: Final = "text/html"


async def _search_page(request: Request) -> Response:
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.SEARCH, manifest)
    if params.format or params.excel:
        return await answer_search(request)

    def make(time_left: TimeLeft) -> Body:
        asked = question_of(params, service.settings, service.synonyms, seconds=time_left())
        with service.engine.reading():
            answer = search(service.engine, asked)
            years = _years(service, replace(asked, time_budget=time_left()), answer)
        service.metrics.found(answer.total)
        context = _search_context(service, params, answer, links_of(request), time_left) | {
            "years": year_rows(years, params)
        }
        page = service.templates.get_template("search.html").render(context)
        return page.encode(), NOINDEX if context["noindex"] else {}

    variant = f"page?{params.query_string()}"
    return await conditional(
        request, manifest.state, variant, make, media_type=_HTML, is_long=is_long_query(params)
    )


def _years(service: Service, asked: Question, answer: Answer) -> tuple[YearCounts, ...]:
    """Return the years of an answer whatever year was chosen, so that another can be."""
    if not answer.total:
        return ()
    return years_of(service.engine, replace(asked, filters=replace(asked.filters, year=())), answer)


def _search_context(
    service: Service, params: SearchParams, answer: Answer, links: Links, time_left: TimeLeft
) -> dict[str, Any]:
    window = service.settings.result_window
    numbers = PageNumbers.of(answer.total, page=params.page, per_page=params.per_page, window=window)
    query = bare(params)
    facets = [
        view.facet_view(facet, params, links.facet(name, view.matching_query(params)))
        for name, facet in answer.facets.items()
    ]
    active = view.active_filters(params, answer)
    return {
        "params": params,
        "answer": answer,
        "links": links,
        "build": service.build,
        "home": f"{links.prefix}/",
        "heading": view.heading(answer, params),
        "unit": view.unit(answer, params),
        "grouped": params.group is not Group.SECTION,
        "noindex": bool(params.pairs()),
        "prev_query": view.page_query(params, numbers.prev),
        "next_query": view.page_query(params, numbers.next),
        "facets": facets,
        "hidden": view.hidden_fields(params, facets),
        "scopes": view.SCOPES,
        "orders": view.ORDERS,
        "chosen_order": params.sort.value if params.sort else "",
        "active": active,
        "unfiltered_query": view.queried(view.unfiltered(params)),
        "hit_query": view.hit_query(params),
        "suggestion_query": view.suggestion_query(params, answer.suggestion),
        "pagination": view.pagination(params, numbers),
        "drops": [] if answer.total else view.drops(service, params, answer, time_left),
        "addresses": links_object(query, numbers, links),
        "whole_csv": links.export(whole(query).replacing("format", "csv").text),
        "curl": view.curl_command(links.search(query.text)),
    }


async def _section_page(request: Request) -> Response:
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.SECTION_PAGE, manifest)
    section_id = request.path_params["section_id"]

    def make(time_left: TimeLeft) -> Body:
        with service.engine.reading():
            return page_of(time_left)

    def page_of(time_left: TimeLeft) -> Body:
        asked = understood(
            service.engine, question_of(params, service.settings, service.synonyms, seconds=time_left())
        )
        placed = section_in_place(service.engine, section_id)
        if placed is None:
            raise missing_section(service.engine, section_id)
        highlighter = highlighter_of(service.engine, asked.tree)
        context = _section_context(placed.entry, asked.warnings, highlighter, links_of(request)) | {
            "manifest": service.engine.manifest(),
            "build": service.build,
            "q": params.q,
            "noindex": bool(params.pairs()),
            "query": view.hit_query(params),
            "previous": placed.previous,
            "following": placed.following,
            "case_sections": _case_sections(service, placed.entry),
        }
        page = service.templates.get_template("section.html").render(context)
        return page.encode(), NOINDEX if context["noindex"] else {}

    variant = f"{request.scope['path']}?{params.query_string()}"
    entry = service.engine.section(section_id)
    is_long = is_long_query(params) or (entry is not None and len(entry.text) > LONG_TEXT)
    return await conditional(request, manifest.state, variant, make, media_type=_HTML, is_long=is_long)


def _section_context(
    entry: SectionEntry, warnings: Sequence[str], highlighter: Highlighter, links: Links
) -> dict[str, Any]:
    municipality = entry.municipality
    marks = MarkNumbers()
    title = marks.numbered(highlighter.html(visible(entry.title), field="title"))
    parts = part_views(entry, highlighter, marks)
    return {
        "entry": entry,
        "links": links,
        "warnings": warnings,
        "title_html": title,
        "parts": parts,
        "marks": marks.given,
        "linked_marks": min(marks.given, LINKED_MARKS),
        "citation": citation(entry),
        "permalink": links.permalink(entry.id),
        "api_url": links.section(entry.id),
        "source_url": web_address(entry.source_url),
        "case_url": links.case(municipality.slug, entry.dnr[0]) if municipality and entry.dnr else None,
        "case_page": links.case_page(municipality.slug, entry.dnr[0]) if municipality and entry.dnr else None,
    }


def _case_sections(service: Service, entry: SectionEntry) -> tuple[SectionEntry, ...]:
    if entry.municipality is None or not entry.dnr:
        return ()
    found = case(service.engine, entry.municipality.slug, entry.dnr[0])
    return found.sections if found else ()


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    search_page = Operation(
        name="searchPage",
        path="/",
        summary="Söksidan; med format samma svar som sökningens",
        tag=PAGES,
        answers={
            _HTML: None,
            MEDIA_TYPES["json"]: SearchResponse,
            MEDIA_TYPES["csv"]: None,
            MEDIA_TYPES["jsonl"]: Result,
            MEDIA_TYPES["atom"]: None,
        },
        parameters=parameters.SEARCH,
        problems=(406, 503),
    )
    section_page = Operation(
        name="sectionPage",
        path="/p/{section_id}",
        summary="En paragraf som sida",
        tag=PAGES,
        answers={_HTML: None},
        parameters=parameters.SECTION_PAGE,
        path_parameters=(parameters.SECTION_ID,),
        problems=(404, 410, 503),
    )
    endpoints.add_endpoint(search_page, _search_page)
    endpoints.add_endpoint(section_page, _section_page)
    return endpoints
