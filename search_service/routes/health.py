"""`/healthz`, `/readyz`, `/metrics` and `/robots.txt`."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from index import generations
from index.errors import OperatorError
from search_service.dependencies import Service, service_of
from search_service.metrics import MEDIA_TYPE, IndexFigures
from search_service.openapi.operations import DESCRIPTIONS, MONITORING, Operation
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import take_no_parameters
from search_service.routes.routing import EndpointRouter
from search_service.schemas.health import Health

_JSON: Final = "application/json"
_TEXT: Final = "text/plain"
_UNCACHED: Final = {"Cache-Control": "no-store"}

# Every search is a page of its own: crawlers would never be done. The §§ themselves have permalinks.
_ROBOTS: Final = "User-agent: *\nDisallow: /api/\nDisallow: /*?\n"


async def _alive(request: Request) -> Response:
    take_no_parameters(request)
    return Response(json_bytes({"status": "ok"}), headers=_UNCACHED, media_type=_JSON)


async def _ready(request: Request) -> Response:
    take_no_parameters(request)
    engine = service_of(request).engine
    # Every answer is right and whole though not the newest, so whoever spreads requests goes on sending
    # them: all servers of a damaged folder would be taken out at once. `/metrics` wakes the operator.
    status = "ready" if engine.trouble() is None else "degraded"
    body = json_bytes({"status": status, "generation": engine.manifest().generation})
    return Response(body, headers=_UNCACHED, media_type=_JSON)


async def _metrics(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)
    return Response(
        service.metrics.exposition(_index_figures(service)), headers=_UNCACHED, media_type=MEDIA_TYPE
    )


def _index_figures(service: Service) -> IndexFigures:
    try:
        is_degraded = service.engine.trouble() is not None
        manifest = service.engine.manifest()
    except OperatorError:
        return {"minutes_index_ready": ("Whether searches can be answered", 0)}
    folder = generations.folder_of(service.settings.index_dir, manifest.generation)
    size = generations.size_on_disk(folder)
    return {
        "minutes_index_ready": ("Whether searches can be answered", 1),
        "minutes_index_degraded": ("Whether they are answered from an older generation", int(is_degraded)),
        "minutes_index_generation": ("Number of the generation", int(manifest.generation)),
        "minutes_index_published_timestamp_seconds": ("When it was made", manifest.published.timestamp()),
        "minutes_index_documents": ("Files of minutes in it", len(manifest.documents)),
        "minutes_index_sections": ("Sections in it", manifest.sections),
        "minutes_index_unreadable_files": ("Files that could not be read", len(manifest.failures)),
        "minutes_index_bytes": ("Its size on disk", size),
    }


async def _robots(request: Request) -> Response:
    take_no_parameters(request)
    return Response(_ROBOTS, media_type=_TEXT)


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    alive = Operation(
        name="getHealth",
        path="/healthz",
        summary="Processen lever",
        tag=MONITORING,
        answers={_JSON: Health},
        has_etag=False,
    )
    ready = Operation(
        name="getReadiness",
        path="/readyz",
        summary="Indexet kan besvara sökningar",
        tag=MONITORING,
        answers={_JSON: Health},
        problems=(503,),
        has_etag=False,
    )
    metrics = Operation(
        name="getMetrics",
        path="/metrics",
        summary="Mätvärden för Prometheus",
        tag=MONITORING,
        answers={_TEXT: None},
        has_etag=False,
    )
    robots = Operation(
        name="getRobots",
        path="/robots.txt",
        summary="Regler för sökrobotar",
        tag=DESCRIPTIONS,
        answers={_TEXT: None},
        has_etag=False,
    )
    endpoints.add_endpoint(alive, _alive)
    endpoints.add_endpoint(ready, _ready)
    endpoints.add_endpoint(metrics, _metrics)
    endpoints.add_endpoint(robots, _robots)
    return endpoints
