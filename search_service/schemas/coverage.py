"""What the index covers."""

from __future__ import annotations

import datetime

from search_service.schemas.model import AnswerModel
from search_service.schemas.sections import Body


class MissingSections(AnswerModel):
    """§ numbers that a document declares but that were not found in it."""

    document_id: str
    source: str
    numbers: list[str]


class Source(AnswerModel):
    """What is indexed of one committee of one municipality."""

    municipality: Body | None
    committee: Body | None
    documents: int
    sections: int
    first_date: datetime.date | None
    last_date: datetime.date | None
    last_indexed: datetime.datetime
    missing_sections: list[MissingSections]


class Unreadable(AnswerModel):
    """A file that gave no text, and why."""

    source: str
    reason: str


class SourcesResponse(AnswerModel):
    """What the index covers."""

    sources: list[Source]
    unreadable: list[Unreadable]
    generation: str
    updated: datetime.datetime
