"""`/api/v1/sections/{id}`, `/api/v1/documents/{id}` and `/api/v1/cases/{municipality}/{dnr}`."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from fastapi import APIRouter, Request, Response

from index.engine import SearchEngine
from index.sections import case, section_in_place
from search_service import negotiation
from search_service.dependencies import links_of, service_of
from search_service.errors import RequestError
from search_service.links import Links
from search_service.rendering.json_answer import json_bytes
from search_service.rendering.result_objects import case_object, document_object, full_section_object
from search_service.routes.answering import NOINDEX, conditional, take_no_parameters
from search_service.routes.routing import add_endpoint
from search_service.schemas.sections import CaseResponse, DocumentResponse, SectionResponse

Describe = Callable[[SearchEngine, Links], msgspec.Struct]


async def _section(request: Request) -> Response:
    section_id = request.path_params["section_id"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        placed = section_in_place(engine, section_id)
        if placed is None:
            raise RequestError("not-found", f"Det finns ingen paragraf med id '{section_id[:60]}'.")
        return full_section_object(placed.entry, links, previous=placed.previous, following=placed.following)

    return _answer(request, describe)


async def _document(request: Request) -> Response:
    document_id = request.path_params["document_id"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        sections = engine.document(document_id)
        if not sections:
            raise RequestError("not-found", f"Det finns ingen handling med id '{document_id[:60]}'.")
        return document_object(sections, links)

    return _answer(request, describe)


async def _case(request: Request) -> Response:
    municipality, dnr = request.path_params["municipality"], request.path_params["dnr"]

    def describe(engine: SearchEngine, links: Links) -> msgspec.Struct:
        found = case(engine, municipality, dnr)
        if found is None:
            message = f"Det finns inget ärende '{dnr[:60]}' i '{municipality[:60]}'."
            raise RequestError("not-found", message)
        return case_object(found.sections, found.written, links)

    return _answer(request, describe)


def _answer(request: Request, describe: Describe) -> Response:
    take_no_parameters(request)
    engine = service_of(request).engine
    return conditional(
        request,
        engine.manifest().state,
        request.scope["path"],
        lambda: (json_bytes(describe(engine, links_of(request))), NOINDEX),
        media_type=negotiation.MEDIA_TYPES["json"],
    )


def router() -> APIRouter:
    """Return the endpoints."""
    endpoints = APIRouter()
    add_endpoint(
        endpoints,
        "/api/v1/sections/{section_id}",
        _section,
        summary="En paragraf i sin helhet",
        model=SectionResponse,
        path_parameters=("section_id",),
    )
    add_endpoint(
        endpoints,
        "/api/v1/documents/{document_id}",
        _document,
        summary="En handling med sina paragrafer",
        model=DocumentResponse,
        path_parameters=("document_id",),
    )
    add_endpoint(
        endpoints,
        "/api/v1/cases/{municipality}/{dnr:path}",
        _case,
        summary="Alla paragrafer med ett diarienummer, i datumordning",
        model=CaseResponse,
        path_parameters=("municipality", "dnr"),
    )
    return endpoints
