"""A §, alone and among others: of a page, an export, a document, a case."""

from __future__ import annotations

import datetime
from typing import Literal

from search_service.schemas.model import AnswerModel


class Body(AnswerModel):
    """A municipality or a committee."""

    slug: str
    name: str


class Decision(AnswerModel):
    """What was decided; both null when the § decides nothing."""

    kind: Literal["final", "proposal", "referred"] | None
    text: str | None


class Snippet(AnswerModel):
    """A stretch of the § around what was found; `html` is escaped, `<mark>` its only element."""

    field: str
    text: str
    html: str
    ranges: list[tuple[int, int]]


class SectionModel(AnswerModel):
    """What every answer says of a §."""

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


class Result(SectionModel):
    """One §."""

    score: float | None
    indexed_at: datetime.datetime
    snippets: list[Snippet]
    citation: str


class ExportedResult(SectionModel):
    """One § of an export, which has one a line.

    `score` is there only with `q`, `text` only with `fields=text`.
    """

    score: float | None = None
    indexed_at: datetime.datetime
    citation: str
    text: str | None = None


class Part(AnswerModel):
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


class Neighbour(AnswerModel):
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


class DocumentResponse(AnswerModel):
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


class CaseResponse(AnswerModel):
    """Every § of one case by date."""

    dnr: str
    municipality: Body | None
    sections: list[Result]
