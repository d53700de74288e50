"""The JSON objects of the interface, as dicts; `schemas` describes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.document import Committee, Municipality
from index.entry import SectionEntry
from index.highlighting import Snippet
from index.manifest import Manifest
from index.questions import Result
from search_service.links import Links
from search_service.rendering.citations import citation


def result_object(result: Result, links: Links) -> dict[str, Any]:
    """Return the object of one hit."""
    described = section_object(result.entry, links)
    described["score"] = None if result.score is None else round(result.score, 4)
    described["snippets"] = [_snippet_object(snippet) for snippet in result.snippets]
    return described


def section_object(entry: SectionEntry, links: Links) -> dict[str, Any]:
    """Return the object of one § without what only a search knows (`score`, `snippets`)."""
    return {
        "id": entry.id,
        "permalink": links.permalink(entry.id),
        "api_url": links.section(entry.id),
        "document_id": entry.document_id,
        "source": entry.source,
        "source_url": entry.source_url,
        "type": entry.type.value,
        "title": entry.title,
        "section": entry.number,
        "municipality": body_object(entry.municipality),
        "committee": body_object(entry.committee),
        "date": entry.date,
        "year": entry.date.year if entry.date else None,
        "dnr": list(entry.dnr),
        "case_url": _case_url(entry, links),
        "decision": _decision_object(entry),
        "score": None,
        "indexed_at": entry.indexed_at,
        "snippets": [],
        "citation": citation(entry),
    }


def body_object(body: Municipality | Committee | None) -> dict[str, str] | None:
    """Return the object of a municipality or a committee."""
    return {"slug": body.slug, "name": body.name} if body else None


def index_object(manifest: Manifest) -> dict[str, Any]:
    """Return what an answer says of the generation that it comes from."""
    return {
        "generation": manifest.generation,
        "documents": len(manifest.documents),
        "sections": manifest.sections,
        "latest_meeting": manifest.latest_meeting,
    }


def full_section_object(
    entry: SectionEntry,
    links: Links,
    *,
    previous: SectionEntry | None,
    following: SectionEntry | None,
) -> dict[str, Any]:
    """Return the object of one § in full."""
    return section_object(entry, links) | {
        "text": entry.text,
        "parts": [{"kind": part.kind.value, "text": part.text, "by": part.by} for part in entry.parts],
        "page": entry.page,
        "previous": _neighbour_object(previous, links),
        "next": _neighbour_object(following, links),
        "document_url": links.document(entry.document_id),
    }


def document_object(sections: tuple[SectionEntry, ...], links: Links) -> dict[str, Any]:
    """Return the object of a document, made of its sections."""
    first = sections[0]
    return {
        "id": first.document_id,
        "api_url": links.document(first.document_id),
        "source": first.source,
        "source_url": first.source_url,
        "type": first.type.value,
        "title": first.document_title,
        "municipality": body_object(first.municipality),
        "committee": body_object(first.committee),
        "date": first.date,
        "year": first.date.year if first.date else None,
        "attendance": list(first.attendance),
        "sections": section_objects(sections, links),
    }


def case_object(sections: tuple[SectionEntry, ...], written: str, links: Links) -> dict[str, Any]:
    """Return the object of a case; `written` is its dnr as it is shown."""
    return {
        "dnr": written,
        "municipality": body_object(sections[0].municipality),
        "sections": section_objects(sections, links),
    }


def section_objects(entries: Iterable[SectionEntry], links: Links) -> list[dict[str, Any]]:
    """Return the objects of several §§."""
    return [section_object(entry, links) for entry in entries]


def _snippet_object(snippet: Snippet) -> dict[str, Any]:
    return {
        "field": snippet.field,
        "text": snippet.text,
        "html": snippet.html,
        "ranges": [list(span) for span in snippet.ranges],
    }


def _decision_object(entry: SectionEntry) -> dict[str, str | None]:
    if entry.decision is None:
        return {"kind": None, "text": None}
    kind = entry.decision.kind
    return {"kind": kind.value if kind else None, "text": entry.decision.text}


def _case_url(entry: SectionEntry, links: Links) -> str | None:
    if entry.municipality is None or not entry.dnr:
        return None
    return links.case(entry.municipality.slug, entry.dnr[0])


def _neighbour_object(entry: SectionEntry | None, links: Links) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "id": entry.id,
        "permalink": links.permalink(entry.id),
        "api_url": links.section(entry.id),
        "section": entry.number,
        "title": entry.title,
    }
