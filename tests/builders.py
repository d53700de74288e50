"""Builds documents for tests that need no file."""

from __future__ import annotations

import datetime
import hashlib

from corpus.document import (
    Committee,
    Decision,
    DecisionKind,
    Document,
    DocumentType,
    Municipality,
    Section,
)
from corpus.slugs import slug

UNSET = datetime.date(2019, 11, 25)


def document(
    source: str,
    *sections: Section,
    municipality: str | None = "Granvika",
    committee: str | None = "Kommunstyrelsen",
    date: datetime.date | None = UNSET,
    type: DocumentType = DocumentType.MINUTES,  # noqa: A002 # the name that the field has
) -> Document:
    """Return a document; its sections get ids from its source and their numbers."""
    document_id = hashlib.sha256(source.encode()).hexdigest()[:10]
    return Document(
        id=document_id,
        source=source,
        fingerprint=hashlib.sha256(repr(sections).encode()).hexdigest(),
        type=type,
        title=f"Protokoll {date}",
        municipality=Municipality(slug(municipality), municipality) if municipality else None,
        committee=Committee(slug(committee), committee) if committee else None,
        date=date,
        sections=tuple(
            Section(
                id=f"{document_id}-{one.number or 'text'}",
                number=one.number,
                title=one.title,
                dnr=one.dnr,
                text=one.text,
                parts=one.parts,
                decision=one.decision,
                page=one.page,
            )
            for one in sections
        ),
    )


def section(
    number: str | None,
    *,
    title: str = "Ärende",
    text: str = "",
    dnr: tuple[str, ...] = (),
    decision: str | None = None,
    kind: DecisionKind = DecisionKind.FINAL,
) -> Section:
    """Return a section whose id `document` will set."""
    whole = "\n\n".join(part for part in (text, decision) if part)
    decided = Decision(kind, decision) if decision else None
    return Section(id="", number=number, title=title, dnr=dnr, text=whole, decision=decided)
