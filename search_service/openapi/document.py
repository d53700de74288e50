"""The OpenAPI document, put together from what the routes declare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from search_service.openapi.operations import TAGS, Operation
from search_service.openapi.parameter_objects import path_parameter, query_parameter
from search_service.openapi.responses import (
    HEADERS,
    IF_NONE_MATCH,
    SCHEMAS,
    response_components,
    responses,
)
from search_service.schemas.problems import Problem
from search_service.settings import Settings

_VERSION: Final = "3.1.0"

_INFO: Final = {
    "title": "Protokollsök",
    "version": "1",
    "summary": "Sök i svenska kommuners protokoll.",
    "description": (
        "Skrivskyddat, utan nyckel. Frågespråket och felen beskrivs i /docs. Samma parametrar gäller på "
        "sidan och i alla format; en okänd parameter eller ett okänt värde är ett fel. Blanksteg och "
        "kontrolltecken kring ett värde räknas inte, och ett tomt värde är som inget. HEAD "
        "besvaras som GET, utan innehåll. Fel lämnas som HTML till den som hellre vill ha det (Accept).\n\n"
        "Utöver vad varje parameter kan ha gäller: page × per_page är högst resultatfönstret; date_from är "
        "inte senare än date_to; excel=true går bara med CSV; Atom ordnas bara efter -added; q har ett "
        "begränsat antal ord och parenteser, och med strict=true inget som ger en varning; kommuner utanför "
        "Sverige och organ som inte finns i indexet är okända värden."
    ),
    "license": {"name": "MIT", "identifier": "MIT"},
}


class _Untitled(GenerateJsonSchema):
    """Writes schemas without titles that only repeat the fields' names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 -- Pydantic's signature
        return False


def openapi_document(operations: Sequence[Operation], settings: Settings, base: str) -> dict[str, Any]:
    """Return the document.

    Args:
        operations: all there are.
        settings: have the limits.
        base: what the addresses of the service begin with.
    """
    return {
        "openapi": _VERSION,
        "info": _INFO,
        "servers": [{"url": base}],
        "externalDocs": {"description": "Dokumentationen", "url": f"{base}/docs"},
        "tags": [asdict(tag) for tag in TAGS],
        "paths": {operation.address: _path_item(operation, settings) for operation in operations},
        "components": {
            "schemas": _schemas(operations),
            "responses": response_components(settings, base),
            "headers": HEADERS,
        },
    }


def _path_item(operation: Operation, settings: Settings) -> dict[str, Any]:
    described = responses(operation)
    get = {
        "operationId": operation.name,
        "tags": [operation.tag.name],
        "summary": operation.summary,
        "parameters": [
            *(path_parameter(parameter, settings) for parameter in operation.path_parameters),
            *(query_parameter(parameter, settings) for parameter in operation.parameters),
            *((IF_NONE_MATCH,) if operation.has_etag else ()),
        ],
        "responses": described,
    }
    return {"get": get}


def _schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    models: dict[type[BaseModel], None] = {Problem: None}
    for operation in operations:
        models |= dict.fromkeys(model for model in operation.answers.values() if model is not None)
    _, written = models_json_schema(
        [(model, "validation") for model in models],
        ref_template=f"{SCHEMAS}{{model}}",
        schema_generator=_Untitled,
    )
    schemas: dict[str, Any] = written["$defs"]
    return schemas
