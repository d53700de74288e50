"""tantivy behind FastAPI, as directly as the project's own server: an `async` handler returns JSON bytes.

It has the same HTTP protocol and settings of uvicorn, answers with the same kind of things (ten hits with
snippets, the total, three counts) and has its garbage collector in the same state.

    python -m scripts.benchmarks.tantivy_server FOLDER PORT WORKERS
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec
import uvicorn
from fastapi import FastAPI, Request, Response

from index.garbage import frozen
from scripts.benchmarks.engines.tantivy import Asked, TantivyEngine
from scripts.benchmarks.queries import FILTERS
from search_service.http_protocol import LONGEST_HEAD, PlainAddressProtocol

_FOLDER: Final = "BENCHMARK_TANTIVY_FOLDER"


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine = TantivyEngine()
    engine.open(Path(os.environ[_FOLDER]))
    app.state.engine = engine
    with frozen():
        yield
    engine.close()


async def _search(request: Request) -> Response:
    parameters = request.query_params
    wanted = next(((name, parameters[name]) for name in FILTERS if name in parameters), None)
    answer = request.app.state.engine.request(Asked(parameters["q"], wanted))
    for hit in answer["results"]:
        # The project's answer has the snippet and not the text either.
        del hit["text"]
    return Response(msgspec.json.encode(answer), media_type="application/json")


def application() -> FastAPI:
    """Make the application: what uvicorn calls in each of its processes."""
    app = FastAPI(lifespan=_lifespan, openapi_url=None)
    app.add_api_route("/search", _search)
    return app


def main(folder: str, port: str, workers: str) -> None:
    """Serve."""
    os.environ[_FOLDER] = folder
    uvicorn.run(
        "scripts.benchmarks.tantivy_server:application",
        factory=True,
        http=PlainAddressProtocol,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        port=int(port),
        workers=int(workers),
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:4])
