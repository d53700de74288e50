"""The objects of the interface that show §§; `schemas` describes them, msgspec writes them as they stand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from corpus.document import Committee, Decision, DecisionKind, DocumentType, Municipality, Part
from index.entry import SectionEntry
from index.highlighting import Snippet
from index.questions import Result
from search_service.links import Links, web_address
from search_service.rendering.citations import citation


class DecisionObject(msgspec.Struct, frozen=True, gc=False):
    """What was decided, where nothing was."""

    kind: DecisionKind | None = None
    text: str | None = None


class ResultObject(msgspec.Struct, frozen=True, gc=False):
    """One §."""

    id: str
    permalink: str
    api_url: str
    document_id: str
    source: str
    source_url: str | None
    type: DocumentType
    title: str
    section: str | None
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    year: int | None
    dnr: tuple[str, ...]
    case_url: str | None
    decision: Decision | DecisionObject
    score: float | msgspec.UnsetType | None
    indexed_at: datetime.datetime
    snippets: tuple[Snippet, ...] | msgspec.UnsetType
    citation: str


class ExportedObject(ResultObject, frozen=True, gc=False):
    """One § of an export: without snippets, with a score only when words were asked for."""

    text: str | msgspec.UnsetType


class NeighbourObject(msgspec.Struct, frozen=True, gc=False):
    """The § before or after."""

    id: str
    permalink: str
    api_url: str
    section: str | None
    title: str


class SectionObject(ResultObject, frozen=True, gc=False):
    """One § in full."""

    text: str
    parts: tuple[Part, ...]
    page: int | None
    previous: NeighbourObject | None
    next: NeighbourObject | None
    document_url: str


class DocumentObject(msgspec.Struct, frozen=True, gc=False):
    """A document with its §§."""

    id: str
    api_url: str
    source: str
    source_url: str | None
    type: DocumentType
    title: str
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    year: int | None
    attendance: tuple[str, ...]
    sections: list[ResultObject]


class CaseObject(msgspec.Struct, frozen=True, gc=False):
    """A case with its §§."""

    dnr: str
    municipality: Municipality | None
    sections: list[ResultObject]


_NO_DECISION: Final = DecisionObject()


def result_object(result: Result, links: Links) -> ResultObject:
    """Return the object of one hit."""
    score = None if result.score is None else _rounded(result.score)
    return ResultObject(*_values(result.entry, links, score=score, snippets=result.snippets))


def exported_object(result: Result, links: Links, *, with_text: bool = False) -> ExportedObject:
    """Return the object of one hit of an export."""
    score = msgspec.UNSET if result.score is None else _rounded(result.score)
    text = result.entry.text if with_text else msgspec.UNSET
    values = (*_values(result.entry, links, score=score, snippets=msgspec.UNSET), text)
    return ExportedObject(*values)


def section_object(entry: SectionEntry, links: Links) -> ResultObject:
    """Return the object of one § that was not searched for."""
    return ResultObject(*_values(entry, links, score=None, snippets=()))


def _rounded(score: float) -> float:
    return round(score, 4)


def _values(
    entry: SectionEntry,
    links: Links,
    *,
    score: float | msgspec.UnsetType | None,
    snippets: tuple[Snippet, ...] | msgspec.UnsetType,
) -> tuple[Any, ...]:
    """Return the values of a `ResultObject` in their order, with what only a search knows."""
    municipality, date = entry.municipality, entry.date
    permalink, api_url = links.of_section(entry.id)
    return (
        entry.id,
        permalink,
        api_url,
        entry.document_id,
        entry.source,
        web_address(entry.source_url),
        entry.type,
        entry.title,
        entry.number,
        municipality,
        entry.committee,
        date,
        date.year if date else None,
        entry.dnr,
        links.case(municipality.slug, entry.dnr[0]) if municipality and entry.dnr else None,
        entry.decision or _NO_DECISION,
        score,
        entry.indexed_at,
        snippets,
        citation(entry),
    )


def full_section_object(
    entry: SectionEntry,
    links: Links,
    *,
    previous: SectionEntry | None,
    following: SectionEntry | None,
) -> SectionObject:
    """Return the object of one § in full."""
    return SectionObject(
        **msgspec.structs.asdict(section_object(entry, links)),
        text=entry.text,
        parts=entry.parts,
        page=entry.page,
        previous=_neighbour_object(previous, links),
        next=_neighbour_object(following, links),
        document_url=links.document(entry.document_id),
    )


def document_object(sections: tuple[SectionEntry, ...], links: Links) -> DocumentObject:
    """Return the object of a document, made of its sections."""
    first = sections[0]
    return DocumentObject(
        id=first.document_id,
        api_url=links.document(first.document_id),
        source=first.source,
        source_url=web_address(first.source_url),
        type=first.type,
        title=first.document_title,
        municipality=first.municipality,
        committee=first.committee,
        date=first.date,
        year=first.date.year if first.date else None,
        attendance=first.attendance,
        sections=_section_objects(sections, links),
    )


def case_object(sections: tuple[SectionEntry, ...], written: str, links: Links) -> CaseObject:
    """Return the object of a case; `written` is its dnr as it is shown."""
    return CaseObject(written, sections[0].municipality, _section_objects(sections, links))


def _section_objects(entries: Iterable[SectionEntry], links: Links) -> list[ResultObject]:
    return [section_object(entry, links) for entry in entries]


def _neighbour_object(entry: SectionEntry | None, links: Links) -> NeighbourObject | None:
    if entry is None:
        return None
    return NeighbourObject(
        entry.id, links.permalink(entry.id), links.section(entry.id), entry.number, entry.title
    )
