"""What the index covers, per municipality and committee: the objects of `/api/v1/sources`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import msgspec

from corpus.document import Committee, Municipality
from index.collation import collation_key
from index.manifest import DocumentRecord, Manifest

Labels = Mapping[str, Mapping[str, str]]


class MissingObject(msgspec.Struct, frozen=True, gc=False):
    """§ numbers that a document declares but that were not found in it."""

    document_id: str
    source: str
    numbers: tuple[str, ...]


class SourceObject(msgspec.Struct, frozen=True, gc=False):
    """What is indexed of one committee of one municipality."""

    municipality: Municipality | None
    committee: Committee | None
    documents: int
    sections: int
    first_date: datetime.date | None
    last_date: datetime.date | None
    last_indexed: datetime.datetime
    missing_sections: list[MissingObject]


class UnreadableObject(msgspec.Struct, frozen=True, gc=False):
    """A file that gave no text, and why."""

    source: str
    reason: str


class SourcesObject(msgspec.Struct, frozen=True, gc=False):
    """What the index covers."""

    sources: list[SourceObject]
    unreadable: list[UnreadableObject]
    generation: str
    updated: datetime.datetime


def sources_object(manifest: Manifest) -> SourcesObject:
    """Return the object of `/api/v1/sources`, in Swedish order, what is unknown last."""
    groups: dict[tuple[str, str], list[DocumentRecord]] = {}
    for record in manifest.documents.values():
        groups.setdefault(_slugs(record), []).append(record)
    sources = [_source_object(bodies, records, manifest.labels) for bodies, records in groups.items()]
    return SourcesObject(
        sources=sorted(sources, key=_place),
        unreadable=[
            UnreadableObject(failure.source, failure.reason)
            for failure in sorted(manifest.failures, key=lambda failure: failure.source)
        ],
        generation=manifest.generation,
        updated=manifest.published.replace(microsecond=0),
    )


def _slugs(record: DocumentRecord) -> tuple[str, str]:
    municipality, committee = record.municipality, record.committee
    return municipality.slug if municipality else "", committee.slug if committee else ""


def _place(source: SourceObject) -> list[tuple[bool, str, str]]:
    return [
        (body is None, collation_key(body.name) if body else "", body.slug if body else "")
        for body in (source.municipality, source.committee)
    ]


def _source_object(bodies: tuple[str, str], records: list[DocumentRecord], labels: Labels) -> SourceObject:
    municipality, committee = bodies
    dates = [record.date for record in records if record.date]
    return SourceObject(
        Municipality(municipality, _label(labels, "municipality", municipality)) if municipality else None,
        Committee(committee, _label(labels, "committee", committee)) if committee else None,
        documents=len(records),
        sections=sum(record.sections for record in records),
        first_date=min(dates, default=None),
        last_date=max(dates, default=None),
        last_indexed=max(record.indexed_at for record in records),
        missing_sections=_missing(records),
    )


def _label(labels: Labels, facet: str, slug: str) -> str:
    return labels.get(facet, {}).get(slug, slug)


def _missing(records: Iterable[DocumentRecord]) -> list[MissingObject]:
    return [
        MissingObject(record.id, record.source, record.missing_sections)
        for record in records
        if record.missing_sections
    ]
