"""An example of every problem: which request it answers, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from index.errors import IndexMissing, QuerySyntaxError, QueryTooComplex, QueryTooLong, SearchTimeout
from search_service.errors import ParameterError, RequestError
from search_service.middleware import LONGEST_ADDRESS
from search_service.negotiation import MEDIA_TYPES
from search_service.parameters import FORMATS, PER_PAGE
from search_service.problems import PROBLEM_TYPES, problem_document, request_error
from search_service.query_string import decoded_pairs
from search_service.search_parsing import parse_search
from search_service.settings import Settings

_SEARCH: Final = "/api/v1/search"
_EXPORT: Final = "/api/v1/export"
_REQUEST_ID: Final = "3f9c1a2b"


@dataclass(frozen=True, slots=True)
class ProblemExample:
    """A problem that a request is answered with.

    Attributes:
        error: what was wrong.
        instance: path and query of the request.
    """

    error: RequestError
    instance: str

    def document(self, base: str) -> dict[str, Any]:
        """Return what is sent by the service whose addresses begin with `base`."""
        return problem_document(self.error, base=base, instance=self.instance, request_id=_REQUEST_ID)


def problem_examples(settings: Settings) -> dict[str, ProblemExample]:
    """Return an example of each of `PROBLEM_TYPES`, by its name, with the limits that are set."""
    examples = (
        *(_wrong_search(query, settings) for query in _wrong_queries(settings)),
        *_refused_queries(settings),
        ProblemExample(_not_acceptable("image/png"), _SEARCH),
        _told("not-found", "/api/v1/sections/x", "Det finns ingen paragraf med id 'x'."),
        _told("removed", "/api/v1/sections/axryrky60b-59"),
        _told("method-not-allowed", _SEARCH, "POST stöds inte; bara GET och HEAD besvaras."),
        _told("uri-too-long", _SEARCH, f"Adressen är längre än {LONGEST_ADDRESS} tecken."),
        _told("rate-limited", _EXPORT),
        _told("malformed-request", ""),
        _told("unknown-host", _SEARCH),
        _told("internal", _SEARCH),
        ProblemExample(request_error(IndexMissing()), _SEARCH),
        ProblemExample(request_error(SearchTimeout()), _SEARCH),
    )
    return {example.error.problem: example for example in examples}


def _told(problem: str, instance: str, detail: str | None = None) -> ProblemExample:
    return ProblemExample(RequestError(problem, detail or PROBLEM_TYPES[problem].explanation), instance)


def _wrong_queries(settings: Settings) -> tuple[str, ...]:
    past_the_window = settings.result_window // int(PER_PAGE.default or 1) + 1
    return ("kommune=lund", "page=0", "date_from=2020&date_to=2019", f"page={past_the_window}")


def _wrong_search(query: str, settings: Settings) -> ProblemExample:
    """Return the problem that the parameters of a search are, as they are read for an answer."""
    try:
        parse_search(decoded_pairs(query.encode()), known={}, result_window=settings.result_window)
    except RequestError as error:
        return ProblemExample(error, f"{_SEARCH}?{query}")
    raise ValueError(query)


def _refused_queries(settings: Settings) -> tuple[ProblemExample, ...]:
    most, deepest = settings.max_query_characters, settings.max_query_nesting
    long = "a" * (most + 1)
    deep = "(" * (deepest + 1) + "skola" + ")" * (deepest + 1)
    too_long = QueryTooLong(f"Frågan är {most + 1} tecken lång; högst {most} är tillåtna.")
    too_complex = QueryTooComplex(f"Frågan har parenteser i mer än {deepest} nivåer.")
    unclosed = QuerySyntaxError("Citattecknet saknar sitt par och räknas inte (tecken 1).")
    return (
        ProblemExample(request_error(too_long, long), f"{_SEARCH}?q={long}"),
        ProblemExample(request_error(too_complex, deep), f"{_SEARCH}?q={deep}"),
        ProblemExample(request_error(unclosed, '"skola'), f"{_SEARCH}?q=%22skola&strict=true"),
    )


def _not_acceptable(accept: str) -> RequestError:
    available = tuple(MEDIA_TYPES[form] for form in FORMATS)
    message = f"Inget i Accept kan lämnas. Format som finns: {', '.join(available)}."
    wrong = ParameterError("Accept", accept, "unknown", available, message)
    return RequestError("not-acceptable", message, errors=(wrong,))
