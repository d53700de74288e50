"""The answer to a search, and all values of a facet."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import ConfigDict

from search_service.schemas.model import AnswerModel
from search_service.schemas.sections import Result


class Filters(AnswerModel):
    """The filters in force; one that is not used is left out."""

    municipality: list[str] | None = None
    committee: list[str] | None = None
    type: list[str] | None = None
    year: list[int | Literal["unknown"]] | None = None
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    dnr: list[str] | None = None


class QueryEcho(AnswerModel):
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


class SearchLinks(AnswerModel):
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


class FacetValue(AnswerModel):
    """A value; `url` is the search that choosing it, or dropping it when chosen, leads to."""

    value: str | int
    label: str
    count: int
    selected: bool
    url: str


class Facet(AnswerModel):
    """Counts per value among the hits, this facet's own selection ignored."""

    label: str
    distinct: int
    truncated: bool
    unknown: int
    values: list[FacetValue]


class IndexState(AnswerModel):
    """The generation of the index that the answer comes from."""

    generation: str
    documents: int
    sections: int
    latest_meeting: datetime.date | None


class SearchResponse(AnswerModel):
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
