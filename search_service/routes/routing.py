"""Adds endpoints to a router: each answers GET and HEAD, and takes only the parameters it names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from search_service.negotiation import MEDIA_TYPES
from search_service.parameters import Parameter
from search_service.problems import MEDIA_TYPE, PROBLEM_TYPES
from search_service.schemas.problems import Problem

Endpoint = Callable[[Request], Awaitable[Response]]

_COMMON_PROBLEMS: Final = (400, 404, 406, 503)


def add_endpoint(
    router: APIRouter,
    path: str,
    endpoint: Endpoint,
    *,
    summary: str,
    parameters: Iterable[Parameter] = (),
    model: type[BaseModel] | None = None,
    line_model: type[BaseModel] | None = None,
    path_parameters: Iterable[str] = (),
    media_types: Iterable[str] = (),
    problems: Iterable[int] = (),
) -> None:
    """Let `endpoint` answer GET and HEAD of `path`.

    FastAPI validates nothing here: the endpoint reads its own parameters, so that an error is always
    a problem of ours. What it takes and gives is described for OpenAPI.

    Args:
        router: is added to.
        path: as FastAPI writes it.
        endpoint: makes the answer.
        summary: what it is, in Swedish.
        parameters: those of the query string.
        model: describes the JSON answer.
        line_model: describes a line of the answer in JSON Lines.
        path_parameters: names in braces in `path`, all of them text.
        media_types: other media types that the answer may have.
        problems: the statuses that errors may have besides those of every endpoint.
    """
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem, "description": _titles(status), "content": {MEDIA_TYPE: {}}}
        for status in (*_COMMON_PROBLEMS, *problems)
    }
    content: dict[str, Any] = {media_type: {} for media_type in media_types}
    if line_model is not None:
        content[MEDIA_TYPES["jsonl"]] = {"schema": _line_schema(line_model)}
    responses[200] = {"description": summary, "content": content}
    if model is not None:
        responses[200]["model"] = model
    described = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in path_parameters
    ]
    described += [parameter.openapi() for parameter in parameters]
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        responses=responses,
        response_class=Response,
        response_model=None,
        openapi_extra={"parameters": described} if described else None,
    )
    router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False, response_model=None)


def _line_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model whose parts other answers have too: FastAPI writes only those of JSON."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return {name: value for name, value in schema.items() if name != "$defs"}


def _titles(status: int) -> str:
    return ", ".join(kind.name for kind in PROBLEM_TYPES.values() if kind.status == status)
