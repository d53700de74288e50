"""`/api/v1/sources`: what the index covers and what it could not read."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from search_service import negotiation, schemas
from search_service.dependencies import service_of
from search_service.rendering.coverage import sources_object
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import NOINDEX, conditional, take_no_parameters
from search_service.routes.routing import add_endpoint


async def _sources(request: Request) -> Response:
    take_no_parameters(request)
    manifest = service_of(request).engine.manifest()
    return conditional(
        request,
        manifest.state,
        request.scope["path"],
        lambda: (json_bytes(sources_object(manifest)), NOINDEX),
        media_type=negotiation.MEDIA_TYPES["json"],
    )


def router() -> APIRouter:
    """Return the endpoint."""
    endpoints = APIRouter()
    add_endpoint(
        endpoints,
        "/api/v1/sources",
        _sources,
        summary="Vad som är indexerat, och vad som inte gick att läsa",
        model=schemas.SourcesResponse,
    )
    return endpoints
