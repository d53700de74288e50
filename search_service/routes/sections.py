"""`/api/v1/sections/{id}`, `/api/v1/documents/{id}` and `/api/v1/cases/{municipality}/{dnr}`."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from fastapi import Request, Response

from index.engine import SearchEngine
from index.sections import case, section_in_place
from search_service import negotiation, parameters
from search_service.dependencies import links_of, service_of
from search_service.links import Links
from search_service.openapi.operations import RECORDS, Operation
from search_service.rendering.json_answer import json_bytes
from search_service.rendering.result_objects import case_object, document_object, full_section_object
from search_service.routes.answering import NOINDEX, Body, conditional, take_no_parameters
from search_service.routes.missing import missing_case, missing_document, missing_section
from search_service.routes.routing import EndpointRouter
from search_service.schemas.sections import CaseResponse, DocumentResponse, SectionResponse
from search_service.search_threads import TimeLeft

_JSON = negotiation.MEDIA_TYPES["json"]

Describe = Callable[[SearchEngine, Links], msgspec.Struct]


async def _section(request: Request) -> Response:
    section_id = request.path_params["section_id"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        placed = section_in_place(engine, section_id)
        if placed is None:
            raise missing_section(engine, section_id)
        return full_section_object(placed.entry, links, previous=placed.previous, following=placed.following)

    return await _answer(request, describe)


async def _document(request: Request) -> Response:
    document_id = request.path_params["document_id"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        sections = engine.document(document_id)
        if not sections:
            raise missing_document(engine, document_id)
        return document_object(sections, links)

    return await _answer(request, describe)


async def _case(request: Request) -> Response:
    municipality, dnr = request.path_params["municipality"], request.path_params["dnr"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        found = case(engine, municipality, dnr)
        if found is None:
            raise missing_case(engine, municipality, dnr)
        return case_object(found.sections, found.written, links)

    return await _answer(request, describe)


async def _answer(request: Request, describe: Describe) -> Response:
    take_no_parameters(request)
    engine = service_of(request).engine

    def make(_: TimeLeft) -> Body:
        with engine.reading():
            return json_bytes(describe(engine, links_of(request))), NOINDEX

    return await conditional(
        request,
        engine.manifest().state,
        request.scope["path"],
        make,
        media_type=_JSON,
    )


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    section = Operation(
        name="getSection",
        path="/api/v1/sections/{section_id}",
        summary="En paragraf i sin helhet",
        tag=RECORDS,
        answers={_JSON: SectionResponse},
        path_parameters=(parameters.SECTION_ID,),
        problems=(404, 410, 503),
    )
    document = Operation(
        name="getDocument",
        path="/api/v1/documents/{document_id}",
        summary="En handling med sina paragrafer",
        tag=RECORDS,
        answers={_JSON: DocumentResponse},
        path_parameters=(parameters.DOCUMENT_ID,),
        problems=(404, 410, 503),
    )
    case = Operation(
        name="getCase",
        path="/api/v1/cases/{municipality}/{dnr:path}",
        summary="Alla paragrafer med ett diarienummer, i datumordning",
        tag=RECORDS,
        answers={_JSON: CaseResponse},
        path_parameters=(parameters.CASE_MUNICIPALITY, parameters.CASE_DNR),
        problems=(404, 410, 503),
    )
    endpoints.add_endpoint(section, _section)
    endpoints.add_endpoint(document, _document)
    endpoints.add_endpoint(case, _case)
    return endpoints
