"""What is answered, as OpenAPI describes it: headers, problems, and answers of each media type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic import BaseModel

from search_service.middleware import ALLOWED_METHODS
from search_service.negotiation import MEDIA_TYPES
from search_service.openapi.operations import Operation
from search_service.openapi.problem_examples import problem_examples
from search_service.problems import MEDIA_TYPE, PROBLEM_TYPES, RETRY_AFTER_SECONDS
from search_service.schemas.problems import Problem
from search_service.settings import Settings

SCHEMAS: Final = "#/components/schemas/"

EVERYWHERE: Final = (400, 405, 414, 429, 500)
"""The statuses of problems that every address may answer with."""

_NAMES: Final = {
    400: "BadRequest",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    410: "Gone",
    414: "UriTooLong",
    429: "TooManyRequests",
    500: "InternalError",
    503: "Unavailable",
}
"""Status to the component that describes the problems with it."""

_NOT_MODIFIED: Final = "NotModified"
_OWN_HEADERS: Final[Mapping[int, tuple[str, ...]]] = {
    405: ("Allow",),
    429: ("Retry-After", "RateLimit-Policy", "RateLimit"),
    503: ("Retry-After",),
}
_JSON: Final = MEDIA_TYPES["json"]
_LINES: Final = MEDIA_TYPES["jsonl"]
_TAG: Final = 'W/"0f3a5c7e9b1d2f4a6c8e0b2d"'


def _header(description: str, example: str | int, *, required: bool = True, **schema: Any) -> dict[str, Any]:
    kind = "integer" if isinstance(example, int) else "string"
    described = {"description": description, "schema": {"type": kind, **schema}, "example": example}
    return described | ({"required": True} if required else {})


HEADERS: Final[Mapping[str, dict[str, Any]]] = {
    "X-Request-ID": _header("Begärans namn i loggen.", "3f9c1a2b", pattern="^[0-9a-f]{8}$"),
    "ETag": _header(
        "Ändras när svaret gör det; skickas tillbaka i If-None-Match.", _TAG, pattern='^W/"[0-9a-f]{24}"$'
    ),
    "Link": _header("Adresser till andra sidor och format (RFC 8288).", '<https://host/…>; rel="next"'),
    "Content-Disposition": _header(
        "Filens namn, när svaret är en fil.", 'attachment; filename="traffar.csv"', required=False
    ),
    "Retry-After": _header("Sekunder att vänta innan begäran görs om.", RETRY_AFTER_SECONDS, minimum=1),
    "RateLimit-Policy": _header(
        "Hur många begäranden en adress får göra (q) på hur många sekunder (w); bara när de är för många.",
        '"requests";q=1000;w=20',
        pattern='^"requests";q=[0-9]+;w=[0-9]+$',
        required=False,
    ),
    "RateLimit": _header(
        "Hur många som är kvar (r) och om hur många sekunder det blir fler (t); bara när de är för många.",
        '"requests";r=0;t=1',
        pattern='^"requests";r=[0-9]+;t=[0-9]+$',
        required=False,
    ),
    "Allow": _header("Metoderna som finns.", ", ".join(ALLOWED_METHODS)),
}
"""Header to what it says."""

IF_NONE_MATCH: Final[Mapping[str, Any]] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag hos ett svar som redan finns; är det oförändrat besvaras begäran med 304.",
    "schema": {"type": "string"},
    "example": _TAG,
}


def response_components(settings: Settings, base: str) -> dict[str, Any]:
    """Return the Response Objects that operations refer to, for a service at the address `base`."""
    not_modified = {
        "description": "Svaret är det som If-None-Match anger.",
        "headers": _references(("X-Request-ID", "ETag")),
    }
    examples = {name: example.document(base) for name, example in problem_examples(settings).items()}
    problems = {name: _problems(status, examples) for status, name in _NAMES.items()}
    return {_NOT_MODIFIED: not_modified, **problems}


def responses(operation: Operation) -> dict[str, Any]:
    """Return the responses of GET, by status."""
    statuses = sorted({*EVERYWHERE, *operation.problems})
    content = {media_type: _content(media_type, model) for media_type, model in operation.answers.items()}
    described = {
        "200": {
            "description": operation.summary,
            "headers": _references(_headers(operation)),
            "content": content,
        }
    }
    if operation.has_etag:
        described["304"] = {"$ref": f"#/components/responses/{_NOT_MODIFIED}"}
    return described | {
        str(status): {"$ref": f"#/components/responses/{_NAMES[status]}"} for status in statuses
    }


def _headers(operation: Operation) -> tuple[str, ...]:
    is_file = {MEDIA_TYPES["csv"], _LINES} & operation.answers.keys()
    wanted = (
        ("X-Request-ID", True),
        ("ETag", operation.has_etag),
        ("Link", operation.has_link),
        ("Content-Disposition", is_file),
    )
    return tuple(name for name, is_there in wanted if is_there)


def _references(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _content(media_type: str, model: type[BaseModel] | None) -> dict[str, Any]:
    if model is None:
        return {"schema": {"type": "object" if media_type == _JSON else "string"}}
    schema: dict[str, Any] = {"$ref": f"{SCHEMAS}{model.__name__}"}
    # As OpenAPI 3.2 has it of what comes one after another; 3.1 says nothing of it.
    return {"schema": {"type": "array", "items": schema} if media_type == _LINES else schema}


def _problems(status: int, examples: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in PROBLEM_TYPES.values() if kind.status == status]
    return {
        "description": "\n".join(f"- `{kind.name}`: {kind.explanation}" for kind in kinds),
        "headers": _references(("X-Request-ID", *_OWN_HEADERS.get(status, ()))),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": f"{SCHEMAS}{Problem.__name__}"},
                "examples": {
                    kind.name: {"summary": kind.title, "value": examples[kind.name]} for kind in kinds
                },
            },
            MEDIA_TYPES["html"]: {"schema": {"type": "string"}},
        },
    }
