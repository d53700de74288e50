"""Writes sections into a Whoosh index: one writer, one commit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage

from corpus import dnr
from corpus.document import Committee, Municipality
from index.analysis.analyzer import Analyzer
from index.analysis.special import case_keys
from index.engines.whoosh_schema import LENGTHS, decode_entry, encode_entry, make_schema
from index.entry import SectionEntry, own_references, searched_title
from index.execution.reader import day
from index.fields import ZONES, field_name

_SEGMENTS: Final = 8
"""Above so many segments a commit also merges the small ones."""


class WhooshWriter:
    """Puts entries into the Whoosh index in `folder`, which it makes when there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        storage = FileStorage(str(folder))
        self._index = (
            storage.open_index(schema=make_schema())
            if storage.index_exists()
            else storage.create_index(make_schema())
        )
        self._writer = self._index.writer(limitmb=256)

    def add(self, entry: SectionEntry, analyzer: Analyzer) -> Iterable[str]:
        """Add one section; return its distinct forms.

        After an error the writer is of no more use: cancel it.
        """
        fields = _fields(entry, analyzer)
        self._writer.add_document(**fields)
        return set().union(fields["title_exact"], fields["text_exact"])

    def remove_document(self, document_id: str) -> list[SectionEntry]:
        """Mark the sections of an earlier commit's document as deleted; return them."""
        with self._writer.reader() as reader:
            term = ("document_id", document_id.encode())
            numbers = list(reader.postings(*term).all_ids()) if term in reader else []
            entries = [decode_entry(reader.stored_fields(number)) for number in numbers]
        for number in numbers:
            self._writer.delete_document(number)
        return entries

    def commit(self) -> None:
        """Write what was added and removed."""
        self._writer.commit(merge=len(self._writer.segments) > _SEGMENTS)
        self._index.close()
        # A new generation links to every file; Whoosh's lock is nothing that two should share.
        (self._folder / "MAIN_WRITELOCK").unlink(missing_ok=True)

    def cancel(self) -> None:
        """Give up what was added and removed."""
        self._writer.cancel()
        self._index.close()


def _fields(entry: SectionEntry, analyzer: Analyzer) -> dict[str, Any]:
    """Return what Whoosh's `add_document` takes for one section."""
    cases = [key for written in entry.dnr if (key := dnr.key(written))]
    keywords = {
        "id": [entry.id],
        "document_id": [entry.document_id],
        "case": cases,
        "dnr": [key.removeprefix("dnr:") for case in cases for key in case_keys(case)],
        "section": [entry.number.casefold()] if entry.number else [],
    }
    columns = {
        "source_column": entry.source.encode(),
        "municipality_column": _slug(entry.municipality),
        "committee_column": _slug(entry.committee),
        "type_column": entry.type.value.encode(),
        "date_column": day(entry.date) if entry.date else 0,
        "ordinal_column": entry.ordinal,
        "added_column": int(entry.indexed_at.timestamp()),
    }
    return {**encode_entry(entry), **keywords, **columns, **_zones(entry, analyzer)}


def _zones(entry: SectionEntry, analyzer: Analyzer) -> dict[str, Any]:
    decision = entry.decision.text if entry.decision else ""
    fields: dict[str, Any] = {}
    for zone, text in zip(ZONES, (searched_title(entry), entry.text, decision), strict=True):
        stems: dict[str, list[int]] = {}
        parts: dict[str, list[int]] = {}
        exact: dict[str, list[int]] = {}
        length = 0
        for token in analyzer.analyze(text):
            _append(exact, token.exact, token.position)
            for stem in token.stems:
                _append(stems, stem, token.position)
            for part in token.parts:
                for key in part.keys:
                    _append(parts, key, token.position)
            length += 1
        if zone == "title":
            behind = max((places[-1] for places in exact.values()), default=0) + 2
            for key in own_references(entry):
                _append(exact, key, behind)
                _append(stems, key, behind)
        fields[field_name(zone, "stem")] = stems
        fields[field_name(zone, "parts")] = parts
        fields[field_name(zone, "exact")] = exact
        fields[LENGTHS[zone]] = length
    return fields


def _append(places: dict[str, list[int]], term: str, position: int) -> None:
    known = places.setdefault(term, [])
    # Two tokens at one position can have one stem; it counts once.
    if not known or known[-1] != position:
        known.append(position)


def _slug(body: Municipality | Committee | None) -> bytes:
    return body.slug.encode() if body else b""
