"""What the index covers, per municipality and committee."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from index.collation import collation_key
from index.manifest import DocumentRecord, Manifest

Labels = Mapping[str, Mapping[str, str]]

_FACETS: Final = ("municipality", "committee")


def sources_object(manifest: Manifest) -> dict[str, Any]:
    """Return the object of `/api/v1/sources`, in Swedish order, what is unknown last."""
    groups: dict[tuple[str, str], list[DocumentRecord]] = {}
    for record in manifest.documents.values():
        groups.setdefault(_slugs(record), []).append(record)
    return {
        "sources": [
            _source_object(bodies, groups[bodies], manifest.labels)
            for bodies in sorted(groups, key=lambda bodies: _place(bodies, manifest.labels))
        ],
        "unreadable": [
            {"source": failure.source, "reason": failure.reason}
            for failure in sorted(manifest.failures, key=lambda failure: failure.source)
        ],
        "generation": manifest.generation,
        "updated": manifest.published.replace(microsecond=0),
    }


def _slugs(record: DocumentRecord) -> tuple[str, str]:
    municipality, committee = record.municipality, record.committee
    return municipality.slug if municipality else "", committee.slug if committee else ""


def _place(bodies: tuple[str, str], labels: Labels) -> list[tuple[bool, str, str]]:
    return [
        (not slug, collation_key(_label(labels, facet, slug)), slug)
        for facet, slug in zip(_FACETS, bodies, strict=True)
    ]


def _label(labels: Labels, facet: str, slug: str) -> str:
    return labels.get(facet, {}).get(slug, slug)


def _source_object(bodies: tuple[str, str], records: list[DocumentRecord], labels: Labels) -> dict[str, Any]:
    dates = [record.date for record in records if record.date]
    named = {
        facet: {"slug": slug, "name": _label(labels, facet, slug)} if slug else None
        for facet, slug in zip(_FACETS, bodies, strict=True)
    }
    return {
        **named,
        "documents": len(records),
        "sections": sum(record.sections for record in records),
        "first_date": min(dates, default=None),
        "last_date": max(dates, default=None),
        "last_indexed": max(record.indexed_at for record in records),
        "missing_sections": _missing(records),
    }


def _missing(records: Iterable[DocumentRecord]) -> list[dict[str, Any]]:
    return [
        {"document_id": record.id, "numbers": list(record.missing_sections)}
        for record in records
        if record.missing_sections
    ]
