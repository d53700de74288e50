"""Infers what a document is: municipality, body, date, type, title, dnr; each on evidence or not at all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from corpus import committees, dnr, markup, report_titles
from corpus.committee_names import find_names, repaired
from corpus.document import Committee, DocumentType, Extraction, Municipality
from corpus.metadata.document_type import infer_type, meeting_title
from corpus.metadata.head_lines import head_lines
from corpus.metadata.header import Header, read_header
from corpus.metadata.meeting_body import infer_committee
from corpus.metadata.meeting_date import infer_date
from corpus.metadata.municipality_evidence import infer_municipality
from corpus.metadata.path_evidence import PathEvidence, read_path

__all__ = ["InferredMetadata", "infer", "meeting_title"]

_READ: Final = 200_000
_DNR_LINES: Final = 12
_READ_FOR_TITLE: Final = 10_000


@dataclass(frozen=True, slots=True)
class InferredMetadata:
    """What a text and its path say of a document; `None` where they say nothing surely."""

    municipality: Municipality | None = None
    committee: Committee | None = None
    date: datetime.date | None = None
    type: DocumentType | None = None
    title: str | None = None
    dnr: tuple[str, ...] = ()


def infer(
    extraction: Extraction, source: str, *, municipality: Municipality | None = None
) -> InferredMetadata:
    """Infers each field from the text, else from the path; a wrong value is worse than none.

    Of an attachment the path counts first: it tells the meeting to which it belongs, its text often another.

    Args:
        extraction: the text.
        source: the path below the folder of minutes, with forward slashes.
        municipality: the one that is known otherwise; abbreviations of bodies are read as its own.
    """
    header = read_header(extraction)
    text = "\n".join(header.lines)[:_READ]
    kind = infer_type(header, source)
    told = _from_text(header, text, kind, municipality)
    path = read_path(source, municipality or told.municipality)
    first, second = (path, told) if kind is DocumentType.ATTACHMENT else (told, path)
    committee = first.committee or second.committee
    date = first.date or second.date
    return InferredMetadata(
        municipality=told.municipality or path.municipality,
        committee=committee,
        date=date,
        type=kind,
        title=_title(extraction, kind, committee, date),
        dnr=_dnr(header, kind),
    )


def _from_text(
    header: Header, text: str, kind: DocumentType | None, known: Municipality | None
) -> PathEvidence:
    is_report = kind is DocumentType.REPORT
    heads = head_lines(header.lines)
    municipality = infer_municipality(header, heads, text, _known(header, text))
    own = known or municipality
    committee = infer_committee(
        header, heads, text, is_report=is_report, municipality=own.slug if own else None
    )
    is_meeting = kind not in (DocumentType.REPORT, DocumentType.ATTACHMENT)
    return PathEvidence(municipality, committee, infer_date(header, is_meeting=is_meeting))


def _known(header: Header, text: str) -> frozenset[str]:
    """Gives the municipalities of which the letters in the dnr and a body in the text are known facts."""
    letters = {
        match.key.split("-", 1)[0]
        for line in header.lines[:_DNR_LINES]
        for match in dnr.find_in_heading(line)
    }
    if not letters - {"KS", "KF", "DNR"}:
        return frozenset()
    names = {name.name for name in find_names(repaired(text))}
    return frozenset().union(
        *(committees.municipalities_of(mark, names) for mark in letters - {"KS", "KF", "DNR"})
    )


def _title(
    extraction: Extraction, kind: DocumentType | None, committee: Committee | None, date: datetime.date | None
) -> str | None:
    if kind in (DocumentType.REPORT, DocumentType.ATTACHMENT):
        return report_titles.title_of(_first_lines(extraction))
    return meeting_title(committee, date, kind)


def _first_lines(extraction: Extraction) -> list[str]:
    near = "\n".join(extraction.pages)[:_READ_FOR_TITLE].splitlines()
    return [plain.strip() for line in near for plain in markup.plain(line.strip())]


def _dnr(header: Header, kind: DocumentType | None) -> tuple[str, ...]:
    """Gives the case of a report or an attachment; the §§ of minutes have each its own."""
    if kind not in (DocumentType.REPORT, DocumentType.ATTACHMENT):
        return ()
    found: dict[str, str] = {}
    for match in dnr.find("\n".join(header.lines[:_DNR_LINES])):
        found.setdefault(match.key, " ".join(match.written.split()))
    return tuple(found.values())
