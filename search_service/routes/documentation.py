"""`/docs`, `/docs/problems`, `/openapi.json` and `/opensearch.xml`: the service described, by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from search_service import parameters
from search_service.dependencies import links_of, service_of
from search_service.problems import PROBLEM_TYPES
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import conditional, take_no_parameters
from search_service.routes.routing import add_endpoint

_HTML = "text/html"
_DESCRIPTION = "application/opensearchdescription+xml"


async def _docs(request: Request) -> Response:
    return _page(
        request,
        "docs.html",
        {
            "operations": _operations(request.app.openapi()),
            "parameters": parameters.SEARCH,
            "timeline_parameters": (parameters.BY, parameters.TIMELINE_FORMAT, parameters.EXCEL),
            "limits": service_of(request).settings,
        },
    )


async def _problems(request: Request) -> Response:
    return _page(request, "problems.html", {"problems": PROBLEM_TYPES.values()})


def _page(request: Request, template: str, context: Mapping[str, Any]) -> Response:
    take_no_parameters(request)
    service = service_of(request)

    def make() -> tuple[bytes, Mapping[str, str]]:
        page = service.templates.get_template(template)
        return page.render(**context, links=links_of(request), build=service.build).encode(), {}

    return conditional(request, "", template, make, media_type=_HTML)


def _operations(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            "summary": operation["summary"],
            "parameters": [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"],
        }
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]


async def _openapi(request: Request) -> Response:
    take_no_parameters(request)
    document = {**request.app.openapi(), "servers": [{"url": links_of(request).base}]}
    return conditional(
        request, "", request.scope["path"], lambda: (json_bytes(document), {}), media_type="application/json"
    )


async def _opensearch(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)

    def make() -> tuple[bytes, Mapping[str, str]]:
        description = service.templates.get_template("opensearch.xml")
        return description.render(links=links_of(request), build=service.build).encode(), {}

    return conditional(request, "", request.scope["path"], make, media_type=_DESCRIPTION)


def router() -> APIRouter:
    """Return the endpoints."""
    endpoints = APIRouter()
    add_endpoint(endpoints, "/docs", _docs, summary="Dokumentationen", media_types=[_HTML])
    add_endpoint(endpoints, "/docs/problems", _problems, summary="Felen", media_types=[_HTML])
    add_endpoint(
        endpoints,
        "/openapi.json",
        _openapi,
        summary="Gränssnittet som OpenAPI-dokument",
        media_types=["application/json"],
    )
    add_endpoint(
        endpoints,
        "/opensearch.xml",
        _opensearch,
        summary="Beskrivning för webbläsarens sökfält",
        media_types=[_DESCRIPTION],
    )
    return endpoints
