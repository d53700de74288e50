"""The answers as Pydantic models: they are what OpenAPI shows, and tests check real answers against them."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)


class Body(_Model):
    """A municipality or a committee."""

    slug: str
    name: str


class Decision(_Model):
    """What was decided; both null when the § decides nothing."""

    kind: Literal["final", "proposal", "referred"] | None
    text: str | None


class Snippet(_Model):
    """A stretch of the § around what was found; `html` is escaped, `<mark>` its only element."""

    field: str
    text: str
    html: str
    ranges: list[tuple[int, int]]


class Result(_Model):
    """One §."""

    id: str
    permalink: str
    api_url: str
    document_id: str
    source: str
    source_url: str | None
    type: Literal["minutes", "report", "agenda", "attachment"]
    title: str
    section: str | None
    municipality: Body | None
    committee: Body | None
    date: datetime.date | None
    year: int | None
    dnr: list[str]
    case_url: str | None
    decision: Decision
    score: float | None
    indexed_at: datetime.datetime
    snippets: list[Snippet]
    citation: str


class ExportedResult(_Model):
    """One § of an export, which has one a line.

    `score` is there only with `q`, `text` only with `fields=text`.
    """

    id: str
    permalink: str
    api_url: str
    document_id: str
    source: str
    source_url: str | None
    type: Literal["minutes", "report", "agenda", "attachment"]
    title: str
    section: str | None
    municipality: Body | None
    committee: Body | None
    date: datetime.date | None
    year: int | None
    dnr: list[str]
    case_url: str | None
    decision: Decision
    score: float | None = None
    indexed_at: datetime.datetime
    citation: str
    text: str | None = None


class Filters(_Model):
    """The filters in force; one that is not used is left out."""

    municipality: list[str] | None = None
    committee: list[str] | None = None
    type: list[str] | None = None
    year: list[int | Literal["unknown"]] | None = None
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    dnr: list[str] | None = None


class QueryEcho(_Model):
    """How the search was understood."""

    q: str
    interpreted: str
    filters: Filters
    in_: Literal["all", "title", "decision"]
    sort: Literal["relevance", "-date", "date", "-added"]
    group: Literal["section", "document", "case"]
    suggestion: str | None
    warnings: list[str]

    model_config = ConfigDict(extra="forbid", alias_generator=lambda name: name.rstrip("_"))


class SearchLinks(_Model):
    """Other pages and formats of the same search; null where there is none."""

    self: str
    first: str
    prev: str | None
    next: str | None
    last: str
    html: str
    csv: str | None
    jsonl: str | None
    atom: str
    export: str


class FacetValue(_Model):
    """A value; `url` is the search that choosing it, or dropping it when chosen, leads to."""

    value: str | int
    label: str
    count: int
    selected: bool
    url: str


class Facet(_Model):
    """Counts per value among the hits, this facet's own selection ignored."""

    label: str
    distinct: int
    truncated: bool
    unknown: int
    values: list[FacetValue]


class IndexState(_Model):
    """The generation of the index that the answer comes from."""

    generation: str
    documents: int
    sections: int
    latest_meeting: datetime.date | None


class SearchResponse(_Model):
    """One page of hits."""

    query: QueryEcho
    total: int
    total_documents: int
    total_cases: int
    page: int
    per_page: int
    pages: int
    links: SearchLinks
    results: list[Result]
    facets: dict[str, Facet]
    index: IndexState
    took_ms: float


class FacetResponse(Facet):
    """All values of one facet."""

    name: str
    query: QueryEcho
    index: IndexState
    took_ms: float


class Suggestion(_Model):
    """What the text that is being typed may become; `count` is the number of §§ that it is in.

    A word is counted in all its forms, a title and a dnr in all their spellings. A committee is counted by
    the §§ of its meetings.
    """

    text: str
    kind: Literal["word", "title", "committee", "dnr"]
    count: int

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "skolskjuts", "kind": "word", "count": 12}]}
    )


class SuggestResponse(_Model):
    """At most ten suggestions, those that are in most §§ first."""

    suggestions: list[Suggestion]


class Part(_Model):
    """A stretch of the text with one role; `by` is who moved or reserved."""

    kind: Literal[
        "background",
        "preparation",
        "proposal",
        "motion",
        "procedure",
        "decision",
        "reservation",
        "recipients",
        "other",
    ]
    text: str
    by: str | None


class Neighbour(_Model):
    """The § before or after in the same document."""

    id: str
    permalink: str
    api_url: str
    section: str | None
    title: str


class SectionResponse(Result):
    """One § in full."""

    text: str
    parts: list[Part]
    page: int | None
    previous: Neighbour | None
    next: Neighbour | None
    document_url: str


class DocumentResponse(_Model):
    """One document with its §§ in order."""

    id: str
    api_url: str
    source: str
    source_url: str | None
    type: Literal["minutes", "report", "agenda", "attachment"]
    title: str
    municipality: Body | None
    committee: Body | None
    date: datetime.date | None
    year: int | None
    attendance: list[str]
    sections: list[Result]


class CaseResponse(_Model):
    """Every § of one case by date."""

    dnr: str
    municipality: Body | None
    sections: list[Result]


class MissingSections(_Model):
    """§ numbers that a document declares but that were not found in it."""

    document_id: str
    source: str
    numbers: list[str]


class Source(_Model):
    """What is indexed of one committee of one municipality."""

    municipality: Body | None
    committee: Body | None
    documents: int
    sections: int
    first_date: datetime.date | None
    last_date: datetime.date | None
    last_indexed: datetime.datetime
    missing_sections: list[MissingSections]


class Unreadable(_Model):
    """A file that gave no text, and why."""

    source: str
    reason: str


class SourcesResponse(_Model):
    """What the index covers."""

    sources: list[Source]
    unreadable: list[Unreadable]
    generation: str
    updated: datetime.datetime


class Health(_Model):
    """The state of the service."""

    status: Literal["ok", "ready"]
    generation: str | None = None


class ParameterProblem(_Model):
    """What is wrong with one parameter."""

    parameter: str
    value: str | None
    reason: str
    allowed: list[str] | None


class Problem(_Model):
    """An error as RFC 9457 describes it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ParameterProblem]
    request_id: str
