"""Looks at a generation before it is published, as its readers will see it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from index.analysis.analyzer import Analyzer
from index.engines.arrays_reader import ArraysReader
from index.engines.whoosh_generation import open_reader
from index.entry import SectionEntry
from index.errors import REPAIR, IndexDamaged
from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.execution.leaf_cache import LeafCache
from index.manifest import Manifest
from index.query import MatchNone, Phrase, Query, Word
from index.query_words import exact_words

_BEGINNING: Final = 400
"""Characters of a section of which the first words are taken, so that what follows them is known."""
_WORDS: Final = 6


def inspect(folder: Path, manifest: Manifest, analyzer: Analyzer) -> None:
    """Count what an unfinished generation has, and look for its first, middle and last section.

    Each must be there under its id, have its siblings, and be found by the words that it begins with.

    Args:
        folder: of the generation.
        manifest: what it must have.
        analyzer: what its words were made with.

    Raises:
        IndexDamaged: a reader would not find what was written.
    """
    reader = open_reader(folder)
    try:
        _check(reader, manifest, analyzer)
    finally:
        reader.close()


def first_words(entry: SectionEntry, analyzer: Analyzer) -> Query:
    """Return what a section answers to since it begins so; `MatchNone` where it has no word."""
    words = exact_words(entry.text[:_BEGINNING], analyzer)[:_WORDS]
    if len(words) > 1:
        return Phrase(" ".join(words), words)
    return Word(words[0], (), words) if words else MatchNone()


def _check(reader: ArraysReader, manifest: Manifest, analyzer: Analyzer) -> None:
    live = reader.live
    if len(live) != manifest.sections:
        raise _wrong(f"{len(live)} paragrafer av {manifest.sections}")
    evaluator = Evaluator(reader, LeafCache(0), Deadline(None), max_expansions=1)
    for place in sorted({0, len(live) // 2, len(live) - 1} if len(live) else ()):
        doc = int(live[place])
        [entry] = reader.entries((doc,))
        if reader.keyword("id", entry.id).tolist() != [doc]:
            raise _wrong(f"{entry.id} hittas inte")
        siblings = len(reader.keyword("document_id", entry.document_id))
        if siblings != manifest.documents[entry.source].sections:
            raise _wrong(f"{siblings} paragrafer av {entry.source}")
        query = first_words(entry, analyzer)
        if query != MatchNone() and doc not in evaluator.evaluate(query).docs:
            raise _wrong(f"{entry.id} hittas inte på sina första ord")


def _wrong(what: str) -> IndexDamaged:
    return IndexDamaged(
        f"Det nya indexet svarar inte rätt: {what}. Det publicerades inte, så det gamla gäller. {REPAIR}"
    )
