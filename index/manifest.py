"""What a generation of the index says of itself."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from corpus.document import Committee, DocumentType, Municipality, ReadFailure
from index.errors import IndexDamaged


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What a generation remembers of one document, enough to tell whether it changed."""

    id: str
    source: str
    fingerprint: str
    type: DocumentType
    municipality: Municipality | None
    committee: Committee | None
    date: datetime.date | None
    sections: int
    indexed_at: datetime.datetime
    missing_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents of one generation.

    Attributes:
        generation: its number as decimal digits; only grows.
        analysis: the fingerprint of schema and analysis it was made with.
        published: when it became visible, UTC.
        documents: source to record.
        failures: files of the last run that gave no text.
        labels: facet name to slug to the one spelling that is shown.
    """

    generation: str
    analysis: str
    published: datetime.datetime
    sections: int
    latest_meeting: datetime.date | None
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    failures: tuple[ReadFailure, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """What tells this generation from every other, also from one of an index made anew."""
        return f"{self.generation} {self.published.isoformat()}"


def load(generation: Path) -> Manifest:
    """Read the manifest of a generation's folder.

    Raises:
        IndexDamaged: it is missing or not a manifest.
    """
    path = generation / _FILE
    try:
        return _DECODER.decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"{path} kan inte läsas: {error}. Bygg om indexet med: minutes-search reindex --rebuild"
        ) from error


def save(manifest: Manifest, generation: Path) -> None:
    """Write the manifest into a generation's folder."""
    # Written anew, never over the file: an earlier generation may share it by a hard link.
    (generation / _FILE).unlink(missing_ok=True)
    (generation / _FILE).write_bytes(msgspec.json.encode(manifest, order="sorted"))


def labels(records: Iterable[DocumentRecord]) -> dict[str, dict[str, str]]:
    """Return for each body's slug the one spelling to show: the most frequent, then the first."""
    spellings: dict[str, dict[str, Counter[str]]] = {"municipality": {}, "committee": {}}
    for record in records:
        for facet, body in (("municipality", record.municipality), ("committee", record.committee)):
            if body:
                spellings[facet].setdefault(body.slug, Counter())[body.name] += 1
    return {
        facet: {slug: _most_frequent(names) for slug, names in slugs.items()}
        for facet, slugs in spellings.items()
    }


def _most_frequent(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


_FILE: Final = "manifest.json"
_DECODER: Final = msgspec.json.Decoder(Manifest)
