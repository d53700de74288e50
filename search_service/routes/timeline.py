"""`/api/v1/timeline`: matches per year of the meeting."""

from __future__ import annotations

import time

from fastapi import Request, Response

from index.searching import timeline
from search_service import negotiation, parameters
from search_service.dependencies import links_of, service_of
from search_service.openapi.operations import SEARCHING, Operation
from search_service.rendering.json_answer import json_bytes
from search_service.rendering.timelines import timeline_csv, timeline_links, timeline_object
from search_service.routes.answering import (
    NOINDEX,
    Body,
    conditional,
    format_of,
    is_long_query,
    question_of,
    read_params,
)
from search_service.routes.routing import EndpointRouter
from search_service.schemas.timeline import TimelineResponse
from search_service.search_parsing import check_format
from search_service.search_threads import TimeLeft


async def _timeline(request: Request) -> Response:
    started = time.perf_counter()
    service = service_of(request)
    manifest = service.engine.manifest()
    params = read_params(request, parameters.TIMELINE, manifest)
    form = format_of(request, params, parameters.TIMELINE_FORMATS)
    check_format(params, form, None)
    links = links_of(request)
    headers = {"Link": f'<{timeline_links(params, links).csv}>; rel="alternate"; type="text/csv"', **NOINDEX}

    def make(time_left: TimeLeft) -> Body:
        asked = question_of(params, service.settings, service.synonyms, seconds=time_left())
        years, answer = timeline(service.engine, asked, by=params.by)
        if form == "csv":
            attached = {"Content-Disposition": 'attachment; filename="traffar-per-ar.csv"'}
            return timeline_csv(years, answer, params), {**headers, **attached}
        return json_bytes(timeline_object(years, answer, params, links, started=started)), headers

    return await conditional(
        request,
        manifest.state,
        f"timeline.{form}?{params.query_string()}",
        make,
        media_type=negotiation.MEDIA_TYPES[form],
        is_long=is_long_query(params),
    )


def router() -> EndpointRouter:
    """Return the endpoint."""
    endpoints = EndpointRouter()
    operation = Operation(
        name="countByYear",
        path="/api/v1/timeline",
        summary="Träffar per år, och per 1 000 indexerade paragrafer det året",
        tag=SEARCHING,
        answers={negotiation.MEDIA_TYPES["json"]: TimelineResponse, negotiation.MEDIA_TYPES["csv"]: None},
        parameters=parameters.TIMELINE,
        problems=(406, 503),
        has_link=True,
    )
    endpoints.add_endpoint(operation, _timeline)
    return endpoints
