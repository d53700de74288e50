"""A section as the index holds it: everything that an answer shows, in one record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Committee, Decision, Document, DocumentType, Municipality, Part


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One section with what it takes from its document.

    Attributes:
        ordinal: its place in the document, from 0.
        indexed_at: when this content was first indexed, UTC, whole seconds.
        attendance: only in the entry with ordinal 0, so that a document needs no record of
            its own.
    """

    id: str
    document_id: str
    ordinal: int
    source: str
    source_url: str | None
    type: DocumentType
    document_title: str
    title: str
    number: str | None
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    dnr: tuple[str, ...]
    text: str
    parts: tuple[Part, ...]
    decision: Decision | None
    page: int | None
    indexed_at: datetime.datetime
    attendance: tuple[str, ...] = ()


def entries_of(document: Document, indexed_at: datetime.datetime) -> Iterator[SectionEntry]:
    """Yield a document's sections as the index holds them."""
    for ordinal, section in enumerate(document.sections):
        yield SectionEntry(
            id=section.id,
            document_id=document.id,
            ordinal=ordinal,
            source=document.source,
            source_url=document.source_url,
            type=document.type,
            document_title=document.title,
            title=section.title,
            number=section.number,
            municipality=document.municipality,
            committee=document.committee,
            date=document.date,
            dnr=section.dnr,
            text=section.text,
            parts=section.parts,
            decision=section.decision,
            page=section.page,
            indexed_at=indexed_at,
            attendance=document.attendance if ordinal == 0 else (),
        )
