"""Problems as RFC 9457 describes them: the kinds there are, and which one an error is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from index.errors import (
    IndexOutdated,
    OperatorError,
    QueryError,
    QuerySyntaxError,
    QueryTooComplex,
    QueryTooLong,
    SearchTimeout,
)
from search_service.errors import ParameterError, RequestError

MEDIA_TYPE: Final = "application/problem+json"

_FOR_THE_OPERATOR: Final = "Den som driver tjänsten kör: minutes-search reindex --minutes … --index …"
"""What mends an index of another version; the log names the folder."""

RETRY_AFTER_SECONDS: Final = 5
"""A generation is published, or a busy moment over, well within this."""

LONGEST_ECHO: Final = 200
"""Characters of a wrong value that are sent back."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem; `name` is its anchor in `/docs/problems`."""

    name: str
    status: int
    title: str
    explanation: str


_TYPES: Final = (
    ProblemType(
        "unknown-parameter",
        400,
        "Okänd parameter",
        "Adressen har en parameter som inte finns. Ingen ignoreras; errors[].allowed listar dem som finns.",
    ),
    ProblemType(
        "invalid-value",
        400,
        "Ogiltigt värde",
        "En parameter har ett värde som den inte kan ha, eller anges två gånger fast den bara tar ett värde.",
    ),
    ProblemType(
        "conflicting-parameters",
        400,
        "Parametrar som motsäger varandra",
        "Två parametrar kan inte gälla samtidigt, till exempel ett startdatum efter slutdatumet.",
    ),
    ProblemType(
        "result-window",
        400,
        "Utanför resultatfönstret",
        "Sidor når bara de första träffarna (page × per_page). Alla träffar hämtas med /api/v1/export.",
    ),
    ProblemType("query-too-long", 400, "För lång sökfråga", "Sökfrågan har fler tecken än tillåtet."),
    ProblemType(
        "query-too-complex",
        400,
        "För komplicerad sökfråga",
        "Sökfrågan har för många ord eller för många parenteser i varandra.",
    ),
    ProblemType(
        "query-syntax",
        400,
        "Fel i sökfrågan",
        "Med strict=true blir varje varning om sökfrågan ett fel. Utan strict tolkas frågan så gott det går.",
    ),
    ProblemType(
        "not-found", 404, "Finns inte", "Adressen, paragrafen, handlingen eller ärendet finns inte i indexet."
    ),
    ProblemType(
        "removed",
        410,
        "Borttagen",
        "Det som fanns här har tagits bort ur indexet och kommer inte tillbaka.",
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "Metoden stöds inte",
        "Gränssnittet är skrivskyddat: bara GET och HEAD besvaras.",
    ),
    ProblemType(
        "not-acceptable",
        406,
        "Formatet finns inte",
        "Inget av formaten i Accept kan lämnas; errors[].allowed listar dem som finns.",
    ),
    ProblemType(
        "malformed-request", 400, "Obegriplig begäran", "Det som skickades är ingen begäran enligt HTTP/1.1."
    ),
    ProblemType(
        "unknown-host",
        400,
        "Fel värd",
        "Tjänsten besvarar bara begäranden till de värdnamn som den är inställd för.",
    ),
    ProblemType(
        "rate-limited",
        429,
        "För många på en gång",
        "Från samma adress kommer fler begäranden, eller pågår fler exporter, än som tillåts. "
        "Vänta så länge som Retry-After säger.",
    ),
    ProblemType("uri-too-long", 414, "För lång adress", "Adressen är längre än vad som tas emot."),
    ProblemType(
        "internal",
        500,
        "Internt fel",
        "Något gick fel hos oss. Ange request_id om du hör av dig, så går felet att hitta i loggen.",
    ),
    ProblemType(
        "index-unavailable",
        503,
        "Indexet är inte tillgängligt",
        "Indexet saknas, är skadat eller behöver byggas om. Det betyder inte att det saknas träffar. "
        "Försök igen om en stund.",
    ),
    ProblemType(
        "timeout",
        503,
        "Sökningen tog för lång tid",
        "Sökningen avbröts när dess tid var slut. Försök igen, eller förenkla frågan.",
    ),
)

PROBLEM_TYPES: Final = {kind.name: kind for kind in _TYPES}


def request_error(error: QueryError | OperatorError, q: str | None = None) -> RequestError:
    """Return the problem that an error of the search engine is to the one who asked.

    An operator's error is told in general words: its message may name folders.
    """
    if isinstance(error, QueryError):
        return _query_problem(error, q)
    name = "timeout" if isinstance(error, SearchTimeout) else "index-unavailable"
    detail = PROBLEM_TYPES[name].explanation
    if isinstance(error, IndexOutdated):
        detail += f" {_FOR_THE_OPERATOR}"
    return RequestError(name, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _query_problem(error: QueryError, q: str | None) -> RequestError:
    name, reason = "query-syntax", "syntax"
    if isinstance(error, QueryTooLong):
        name, reason = "query-too-long", "too-long"
    elif isinstance(error, QueryTooComplex):
        name, reason = "query-too-complex", "too-complex"
    elif not isinstance(error, QuerySyntaxError):
        name, reason = "invalid-value", "invalid"
    message = str(error)
    return RequestError(name, message, errors=(ParameterError("q", q, reason, None, message),))


def problem_document(error: RequestError, *, base: str, instance: str, request_id: str) -> dict[str, Any]:
    """Return the members of the problem document for `error`."""
    kind = PROBLEM_TYPES[error.problem]
    return {
        "type": f"{base}/docs/problems#{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": error.detail,
        "instance": instance,
        "errors": [_parameter_json(wrong) for wrong in error.errors],
        "request_id": request_id,
    }


def _parameter_json(wrong: ParameterError) -> dict[str, Any]:
    return {
        "parameter": shortened(wrong.parameter),
        "value": None if wrong.value is None else shortened(wrong.value),
        "reason": wrong.reason,
        "allowed": None if wrong.allowed is None else list(wrong.allowed),
    }


def shortened(text: str) -> str:
    """Return `text`, cut to `LONGEST_ECHO` characters with an ellipsis."""
    return text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…"
