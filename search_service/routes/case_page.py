"""The page `/c/{municipality}/{dnr}`: one case, from committee to committee."""

from __future__ import annotations

from fastapi import Request, Response

from corpus.dnr import key as dnr_key
from index.sections import case
from search_service import parameters
from search_service.dependencies import links_of, service_of
from search_service.openapi.operations import PAGES, Operation
from search_service.routes.answering import Body, conditional, take_no_parameters
from search_service.routes.case_view import case_view
from search_service.routes.missing import missing_case
from search_service.routes.routing import EndpointRouter
from search_service.search_params import SearchParams
from search_service.search_threads import TimeLeft

_HTML = "text/html"


async def _case_page(request: Request) -> Response:
    take_no_parameters(request)
    service = service_of(request)
    municipality, dnr = request.path_params["municipality"], request.path_params["dnr"]

    def make(_: TimeLeft) -> Body:
        with service.engine.reading():
            found = case(service.engine, municipality, dnr)
            manifest = service.engine.manifest()
            if found is None:
                raise missing_case(service.engine, municipality, dnr)
        links = links_of(request)
        # By its key, since that is also an address where the written form has a comma or worse.
        query = SearchParams(
            municipality=(found.municipality,), dnr=(dnr_key(found.written) or dnr,)
        ).query_string()
        context = {
            "case": case_view(found),
            "links": links,
            "build": service.build,
            "manifest": manifest,
            "permalink": links.case_page(found.municipality, found.written),
            "api_url": links.case(found.municipality, found.written),
            "atom": links.search(query, ".atom"),
            "csv": links.search(query, ".csv"),
            "search_query": query,
        }
        return service.templates.get_template("case.html").render(context).encode(), {}

    return await conditional(
        request, service.engine.manifest().state, request.scope["path"], make, media_type=_HTML
    )


def router() -> EndpointRouter:
    """Return the endpoint."""
    endpoints = EndpointRouter()
    operation = Operation(
        name="casePage",
        path="/c/{municipality}/{dnr:path}",
        summary="Ett ärende som sida: alla dess paragrafer i datumordning",
        tag=PAGES,
        answers={_HTML: None},
        path_parameters=(parameters.CASE_MUNICIPALITY, parameters.CASE_DNR),
        problems=(404, 410, 503),
    )
    endpoints.add_endpoint(operation, _case_page)
    return endpoints
