"""What schemathesis needs to know of this service that no OpenAPI document says.

It is loaded by `schemathesis run` (`SCHEMATHESIS_HOOKS`), which `test_generated_requests` starts.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit
from urllib.request import urlopen

import schemathesis
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.transport import Response
from schemathesis.openapi.checks import RejectedPositiveData

from search_service.settings import Settings

_SETTINGS: Final = Settings()
_BLANKS_AROUND: Final = re.compile(r"^[\s\x00-\x1f\x7f-\x9f]|[\s\x00-\x1f\x7f-\x9f]$")
_Query = Mapping[str, list[str]]


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:  # noqa: ARG001 -- its signature
    """Name the municipalities and committees of the index: others are refused."""
    with urlopen(f"{raw_schema['servers'][0]['url']}/api/v1/sources") as answer:  # noqa: S310 -- of this test
        sources = json.load(answer)["sources"]
    for parameter in _parameters(raw_schema):
        name = parameter["name"]
        if parameter["in"] == "query" and name in ("municipality", "committee"):
            known = {source[name]["slug"] for source in sources if source[name]}
            parameter["schema"]["items"] = {"type": "string", "enum": [*sorted(known), "unknown"]}


def _parameters(raw_schema: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            yield from operation["parameters"]


schemathesis.openapi.format(
    "dnr",
    st.builds(
        "{} {}{}{}".format,
        st.sampled_from(("KS", "KF", "BUN", "SN", "dnr KS")),
        st.integers(2000, 2029),
        st.sampled_from("/-:."),
        st.integers(1, 9999),
    ),
)


@schemathesis.deserializer("application/x-ndjson")
def lines(context: Any, response: Response) -> list[Any]:  # noqa: ARG001 -- its signature
    """Read JSON Lines as the list that OpenAPI describes them as."""
    return [json.loads(line) for line in response.content.splitlines()]


@schemathesis.hook
def filter_failure(
    context: Any,  # noqa: ARG001 -- its signature
    failure: Failure,
    case: Any,  # noqa: ARG001 -- its signature
    response: Response,
) -> bool:
    """Let a request be refused whose parameters are right one by one, but not together.

    No schema of parameters says that; the document does so in words. What is wrong must really be in the
    request, and be what the answer names. Likewise a value may be answered that is right but for the blanks
    around it, which do not count.
    """
    if isinstance(failure, AcceptedNegativeData):
        sent = parse_qsl(urlsplit(response.request.url).query)
        return not any(_BLANKS_AROUND.search(value) for _, value in sent)
    if not isinstance(failure, RejectedPositiveData) or response.status_code != 400:
        return True
    address = urlsplit(response.request.url)
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(address.query):
        query.setdefault(name, []).append(value.strip())
    name = json.loads(response.content)["type"].partition("#")[2]
    return not _IS_SO[name](query) if name in _IS_SO else True


def _conflicts(query: _Query) -> bool:
    first, last = query.get("date_from", [""])[0], query.get("date_to", [""])[0]
    return (
        "true" in query.get("excel", ())
        or ("atom" in query.get("format", ()) and "sort" in query)
        or bool(first and last and first > last)
    )


def _is_past_the_window(query: _Query) -> bool:
    page, per_page = query.get("page", ["1"])[0], query.get("per_page", ["20"])[0]
    return int(page or 1) * int(per_page or 20) > _SETTINGS.result_window


def _is_complex(query: _Query) -> bool:
    q = query.get("q", [""])[0]
    words = re.findall(r"\w+|[^\w\s]", q)
    return len(words) > _SETTINGS.max_query_terms or q.count("(") > _SETTINGS.max_query_nesting


def _is_strict(query: _Query) -> bool:
    return "true" in query.get("strict", ()) and "q" in query


def _is_no_date_or_span(query: _Query) -> bool:
    """29 February of an ordinary year, or years that end before they begin."""
    days = [value for name in ("date_from", "date_to") for value in query.get(name, ())]
    spans = [value.split("..") for value in query.get("year", ())]
    return any(day.endswith("-02-29") and not calendar.isleap(int(day[:4])) for day in days) or any(
        len(span) == 2 and all(span) and span[0] > span[1] for span in spans
    )


_IS_SO: Final[Mapping[str, Callable[[_Query], bool]]] = {
    "conflicting-parameters": _conflicts,
    "result-window": _is_past_the_window,
    "query-too-complex": _is_complex,
    "query-syntax": _is_strict,
    "invalid-value": _is_no_date_or_span,
}
"""Problem to what tells that a request has it."""
