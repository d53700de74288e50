"""`/api/v1/suggest`: completions of what is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from corpus.slugs import slug
from index.completion.suggestion import Suggestion, SuggestionKind
from index.errors import QueryTooLong
from index.highlighting import one_line
from index.searching import suggestions
from search_service import negotiation, parameters
from search_service.dependencies import service_of
from search_service.openapi.operations import SEARCHING, Operation
from search_service.query_string import QueryStringReader, decoded_pairs
from search_service.rendering.json_answer import json_bytes
from search_service.routes.answering import NOINDEX, Body, conditional, question_of
from search_service.routes.routing import EndpointRouter
from search_service.schemas.suggestions import SuggestResponse
from search_service.search_params import SearchParams
from search_service.search_threads import TimeLeft

MOST_SUGGESTIONS: Final = 10


async def _suggest(request: Request) -> Response:
    service = service_of(request)
    typed = _typed(request, longest=service.settings.max_query_characters)
    manifest = service.engine.manifest()
    edition = service.completions.at(manifest.state)
    if edition is None:
        seconds = service.settings.time_budget
        edition = await run_in_threadpool(service.completions.wait_for, manifest, seconds)
    completions = edition.completions

    def make(time_left: TimeLeft) -> Body:
        asked = question_of(SearchParams(q=typed), service.settings, service.synonyms, seconds=time_left())
        found = suggestions(service.engine, completions, asked, limit=MOST_SUGGESTIONS)
        return json_bytes(suggestions_object(found)), NOINDEX

    return await conditional(
        request,
        edition.state,
        f"{request.scope['path']}?{typed}",
        make,
        media_type=negotiation.MEDIA_TYPES["json"],
        # Behind other words, some are counted: 60 ms at 100,000 sections where none was asked for yet.
        is_long=" " in typed.strip(),
    )


def _typed(request: Request, *, longest: int) -> str:
    reader = QueryStringReader(decoded_pairs(request.scope["query_string"]), parameters.SUGGEST)
    typed = reader.text(parameters.TYPED)
    reader.check()
    if len(typed) > longest:
        raise QueryTooLong(f"Frågan är {len(typed)} tecken lång; högst {longest} är tillåtna.")
    return typed


def suggestions_object(found: Iterable[Suggestion]) -> dict[str, Any]:
    """Return the JSON object of some suggestions; what is no character to show is left out."""
    return {"suggestions": [_suggestion_object(suggestion) for suggestion in found]}


def _suggestion_object(suggestion: Suggestion) -> dict[str, Any]:
    is_committee = suggestion.kind is SuggestionKind.COMMITTEE
    return {
        "text": one_line(suggestion.text),
        "kind": suggestion.kind.value,
        "count": suggestion.count,
        "filter": {"committee": slug(suggestion.text)} if is_committee else None,
    }


def router() -> EndpointRouter:
    """Return the endpoint."""
    endpoints = EndpointRouter()
    operation = Operation(
        name="suggest",
        path="/api/v1/suggest",
        summary="Förslag till det som skrivs: ord, rubriker, organ och diarienummer, högst tio",
        tag=SEARCHING,
        answers={negotiation.MEDIA_TYPES["json"]: SuggestResponse},
        parameters=parameters.SUGGEST,
        problems=(503,),
    )
    endpoints.add_endpoint(operation, _suggest)
    return endpoints
