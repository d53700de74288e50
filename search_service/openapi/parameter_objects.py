"""Parameters as OpenAPI describes them."""

from __future__ import annotations

from typing import Any, Final

from search_service.parameter import BOOLEANS, Parameter
from search_service.parameters import FACETS_WANTED, NO_FACETS
from search_service.query_string import MOST_VALUES
from search_service.settings import Settings

_ALONE: Final = {"if": {"contains": {"const": NO_FACETS}}, "then": {"items": {"const": NO_FACETS}}}
"""Either no facets, or some."""


def query_parameter(parameter: Parameter, settings: Settings) -> dict[str, Any]:
    """Return the Parameter Object of one in the query string.

    An empty value counts as none, since forms send fields that are empty.
    """
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "allowEmptyValue": True,
        "description": parameter.description,
        "schema": _array(parameter, settings) if parameter.many else _scalar(parameter, settings),
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
        # No `maxItems`: a value counts once, however often it is there.
        described["description"] += (
            f" Upprepas, eller flera värden med komma mellan (högst {MOST_VALUES}): något av dem."
        )
    return described | _example(parameter)


def path_parameter(parameter: Parameter, settings: Settings) -> dict[str, Any]:
    """Return the Parameter Object of one in the path."""
    return {
        "name": parameter.name,
        "in": "path",
        "required": True,
        "description": parameter.description,
        "schema": _scalar(parameter, settings),
        **_example(parameter),
    }


def _example(parameter: Parameter) -> dict[str, Any]:
    if parameter.example is None:
        return {}
    if parameter.many:
        return {"example": parameter.example.split(",")}
    return {"example": _typed(parameter.example, parameter)}


def _array(parameter: Parameter, settings: Settings) -> dict[str, Any]:
    items = {name: value for name, value in _scalar(parameter, settings).items() if name != "default"}
    array: dict[str, Any] = {"type": "array", "items": items}
    if parameter.default is not None:
        array["default"] = parameter.default.split(",")
    return array | (_ALONE if parameter.name == FACETS_WANTED.name else {})


def _scalar(parameter: Parameter, settings: Settings) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _type(parameter)}
    largest = getattr(settings, parameter.limit) if parameter.limit else parameter.maximum
    if schema["type"] == "integer":
        schema |= {"minimum": parameter.minimum} | ({} if largest is None else {"maximum": largest})
    elif largest is not None:
        schema["maxLength"] = largest
    if parameter.choices and parameter.choices != BOOLEANS:
        schema["enum"] = [_typed(choice, parameter) for choice in parameter.choices]
    if parameter.pattern is not None:
        schema["pattern"] = parameter.pattern
    if parameter.notation is not None:
        schema["format"] = parameter.notation
    if parameter.default is not None:
        schema["default"] = _typed(parameter.default, parameter)
    return schema


def _type(parameter: Parameter) -> str:
    if parameter.minimum is not None:
        return "integer"
    is_boolean = bool(parameter.choices) and set(parameter.choices) <= set(BOOLEANS)
    return "boolean" if is_boolean else "string"


def _typed(text: str, parameter: Parameter) -> str | int | bool:
    kind = _type(parameter)
    if kind == "integer":
        return int(text)
    return text == BOOLEANS[0] if kind == "boolean" else text
