"""What a generation of the index says of itself.

Its records of documents grow with the index and few ask for them, so they stand in a file of their own that
is read when one is first asked for.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np

from corpus.document import Committee, DocumentType, Municipality, ReadFailure
from index.analysis.version import AnalysisVersion
from index.errors import REPAIR, IndexDamaged, IndexOutdated, OperatorError
from index.segments.array_file import ArrayFile, ArrayFileWriter

T = TypeVar("T")

MOST_REMOVALS: Final = 1_000


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
class Removal:
    """A section that is no longer in the index: its id, and since when."""

    id: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents of one generation.

    Attributes:
        generation: its number as decimal digits; only grows.
        schema: the version of the fields and of what is stored.
        analysis: what its tokens depend on.
        published: when it became visible, UTC.
        documents: source to record; of one that was loaded, the number is known without reading them.
        failures: files of the last run that gave no text.
        labels: facet name to slug to the one spelling that is shown.
        removed: the latest `MOST_REMOVALS` sections that were there once, the last to go first.
        taken_down: ids of sections and documents, and digests of cases, that were taken down.
    """

    generation: str
    schema: int
    analysis: AnalysisVersion
    published: datetime.datetime
    sections: int
    latest_meeting: datetime.date | None
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    failures: tuple[ReadFailure, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    removed: tuple[Removal, ...] = ()
    taken_down: frozenset[str] = frozenset()

    @property
    def state(self) -> str:
        """What tells this generation from every other, also from one of an index made anew."""
        return f"{self.generation} {self.published.isoformat()}"


class _Records(Mapping[str, DocumentRecord]):
    """Source to record, as a file has them: it is open from the start, and read when a record is asked for.

    Raises:
        IndexDamaged: the file is missing or changed.
    """

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile.open(path)
        self._count = int(self._file.whole(_COUNT)[0])

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded)

    def __getitem__(self, source: str) -> DocumentRecord:
        return self._decoded[source]

    @cached_property
    def _decoded(self) -> Mapping[str, DocumentRecord]:
        return _RECORDS_DECODER.decode(self._file.whole(_DOCUMENTS).data)


@dataclass(frozen=True, slots=True)
class History:
    """What a run knows of those before it.

    Attributes:
        documents: source to record; the manifests of earlier versions have them in themselves.
        removed, taken_down: as in a manifest.
    """

    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    removed: tuple[Removal, ...] = ()
    taken_down: frozenset[str] = frozenset()


def load(generation: Path) -> Manifest:
    """Read the manifest of a generation's folder.

    Raises:
        IndexDamaged: it is missing or not JSON.
        IndexOutdated: it has the form of another version.
    """
    try:
        manifest = _decoded(generation, _DECODER)
    except msgspec.ValidationError as error:
        raise IndexOutdated(
            generation.parents[1], ["The manifest has the form of another version"]
        ) from error
    path = generation / _RECORDS_FILE
    # Earlier versions have no such file. Of this version it is not missing: the checksums would say so.
    return replace(manifest, documents=_Records(path)) if path.exists() else manifest


def history(generation: Path | None) -> History:
    """Return what a generation, of whatever version, remembers; nothing of what is damaged."""
    if generation is None:
        return History()
    path = generation / _RECORDS_FILE
    try:
        head = _decoded(generation, _HISTORY_DECODER)
        return replace(head, documents=dict(_Records(path))) if path.exists() else head
    except (OperatorError, msgspec.ValidationError):
        return History()


def names_takedowns(generation: Path) -> bool:
    """Tell whether a generation says that anything was taken down, as far as it can be read.

    Looked for in the bytes: what is damaged beside it may not hide it.
    """
    try:
        return _NAMES_TAKEDOWNS.search((generation / _FILE).read_bytes()) is not None
    except OSError:
        return False


def removals(
    earlier: Iterable[Removal],
    gone: Mapping[str, datetime.datetime],
    *,
    is_there: Callable[[str], bool],
) -> tuple[Removal, ...]:
    """Return what a generation says was removed.

    Args:
        earlier: what the one before says.
        gone: the sections that were removed since, and when.
        is_there: tells of an id whether it is in the generation, perhaps again.
    """
    found = {**{one.id: one.at for one in earlier}, **gone}
    latest = sorted(found.items(), key=lambda one: one[0])
    latest.sort(key=lambda one: one[1], reverse=True)
    return tuple(Removal(one, at) for one, at in latest if not is_there(one))[:MOST_REMOVALS]


def changes(manifest: Manifest, schema: int, analysis: AnalysisVersion) -> tuple[str, ...]:
    """Return in what an index differs from one made with `schema` and `analysis`, as sentences in English."""
    before = manifest.analysis
    compared = (
        ("schema", str(manifest.schema), str(schema)),
        ("rules of the analysis", before.rules, analysis.rules),
        ("stemmer", before.stemmer, analysis.stemmer),
        ("lexicon", before.lexicon or "none", analysis.lexicon or "none"),
    )
    return tuple(_change(what, was, now) for what, was, now in compared if was != now)


def _change(what: str, was: str, now: str) -> str:
    """Return a sentence such as: The stemmer changed from snowball 3.0.1 to 3.1.1."""
    name = was.rpartition(" ")[0]
    return f"The {what} changed from {was} to {now.removeprefix(f'{name} ') if name else now}"


def _decoded(generation: Path, decoder: msgspec.json.Decoder[T]) -> T:
    path = generation / _FILE
    try:
        return decoder.decode(path.read_bytes())
    except msgspec.ValidationError:
        raise
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(f"{path} kan inte läsas: {error}. {REPAIR}") from error


def save(manifest: Manifest, generation: Path) -> None:
    """Write the manifest into a generation's folder."""
    records = msgspec.json.encode(dict(manifest.documents), order="sorted")
    # Both are written anew, never over a file: an earlier generation may share it by a hard link.
    with ArrayFileWriter(generation / _RECORDS_FILE) as writer:
        writer.add(_COUNT, np.array([len(manifest.documents)], np.int64))
        writer.add(_DOCUMENTS, np.frombuffer(records, np.uint8))
    head = {one.name: getattr(manifest, one.name) for one in fields(manifest) if one.name != _DOCUMENTS}
    (generation / _FILE).unlink(missing_ok=True)
    (generation / _FILE).write_bytes(msgspec.json.encode(head, order="sorted"))


def latest_meeting(records: Collection[DocumentRecord]) -> datetime.date | None:
    """Return the day of the last meeting that there are minutes of; without minutes, of any document.

    A notice is of a meeting to come, and an attachment may be younger than the meeting.
    """
    held = [record.date for record in records if record.date and record.type is DocumentType.MINUTES]
    return max(held or [record.date for record in records if record.date], default=None)


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
_NAMES_TAKEDOWNS: Final = re.compile(rb'"taken_down": ?\["')
_RECORDS_FILE: Final = "documents.arrays"
_DOCUMENTS: Final = "documents"
"""The records as JSON; in the manifest they have the same name."""
_COUNT: Final = "count"
_DECODER: Final = msgspec.json.Decoder(Manifest)
_RECORDS_DECODER: Final = msgspec.json.Decoder(dict[str, DocumentRecord])
_HISTORY_DECODER: Final = msgspec.json.Decoder(History)
