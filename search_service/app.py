"""The application: routes, envelope and error handlers around one search engine."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from index.engines.whoosh_engine import WhooshEngine
from index.errors import OperatorError, QueryError
from index.garbage import frozen
from search_service.admission import Admission
from search_service.client_slots import ClientSlots
from search_service.clients import Clients
from search_service.completions import FreshCompletions
from search_service.dependencies import Service, synonym_file
from search_service.errors import RequestError
from search_service.metrics import Metrics
from search_service.middleware import Envelope
from search_service.rendering.html import STATIC, build_name, environment
from search_service.routes import (
    case_page,
    documentation,
    export,
    health,
    pages,
    search,
    sections,
    sources,
    suggest,
    timeline,
)
from search_service.routes.direct import DirectRoutes, fixed_endpoints
from search_service.routes.failures import handle_error, handle_http_error, problem_response
from search_service.search_threads import SearchThreads
from search_service.settings import Settings, trusted_networks

_LOGGER: Final = logging.getLogger(__name__)


class _Static(StaticFiles):
    """Static files, kept by browsers for good: their addresses carry the build."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file's answer."""
        response = await super().get_response(path, scope)
        if Headers(scope=scope).get("if-none-match") == "*":
            response = NotModifiedResponse(response.headers)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves the index of `settings`.

    The engine is opened when the application starts and closed when it stops. An index that is missing
    or damaged does not keep it from starting: searches are answered with 503 until it is there.
    """
    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        # Nothing is told to anyone, and to ask at every request whether it should be takes time.
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.templates = environment()
    app.state.build = build_name()
    app.state.metrics = Metrics()
    app.state.clients = Clients(trusted_networks(settings))
    routers = [
        routes.router()
        for routes in (
            search,
            export,
            timeline,
            suggest,
            sections,
            sources,
            documentation,
            health,
            pages,
            case_page,
        )
    ]
    app.state.operations = [operation for router in routers for operation in router.operations]
    for router in routers:
        app.include_router(router)
    app.mount("/static", _Static(directory=STATIC))
    app.add_middleware(DirectRoutes, endpoints=fixed_endpoints(routers))
    app.add_middleware(
        Envelope,
        refusal=Admission(settings, app.state.clients).refusal,
        problem_response=problem_response,
        answered=app.state.metrics.answered,
    )
    for kind in (RequestError, QueryError, OperatorError):
        app.add_exception_handler(kind, handle_error)
    app.add_exception_handler(HTTPException, handle_http_error)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    state = app.state
    engine = WhooshEngine(state.settings.index_dir, falls_back=True)
    completions = FreshCompletions(engine)
    synonyms = synonym_file(state.settings)
    threads = SearchThreads(
        state.settings.time_budget,
        most_waiting=state.settings.searches_waiting,
        computing_share=state.settings.computing_share,
    )
    # One for all exports: they are written by the interpreter, which more of them would take from searches.
    export_thread = ThreadPoolExecutor(1, "export")
    state.service = Service(
        settings=state.settings,
        engine=engine,
        completions=completions,
        synonyms=synonyms,
        templates=state.templates,
        build=state.build,
        clients=state.clients,
        threads=threads,
        export_slots=ClientSlots(state.settings.exports_per_client),
        export_thread=export_thread,
        metrics=state.metrics,
    )
    _warm_up(engine)
    completions.start()
    try:
        with frozen():
            yield
    finally:
        threads.close()
        export_thread.shutdown()
        completions.close()
        engine.close()


def _warm_up(engine: WhooshEngine) -> None:
    try:
        manifest = engine.manifest()
    except OperatorError as error:
        _LOGGER.warning("serving without an index: %s", error)
    else:
        _LOGGER.info("serving generation %s; analysis: %s", manifest.generation, manifest.analysis)
