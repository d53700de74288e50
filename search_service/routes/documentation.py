"""`/docs`, `/docs/problems`, `/openapi.json` and `/opensearch.xml`: the service described, by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from search_service import parameters
from search_service.dependencies import links_of, service_of
from search_service.openapi.document import openapi_document
from search_service.openapi.operations import DESCRIPTIONS, Operation
from search_service.problems import PROBLEM_TYPES
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import conditional, take_no_parameters
from search_service.routes.routing import EndpointRouter
from search_service.search_threads import TimeLeft

_HTML = "text/html"
_JSON = "application/json"
_DESCRIPTION = "application/opensearchdescription+xml"


async def _docs(request: Request) -> Response:
    return await _page(
        request,
        "docs.html",
        {
            "operations": request.app.state.operations,
            "parameters": parameters.SEARCH,
            "timeline_parameters": (parameters.BY, parameters.TIMELINE_FORMAT, parameters.EXCEL),
            "limits": service_of(request).settings,
        },
    )


async def _problems(request: Request) -> Response:
    return await _page(request, "problems.html", {"problems": PROBLEM_TYPES.values()})


async def _page(request: Request, template: str, context: Mapping[str, Any]) -> Response:
    take_no_parameters(request)
    service = service_of(request)

    def make(_: TimeLeft) -> tuple[bytes, Mapping[str, str]]:
        page = service.templates.get_template(template)
        return page.render(**context, links=links_of(request), build=service.build).encode(), {}

    return await conditional(request, "", template, make, media_type=_HTML)


async def _openapi(request: Request) -> Response:
    take_no_parameters(request)
    state, base = request.app.state, links_of(request).base

    def make(_: TimeLeft) -> tuple[bytes, Mapping[str, str]]:
        return json_bytes(openapi_document(state.operations, state.settings, base)), {}

    # To make it takes longer than a search.
    return await conditional(request, "", request.scope["path"], make, media_type=_JSON, is_long=True)


async def _opensearch(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)

    def make(_: TimeLeft) -> tuple[bytes, Mapping[str, str]]:
        description = service.templates.get_template("opensearch.xml")
        return description.render(links=links_of(request), build=service.build).encode(), {}

    return await conditional(request, "", request.scope["path"], make, media_type=_DESCRIPTION)


def router() -> EndpointRouter:
    """Return the endpoints."""
    endpoints = EndpointRouter()
    for name, path, summary, media_type, endpoint in (
        ("documentationPage", "/docs", "Dokumentationen", _HTML, _docs),
        ("problemsPage", "/docs/problems", "Felen", _HTML, _problems),
        ("getOpenapi", "/openapi.json", "Gränssnittet som OpenAPI-dokument", _JSON, _openapi),
        (
            "getOpensearch",
            "/opensearch.xml",
            "För webbläsarens sökfält",
            _DESCRIPTION,
            _opensearch,
        ),
    ):
        operation = Operation(name, path, summary, DESCRIPTIONS, answers={media_type: None})
        endpoints.add_endpoint(operation, endpoint)
    return endpoints
