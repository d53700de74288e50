"""Looks at a generation before it is published, as its readers will see it."""

from __future__ import annotations

from pathlib import Path

from index.engines.arrays_reader import ArraysReader
from index.engines.whoosh_generation import open_reader
from index.errors import REPAIR, IndexDamaged
from index.manifest import Manifest


def inspect(folder: Path, manifest: Manifest) -> None:
    """Count what an unfinished generation has, and look up its first, middle and last section.

    Args:
        folder: of the generation.
        manifest: what it must have.

    Raises:
        IndexDamaged: a reader would not find what was written.
    """
    reader = open_reader(folder)
    try:
        _check(reader, manifest)
    finally:
        reader.close()


def _check(reader: ArraysReader, manifest: Manifest) -> None:
    live = reader.live
    if len(live) != manifest.sections:
        raise _wrong(f"{len(live)} paragrafer av {manifest.sections}")
    for place in sorted({0, len(live) // 2, len(live) - 1} if len(live) else ()):
        doc = int(live[place])
        [entry] = reader.entries((doc,))
        if reader.keyword("id", entry.id).tolist() != [doc]:
            raise _wrong(f"{entry.id} hittas inte")
        siblings = len(reader.keyword("document_id", entry.document_id))
        if siblings != manifest.documents[entry.source].sections:
            raise _wrong(f"{siblings} paragrafer av {entry.source}")


def _wrong(what: str) -> IndexDamaged:
    return IndexDamaged(
        f"Det nya indexet svarar inte rätt: {what}. Det publicerades inte, så det gamla gäller. {REPAIR}"
    )
