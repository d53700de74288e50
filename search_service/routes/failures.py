"""Answers errors: as problem+json, or as a page with the same words for a browser."""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from corpus.personal_numbers import has_number
from index.errors import OperatorError, QueryError, SearchTimeout
from search_service.dependencies import links_of, request_id_of
from search_service.errors import RequestError
from search_service.negotiation import prefers_html
from search_service.problems import MEDIA_TYPE, PROBLEM_TYPES, problem_document, request_error
from search_service.query_string import decoded_pairs, is_private
from search_service.rendering.json_answer import json_bytes

_BY_STATUS: Final = {404: "not-found", 405: "method-not-allowed"}
_LONGEST_INSTANCE: Final = 1_000
_LOGGER: Final = logging.getLogger(__name__)


def problem_response(request: Request, error: RequestError) -> Response:
    """Return the answer that `error` is."""
    links = links_of(request)
    document = problem_document(
        error, base=links.base, instance=_instance(request), request_id=request_id_of(request)
    )
    headers = {"Cache-Control": "no-store", "Vary": "Accept", "X-Robots-Tag": "noindex", **error.headers}
    status = PROBLEM_TYPES[error.problem].status
    if prefers_html(request.headers.get("accept", "")):
        template = request.app.state.templates.get_template("problem.html")
        page = template.render(
            problem=document,
            error=error,
            links=links,
            build=request.app.state.build,
            q=_typed(request) or "",
            rest=_rest(request, error),
        )
        return Response(page, status, headers, "text/html")
    return Response(json_bytes(document), status, headers, MEDIA_TYPE)


def error_response(request: Request, error: RequestError | QueryError | OperatorError) -> Response:
    """Return the answer to a wrong request, or to what the search engine refused or could not do."""
    if isinstance(error, RequestError):
        return problem_response(request, error)
    if isinstance(error, OperatorError):
        # Anybody can ask for what takes too long: that is nothing for an operator to mend.
        level = logging.WARNING if isinstance(error, SearchTimeout) else logging.ERROR
        _LOGGER.log(
            level, "%s: %s", type(error).__name__, error, extra={"request_id": request_id_of(request)}
        )
    return problem_response(request, request_error(error, _typed(request)))


async def handle_error(request: Request, error: Exception) -> Response:
    """Answer with `error_response`."""
    assert isinstance(error, RequestError | QueryError | OperatorError)  # noqa: S101 # registered for these
    return error_response(request, error)


async def handle_http_error(request: Request, error: Exception) -> Response:
    """Answer what the router refused: no such path."""
    assert isinstance(error, HTTPException)  # noqa: S101 # registered for this class alone
    problem = _BY_STATUS.get(error.status_code, "internal")
    return problem_response(request, RequestError(problem, PROBLEM_TYPES[problem].explanation))


def _typed(request: Request) -> str | None:
    """Return the query text of a request that may be wrong in every way, unless it is no one's to see."""
    pairs = _pairs(request)
    return next(
        (value for name, value in pairs if name == "q" and value.strip() and not is_private(name, value)),
        None,
    )


def _rest(request: Request, error: RequestError) -> str:
    """Return the query of a search without the parameters that were wrong, from its `?` on; else nothing."""
    wrong = {one.parameter for one in error.errors}
    pairs = _pairs(request)
    if request.scope["path"] != "/" or not wrong or any(is_private(*pair) for pair in pairs):
        return ""
    kept = urlencode([(name, value) for name, value in pairs if name not in wrong])
    return f"?{kept}" if kept else ""


def _pairs(request: Request) -> list[tuple[str, str]]:
    try:
        return decoded_pairs(request.scope["query_string"])
    except RequestError:
        return []


def _instance(request: Request) -> str:
    """Return path and query of a request, but for those with a personal number in them."""
    raw_path = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope["query_string"]
    if any(is_private(name, value) for name, value in _pairs(request)):
        query = b""
    path = b"/" if has_number(request.scope["path"]) else raw_path.split(b"?")[0]
    whole = path + (b"?" + query if query else b"")
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in whole[:_LONGEST_INSTANCE])
