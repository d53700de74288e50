"""`/api/v1/sources` and the page `/sources`: what the index covers and what it could not read."""

from __future__ import annotations

from fastapi import Request, Response

from search_service import negotiation
from search_service.dependencies import links_of, service_of
from search_service.openapi.operations import PAGES, RECORDS, Operation
from search_service.rendering.coverage import sources_object
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import (
    NOINDEX,
    Body,
    conditional,
    take_no_parameters,
)
from search_service.routes.routing import EndpointRouter
from search_service.routes.sources_view import coverage_view
from search_service.schemas.coverage import SourcesResponse
from search_service.search_threads import TimeLeft

_HTML = "text/html"


async def _sources(request: Request) -> Response:
    take_no_parameters(request)
    manifest = service_of(request).engine.manifest()
    # It names each committee there is and each file that is not read: megabytes where all municipalities are.
    return await conditional(
        request,
        manifest.state,
        request.scope["path"],
        lambda _: (json_bytes(sources_object(manifest)), NOINDEX),
        media_type=negotiation.MEDIA_TYPES["json"],
        is_long=True,
    )


async def _sources_page(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)
    manifest = service.engine.manifest()

    def make(_: TimeLeft) -> Body:
        context = {
            "coverage": coverage_view(sources_object(manifest)),
            "links": links_of(request),
            "build": service.build,
        }
        return service.templates.get_template("sources.html").render(context).encode(), {}

    # It has a row for each committee there is, some thousands where all municipalities are indexed.
    return await conditional(
        request, manifest.state, request.scope["path"], make, media_type=_HTML, is_long=True
    )


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    sources = Operation(
        name="getSources",
        path="/api/v1/sources",
        summary="Vad som är indexerat, och vad som inte gick att läsa",
        tag=RECORDS,
        answers={negotiation.MEDIA_TYPES["json"]: SourcesResponse},
        problems=(503,),
    )
    page = Operation(
        name="sourcesPage",
        path="/sources",
        summary="Vad som täcks, som sida",
        tag=PAGES,
        answers={negotiation.MEDIA_TYPES["html"]: None},
        problems=(503,),
    )
    endpoints.add_endpoint(sources, _sources)
    endpoints.add_endpoint(page, _sources_page)
    return endpoints
