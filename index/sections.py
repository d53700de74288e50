"""One § among its neighbours, the §§ of one case, and those that an id names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.dnr import key as dnr_key
from corpus.takedowns import Takedown
from index.engine import SearchEngine
from index.entry import SectionEntry
from index.query_fields import municipality_slugs


@dataclass(frozen=True, slots=True)
class Placed:
    """A § between its neighbours in the same document; `None` where there is none."""

    entry: SectionEntry
    previous: SectionEntry | None
    following: SectionEntry | None


@dataclass(frozen=True, slots=True)
class Case:
    """The §§ of one case by date.

    Attributes:
        municipality: the slug by which it is found.
        written: its dnr as the first of the §§ has it.
    """

    municipality: str
    written: str
    sections: tuple[SectionEntry, ...]


def section_in_place(engine: SearchEngine, section_id: str) -> Placed | None:
    """Return a § with its neighbours, `None` when there is no such §."""
    with engine.reading():
        entry = engine.section(section_id)
        sections = engine.document(entry.document_id) if entry else ()
    if entry is None:
        return None
    place = sections.index(entry)
    return Placed(entry, _at(sections, place - 1), _at(sections, place + 1))


def sections_of(engine: SearchEngine, identity: str) -> tuple[SectionEntry, ...]:
    """Return the § with an id, or all §§ of the document with it; nothing when there is neither."""
    section = engine.section(identity)
    return (section,) if section else engine.document(identity)


def documents_with(engine: SearchEngine, takedowns: Iterable[Takedown]) -> set[str]:
    """Return the ids of the documents that still have something of some takedowns."""
    named = {identity for one in takedowns for identity in one.gone}
    return {entry.document_id for identity in named for entry in sections_of(engine, identity)}


def _at(sections: tuple[SectionEntry, ...], place: int) -> SectionEntry | None:
    return sections[place] if 0 <= place < len(sections) else None


def case(engine: SearchEngine, municipality: str, dnr: str) -> Case | None:
    """Return a case by any form of its municipality's name and of its dnr, `None` when there is none."""
    key, slug = dnr_key(dnr), municipality_slug(engine, municipality)
    sections = engine.case(slug, key) if key else ()
    if not sections:
        return None
    written = next((one for one in sections[0].dnr if dnr_key(one) == key), dnr)
    return Case(slug, written, sections)


def municipality_slug(engine: SearchEngine, written: str) -> str:
    """Return the slug of the municipality that is meant: of the index, if it has one that is called so."""
    known = engine.manifest().labels.get("municipality", {})
    if written in known:
        return written
    slugs = municipality_slugs(written)
    return next((slug for slug in slugs if slug in known), slugs[0])
