"""`/api/v1/export`: every result of a search, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from fastapi import Request, Response

from index.searching import Results, scan
from search_service import negotiation, parameters
from search_service.dependencies import links_of, service_of
from search_service.links import Links, PageLinks
from search_service.openapi.operations import SEARCHING, Operation
from search_service.rendering.result_lines import in_chunks, result_lines
from search_service.rendering.result_objects import exported_object
from search_service.rendering.search_links import whole
from search_service.routes.answering import NOINDEX, Condition, format_of, question_of, read_params
from search_service.routes.routing import EndpointRouter
from search_service.schemas.sections import ExportedResult
from search_service.search_params import SearchParams
from search_service.search_parsing import check_format
from search_service.streaming import StreamedResponse

_TEXT: Final = "text"


async def _export(request: Request) -> Response:
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.EXPORT, manifest, has_pages=False)
    form = format_of(request, params, parameters.EXPORT_FORMATS)
    check_format(params, form, None)
    variant = f"export.{form}?{whole(params.canonical).without('format').text}"
    condition = Condition.of(request, manifest.state, variant)
    known = condition.not_modified()
    if known is not None:
        return known
    client = service.clients.name(request.scope)
    slot = service.export_slots.take(client)
    try:
        results = await service.threads.run(
            lambda time_left: scan(
                service.engine, question_of(params, service.settings, service.synonyms, seconds=time_left())
            ),
            client=client,
            is_long=True,
        )
        if condition.any_will_do:
            results.close()
            slot.release()
            return condition.unchanged()
    except BaseException:
        slot.release()
        raise
    links = links_of(request)
    return StreamedResponse(
        _chunks(results, params, links, form),
        thread=service.threads.writer(client) or service.export_thread,
        close=results.close,
        done=slot.release,
        headers={**condition.headers(), **_headers(params, links, form)},
        media_type=negotiation.MEDIA_TYPES[form],
    )


def _chunks(results: Results, params: SearchParams, links: Links, form: str) -> Iterator[bytes]:
    with_text = _TEXT in params.fields
    hits = (exported_object(result, links, with_text=with_text) for result in results)
    return in_chunks(result_lines(form, hits, excel=params.excel, with_text=with_text))


def _headers(params: SearchParams, links: Links, form: str) -> dict[str, str]:
    """Return the headers of a file that is the first and the last page of its results."""
    address = links.export(whole(params.canonical).replacing("format", form).text)
    return {
        "Link": PageLinks(first=address, prev=None, next=None, last=address).header(),
        "Content-Disposition": f'attachment; filename="traffar.{form}"',
        **NOINDEX,
    }


def router() -> EndpointRouter:
    """Return the endpoint."""
    endpoints = EndpointRouter()
    operation = Operation(
        name="exportResults",
        path="/api/v1/export",
        summary="Alla träffar på en gång, utan sidor: JSON Lines eller CSV",
        tag=SEARCHING,
        answers={negotiation.MEDIA_TYPES["jsonl"]: ExportedResult, negotiation.MEDIA_TYPES["csv"]: None},
        parameters=parameters.EXPORT,
        problems=(406, 503),
        has_link=True,
    )
    endpoints.add_endpoint(operation, _export)
    return endpoints
