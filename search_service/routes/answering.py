"""What the endpoints share: reading the parameters, asking the index, answering conditionally."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from index.manifest import Manifest
from index.query_parser import Limits
from index.questions import Question
from index.synonyms import SynonymFile
from search_service.dependencies import links_of, service_of
from search_service.parameters import Parameter
from search_service.query_string import QueryStringReader, decoded_pairs
from search_service.search_params import SearchParams
from search_service.search_parsing import parse_search
from search_service.settings import Settings

NOINDEX: Final = {"X-Robots-Tag": "noindex"}

_ETAG_BYTES: Final = 12
_LONGEST_CONDITION: Final = 2_000
_ANY_TAG: Final = "*"


def read_params(request: Request, parameters: Collection[Parameter], manifest: Manifest) -> SearchParams:
    """Return the parameters of a search, checked against what the index holds.

    Raises:
        RequestError: naming every parameter at fault.
    """
    window = service_of(request).settings.result_window
    pairs = decoded_pairs(request.scope["query_string"])
    return parse_search(pairs, known=manifest.labels, parameters=parameters, result_window=window)


def take_no_parameters(request: Request) -> None:
    """Refuse every parameter.

    Raises:
        RequestError: there is one.
    """
    QueryStringReader(decoded_pairs(request.scope["query_string"]), ()).check()


def question_of(params: SearchParams, settings: Settings, synonyms: SynonymFile) -> Question:
    """Return what the index is asked for `params`."""
    return Question(
        q=params.q,
        filters=params.filters(),
        scope=params.scope,
        sort=params.order,
        group=params.group,
        offset=params.offset,
        limit=params.per_page,
        facets=params.facets,
        facet_size=params.facet_size,
        snippets=params.snippets,
        snippet_length=params.snippet_length,
        strict=params.strict,
        limits=limits_of(settings),
        time_budget=settings.time_budget,
        max_expansions=settings.max_expansions,
        synonyms=synonyms,
    )


def limits_of(settings: Settings) -> Limits:
    """Return how large a query may be."""
    return Limits(
        characters=settings.max_query_characters,
        terms=settings.max_query_terms,
        nesting=settings.max_query_nesting,
        prefix=settings.min_prefix,
    )


def conditional(
    request: Request,
    state: str,
    variant: str,
    make: Callable[[], tuple[bytes, Mapping[str, str]]],
    *,
    media_type: str,
) -> Response:
    """Return the answer, or 304 when the client has it already.

    The tag is weak: two answers that say the same differ in the time they took.

    Args:
        request: may carry `If-None-Match`.
        state: of the index that the answer is made from (`Manifest.state`).
        variant: what tells this answer from others of that state: address and format.
        make: makes the body and its own headers; not called for a 304.
        media_type: of the body.
    """
    tag = _etag(request, state, variant)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    conditions = _conditions(request)
    if tag in conditions:
        return Response(status_code=304, headers=headers)
    body, own_headers = make()
    if _ANY_TAG in conditions:  # made all the same: `make` says whether there is anything
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, **own_headers}, media_type=media_type)


def _etag(request: Request, state: str, variant: str) -> str:
    service = service_of(request)
    known = f"{state}\n{service.build}\n{service.synonyms.state}\n{links_of(request).base}\n{variant}"
    return f'W/"{hashlib.sha256(known.encode()).hexdigest()[: 2 * _ETAG_BYTES]}"'


def _conditions(request: Request) -> set[str]:
    """Return the tags of `If-None-Match` as weak ones, which is how they are compared (RFC 9110, 13.1.2)."""
    sent = request.headers.get("if-none-match", "")[:_LONGEST_CONDITION]
    tags = (tag.strip() for tag in sent.split(","))
    return {tag if tag.startswith(("W/", _ANY_TAG)) else f"W/{tag}" for tag in tags}
