"""What the endpoints share: reading the parameters, asking the index, answering conditionally."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from index.manifest import Manifest
from index.query_parser import Limits
from index.questions import Question
from index.synonyms import SynonymFile
from search_service import negotiation
from search_service.dependencies import links_of, service_of
from search_service.errors import ParameterError, RequestError
from search_service.parameter import Parameter
from search_service.query_string import QueryStringReader, decoded_pairs
from search_service.search_params import SearchParams
from search_service.search_parsing import parse_search
from search_service.search_threads import TimeLeft
from search_service.settings import Settings

Body = tuple[bytes, Mapping[str, str]]
"""The body of an answer and its own headers."""

NOINDEX: Final = {"X-Robots-Tag": "noindex"}

_ETAG_BYTES: Final = 12
_LONGEST_CONDITION: Final = 2_000
_ANY_TAG: Final = "*"

_SHARE_OF_CORRECTIONS: Final = 0.25
"""Of the time budget, not of what is left of it: a short try that is begun anew leaves out nothing."""

_PREFIX: Final = "*"
_SPACES: Final = 8
"""A query with a prefix, or with more spaces than this, goes to a thread at once."""


def read_params(
    request: Request, parameters: Collection[Parameter], manifest: Manifest, *, has_pages: bool = True
) -> SearchParams:
    """Return the parameters of a search, checked against what the index holds.

    Args:
        request: has the query string.
        parameters: those that the address takes.
        manifest: of the index.
        has_pages: whether the answer is a page, which must be inside the result window.

    Raises:
        RequestError: naming every parameter at fault.
    """
    window = service_of(request).settings.result_window if has_pages else None
    pairs = decoded_pairs(request.scope["query_string"])
    return parse_search(pairs, known=manifest.labels, parameters=parameters, result_window=window)


def take_no_parameters(request: Request) -> None:
    """Refuse every parameter.

    Raises:
        RequestError: there is one.
    """
    QueryStringReader(decoded_pairs(request.scope["query_string"]), ()).check()


def format_of(
    request: Request, params: SearchParams, formats: Sequence[str], *, suffix: str | None = None
) -> str:
    """Return the one of `formats` to answer in: what the address says, else what `Accept` likes best.

    Raises:
        RequestError: `not-acceptable`: the header excludes them all.
    """
    if params.format or suffix:
        return params.format or suffix or ""
    sent = request.headers.get("accept", "")
    form = negotiation.preferred(sent, formats)
    if form is None:
        available = tuple(negotiation.MEDIA_TYPES[name] for name in formats)
        message = f"Inget i Accept kan lämnas. Format som finns: {', '.join(available)}."
        wrong = ParameterError("Accept", sent, "unknown", available, message)
        raise RequestError("not-acceptable", message, errors=(wrong,))
    return form


def question_of(
    params: SearchParams, settings: Settings, synonyms: SynonymFile, *, seconds: float | None = None
) -> Question:
    """Return what the index is asked for `params`, to be answered in `seconds`, else in the time budget."""
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
        time_budget=settings.time_budget if seconds is None else seconds,
        correction_budget=_SHARE_OF_CORRECTIONS * settings.time_budget,
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


async def conditional(
    request: Request,
    state: str,
    variant: str,
    make: Callable[[TimeLeft], Body],
    *,
    media_type: str,
    is_long: bool = False,
) -> Response:
    """Return the answer, or 304 when the client has it already, made so that it does not keep others waiting.

    Args:
        request: may carry `If-None-Match`.
        state: of the index that the answer is made from (`Manifest.state`).
        variant: what tells this answer from others of that state: address and format.
        make: makes the body and its own headers in the time that it is given; not called for a 304, and
            perhaps called twice.
        media_type: of the body.
        is_long: whether it is known to take longer than most.
    """
    condition = Condition.of(request, state, variant)
    known = condition.not_modified()
    if known is not None:
        return known
    service = service_of(request)
    client = service.clients.name(request.scope)
    # Until the words of a new generation are prepared, whoever needs them waits for that in a thread.
    is_long = is_long or not service.engine.vocabulary().is_prepared
    body = await service.threads.run(make, client=client, is_long=is_long)
    return condition.response(body, media_type)


def is_long_query(params: SearchParams) -> bool:
    """Tell whether a search is known to take longer than most."""
    return _PREFIX in params.q or params.q.count(" ") > _SPACES


@dataclass(frozen=True, slots=True)
class Condition:
    """The tag of an answer and those that the client has.

    The tag is weak: two answers that say the same differ in the time they took.
    """

    tag: str
    sent: Collection[str]

    @classmethod
    def of(cls, request: Request, state: str, variant: str) -> Condition:
        """Return the condition of a request; the arguments are those of `conditional`."""
        service = service_of(request)
        known = f"{state}\n{service.build}\n{service.synonyms.state}\n{links_of(request).base}\n{variant}"
        tag = f'W/"{hashlib.sha256(known.encode()).hexdigest()[: 2 * _ETAG_BYTES]}"'
        return cls(tag, _weak_tags(request.headers.get("if-none-match", "")))

    def not_modified(self) -> Response | None:
        """Return the answer to a client that has this one already."""
        return self.unchanged() if self.tag in self.sent else None

    @property
    def any_will_do(self) -> bool:
        """Whether the client would take any answer for the one it has, once it is known that there is one."""
        return _ANY_TAG in self.sent

    def unchanged(self) -> Response:
        """Return the 304."""
        return Response(status_code=304, headers=self.headers())

    def response(self, body: Body, media_type: str) -> Response:
        """Return the answer itself, unless the client would take any."""
        if self.any_will_do:  # made all the same: to make it says whether there is anything
            return self.unchanged()
        content, own_headers = body
        return Response(content, headers={**self.headers(), **own_headers}, media_type=media_type)

    def headers(self) -> dict[str, str]:
        """Return the headers of the answer, and of the 304 in its place."""
        return {"ETag": self.tag, "Cache-Control": "no-cache", "Vary": "Accept"}


def _weak_tags(header: str) -> Collection[str]:
    """Return the tags of `If-None-Match` as weak ones, which is how they are compared (RFC 9110, 13.1.2)."""
    if not header:
        return ()
    tags = (tag.strip() for tag in header[:_LONGEST_CONDITION].split(","))
    return {tag if tag.startswith(("W/", _ANY_TAG)) else f"W/{tag}" for tag in tags}
