"""A section as the index holds it: everything that an answer shows, in one record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import dnr
from corpus.document import Committee, Decision, Document, DocumentType, Municipality, Part
from corpus.segmentation import cover
from index.analysis.section_references import section_key
from index.analysis.special import case_keys


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


def searched_title(entry: SectionEntry) -> str:
    """Return the title as far as it stands in the minutes: that of a cover is ours."""
    return "" if entry.number is None and entry.title == cover.TITLE else entry.title


def own_references(entry: SectionEntry) -> tuple[str, ...]:
    """Return the special tokens for what a section is itself: its § and its cases.

    They are indexed as if its title had them, so that the § that is asked for goes before those that refer
    to it.
    """
    cases = [key for written in entry.dnr if (key := dnr.key(written))]
    number = [section_key(entry.number.casefold())] if entry.number else []
    return tuple(dict.fromkeys([*number, *(key for case in cases for key in case_keys(case))]))
