"""The short way to an endpoint: by its address, where that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import OperatorError, QueryError
from search_service.errors import RequestError
from search_service.routes.failures import error_response
from search_service.routes.routing import Endpoint


class DirectRoutes:
    """ASGI middleware that answers addresses without parameters in their path.

    FastAPI tries the pattern of one route after another, and prepares for what no endpoint here needs
    (dependencies, bodies, models). Other addresses go that way.
    """

    def __init__(self, app: ASGIApp, *, endpoints: Mapping[str, Endpoint]) -> None:
        self._app = app
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        endpoint = self._endpoints.get(scope["path"]) if scope["type"] == "http" else None
        if endpoint is None:
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["route"] = scope["path"]
        request = Request(scope, receive)
        try:
            response = await endpoint(request)
        except (RequestError, QueryError, OperatorError) as error:
            response = error_response(request, error)
        await response(scope, receive, send)


def fixed_endpoints(routers: Iterable[APIRouter]) -> dict[str, Endpoint]:
    """Return the endpoints whose address is always the same, by it."""
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    return {route.path: route.endpoint for route in routes if "{" not in route.path}
