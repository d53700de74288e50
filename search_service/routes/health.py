"""`/healthz`, `/readyz` and `/robots.txt`."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from search_service import schemas
from search_service.dependencies import service_of
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import take_no_parameters
from search_service.routes.routing import add_endpoint

_UNCACHED: Final = {"Cache-Control": "no-store"}

# Every search is a page of its own: crawlers would never be done. The §§ themselves have permalinks.
_ROBOTS: Final = "User-agent: *\nDisallow: /api/\nDisallow: /*?\n"


async def _alive(request: Request) -> Response:
    take_no_parameters(request)
    return Response(json_bytes({"status": "ok"}), headers=_UNCACHED, media_type="application/json")


async def _ready(request: Request) -> Response:
    take_no_parameters(request)
    generation = service_of(request).engine.manifest().generation
    body = json_bytes({"status": "ready", "generation": generation})
    return Response(body, headers=_UNCACHED, media_type="application/json")


async def _robots(request: Request) -> Response:
    take_no_parameters(request)
    return Response(_ROBOTS, media_type="text/plain")


def router() -> APIRouter:
    """Return the endpoints."""
    endpoints = APIRouter()
    add_endpoint(endpoints, "/healthz", _alive, summary="Processen lever", model=schemas.Health)
    add_endpoint(endpoints, "/readyz", _ready, summary="Indexet kan besvara sökningar", model=schemas.Health)
    add_endpoint(
        endpoints, "/robots.txt", _robots, summary="Regler för sökrobotar", media_types=["text/plain"]
    )
    return endpoints
