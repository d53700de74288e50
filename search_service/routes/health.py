"""`/healthz`, `/readyz`, `/metrics` and `/robots.txt`."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from index import generations
from index.errors import OperatorError
from search_service.dependencies import Service, service_of
from search_service.metrics import MEDIA_TYPE, IndexFigures
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import take_no_parameters
from search_service.routes.routing import add_endpoint
from search_service.schemas.health import Health

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


async def _metrics(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)
    return Response(
        service.metrics.exposition(_index_figures(service)), headers=_UNCACHED, media_type=MEDIA_TYPE
    )


def _index_figures(service: Service) -> IndexFigures:
    try:
        manifest = service.engine.manifest()
        folder = generations.current(service.settings.index_dir)
    except OperatorError:
        return {"minutes_index_ready": ("Whether searches can be answered", 0)}
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    return {
        "minutes_index_ready": ("Whether searches can be answered", 1),
        "minutes_index_generation": ("Number of the generation", int(manifest.generation)),
        "minutes_index_published_timestamp_seconds": ("When it was made", manifest.published.timestamp()),
        "minutes_index_documents": ("Files of minutes in it", len(manifest.documents)),
        "minutes_index_sections": ("Sections in it", manifest.sections),
        "minutes_index_unreadable_files": ("Files that could not be read", len(manifest.failures)),
        "minutes_index_bytes": ("Its size on disk", size),
    }


async def _robots(request: Request) -> Response:
    take_no_parameters(request)
    return Response(_ROBOTS, media_type="text/plain")


def router() -> APIRouter:
    """Return the endpoints."""
    endpoints = APIRouter()
    add_endpoint(endpoints, "/healthz", _alive, summary="Processen lever", model=Health)
    add_endpoint(endpoints, "/readyz", _ready, summary="Indexet kan besvara sökningar", model=Health)
    add_endpoint(
        endpoints, "/metrics", _metrics, summary="Mätvärden för Prometheus", media_types=["text/plain"]
    )
    add_endpoint(
        endpoints, "/robots.txt", _robots, summary="Regler för sökrobotar", media_types=["text/plain"]
    )
    return endpoints
